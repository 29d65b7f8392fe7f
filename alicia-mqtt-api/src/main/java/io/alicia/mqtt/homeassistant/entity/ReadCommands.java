package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.CoverEntity;
import io.alicia.mqtt.homeassistant.component.ValveEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.payload.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads commands, through their templates where there is a way back. */
final class ReadCommands {

    private static final String VALUE = "value";
    private static final String CODE = "code";
    private static final String NONE = "None";

    /** Variables that together are what stands there without a template, with commas between them. */
    private static final List<List<String>> PARTS = List.of(
            List.of("action"),
            List.of("red", "green", "blue", "cold_white", "warm_white"),
            List.of("red", "green", "blue", "white"),
            List.of("red", "green", "blue"),
            List.of("hue", "sat"),
            List.of("x", "y"));

    private ReadCommands() {}

    static Optional<? extends EntityCommand> read(Component component, Channel<EntityCommand> channel, String payload) {
        Optional<Template> template = channel.template();
        return template.isEmpty()
                ? channel.reader().apply(payload)
                : InvertedTemplate.of(template.get())
                        .flatMap(inverted -> inverted.variables(payload))
                        .flatMap(variables -> position(component, variables).or(() -> read(channel, variables)));
    }

    /** Templates get positions in percent, too, whatever stands for them in {@code value}. */
    private static Optional<EntityCommand> position(Component component, Map<String, String> variables) {
        if (component instanceof ValveEntity) {
            return whole(variables, "position").map(ValveCommand.SetPosition::new);
        }
        return component instanceof CoverEntity
                ? whole(variables, "position")
                        .<EntityCommand>map(CoverCommand.SetPosition::new)
                        .or(() -> whole(variables, "tilt_position").map(CoverCommand.SetTilt::new))
                : Optional.empty();
    }

    private static Optional<Integer> whole(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name))
                .flatMap(Channels::decimal)
                .map(BigDecimal::intValue);
    }

    private static Optional<? extends EntityCommand> read(
            Channel<EntityCommand> channel, Map<String, String> variables) {
        Optional<? extends EntityCommand> command = plain(variables).flatMap(channel.reader());
        Optional<String> code = Optional.ofNullable(variables.get(CODE)).filter(entered -> !entered.equals(NONE));
        return code.isPresent()
                ? command.filter(said -> said instanceof AlarmCommand || said instanceof LockCommand)
                        .map(said -> new EntityCommand.Coded(said, code.get()))
                : command;
    }

    /** What would stand there without a template. */
    private static Optional<String> plain(Map<String, String> variables) {
        String state = variables.get("state");
        if (state != null || (variables.containsKey(VALUE) && variables.containsKey("tone"))) {
            return siren(variables);
        }
        String value = variables.get(VALUE);
        return value != null
                ? Optional.of(value)
                : PARTS.stream()
                        .filter(variables.keySet()::containsAll)
                        .map(names -> names.stream().map(variables::get).collect(Collectors.joining(",")))
                        .findFirst();
    }

    /** Sirens say their parts one by one; what is not said is empty. */
    private static Optional<String> siren(Map<String, String> variables) {
        JsonObject.Builder json = JsonObject.builder();
        Stream.of("state", VALUE)
                .map(variables::get)
                .filter(word -> word != null)
                .findFirst()
                .ifPresent(word -> json.put("state", word));
        Optional.ofNullable(variables.get("tone"))
                .filter(tone -> !tone.isEmpty())
                .ifPresent(tone -> json.put("tone", tone));
        Stream.of("duration", "volume_level")
                .forEach(name -> Optional.ofNullable(variables.get(name))
                        .flatMap(Channels::decimal)
                        .ifPresent(number -> json.put(name, JsonFields.decimal(number.doubleValue()))));
        return Optional.of(json.build().toString());
    }
}
