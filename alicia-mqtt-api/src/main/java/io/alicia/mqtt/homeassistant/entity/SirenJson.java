package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.SirenEntity;
import io.alicia.mqtt.payload.JsonObject;
import java.util.Optional;
import java.util.OptionalDouble;

/** The commands of sirens: JSON, unless the entity has a template. */
final class SirenJson {

    private SirenJson() {}

    static Channels<EntityCommand> commands(SirenEntity siren) {
        String on = siren.payloadOn().orElse("ON");
        String off = siren.payloadOff().orElse("OFF");
        return new Channels<EntityCommand>()
                .add(
                        Optional.of(siren.commandTopic()),
                        siren.commandTemplate(),
                        payload -> JsonFields.object(payload).flatMap(json -> read(json, on, off)),
                        command -> command instanceof SirenCommand said
                                ? Optional.of(text(said, on, off))
                                : Optional.empty());
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

    private static String text(SirenCommand command, String on, String off) {
        JsonObject.Builder json = JsonObject.builder().put("state", command.on() ? on : off);
        command.tone().ifPresent(tone -> json.put("tone", tone));
        command.duration().ifPresent(duration -> json.put("duration", JsonFields.seconds(duration)));
        command.volume().ifPresent(volume -> json.put("volume_level", JsonFields.decimal(volume)));
        return json.build().toString();
    }
}
