package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.SirenEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.payload.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The commands of sirens: JSON, unless the entity has a template. */
final class SirenJson {

    private SirenJson() {}

    /** Read here; {@link #write} writes, as a siren may have a template of its own for off. */
    static Channels<EntityCommand> commands(SirenEntity siren) {
        String on = siren.payloadOn().orElse("ON");
        String off = siren.payloadOff().orElse("OFF");
        Function<String, Optional<? extends EntityCommand>> reader =
                payload -> payload.equals(on) || payload.equals(off)
                        ? Optional.of(new SirenCommand(
                                payload.equals(on), Optional.empty(), Optional.empty(), OptionalDouble.empty()))
                        : JsonFields.object(payload).flatMap(json -> read(json, on, off));
        Channels<EntityCommand> channels = new Channels<EntityCommand>()
                .add(Optional.of(siren.commandTopic()), siren.commandTemplate(), reader, command -> Optional.empty());
        return siren.commandOffTemplate().isEmpty()
                ? channels
                : channels.add(
                        Optional.of(siren.commandTopic()),
                        siren.commandOffTemplate(),
                        reader,
                        command -> Optional.empty());
    }

    /**
     * The message that tells a siren something. Off is said alone, and with its own template if the siren has one; where a
     * template gives nothing, Home Assistant sends nothing.
     */
    static List<EntityMessage> write(SirenEntity siren, SirenCommand command, TemplateEngine engine) {
        String word = command.on()
                ? siren.payloadOn().orElse("ON")
                : siren.payloadOff().orElse("OFF");
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("state", word);
        if (command.on()) {
            command.tone().ifPresent(tone -> variables.put("tone", tone));
            command.duration().ifPresent(duration -> variables.put("duration", duration.toSeconds()));
            command.volume().ifPresent(volume -> variables.put("volume_level", volume));
        }
        Optional<Template> template = command.on()
                ? siren.commandTemplate()
                : siren.commandOffTemplate().or(siren::commandTemplate);
        String payload;
        if (template.isPresent()) {
            variables.put("value", word);
            payload = engine.evaluate(template.get(), variables);
        } else {
            payload = text(command, word);
        }
        return "None".contains(payload) ? List.of() : List.of(new EntityMessage(siren.commandTopic(), payload));
    }

    private static Optional<EntityCommand> read(JsonObject json, String on, String off) {
        return JsonFields.text(json, "state")
                .filter(state -> state.equals(on) || state.equals(off))
                .map(state -> {
                    OptionalDouble duration = JsonFields.number(json, "duration");
                    return new SirenCommand(
                            state.equals(on),
                            JsonFields.text(json, "tone"),
                            duration.isPresent()
                                    ? Optional.of(JsonFields.duration(duration.getAsDouble()))
                                    : Optional.empty(),
                            JsonFields.number(json, "volume_level"));
                });
    }

    private static String text(SirenCommand command, String word) {
        JsonObject.Builder json = JsonObject.builder().put("state", word);
        if (command.on()) {
            command.tone().ifPresent(tone -> json.put("tone", tone));
            command.duration().ifPresent(duration -> json.put("duration", duration.toSeconds()));
            command.volume().ifPresent(volume -> json.put("volume_level", JsonFields.decimal(volume)));
        }
        return json.build().toString();
    }
}
