package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.CommandPayload;
import io.alicia.mqtt.homeassistant.component.CoverEntity;
import io.alicia.mqtt.homeassistant.component.ValveEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Covers and valves: commands by words and by position, states by words and by position. */
final class CoverChannels {

    private CoverChannels() {}

    static void commands(CommandChannels.Table<EntityCommand> table) {
        table.put(CoverEntity.class, CoverChannels::coverCommands);
        table.put(ValveEntity.class, CoverChannels::valveCommands);
    }

    static void states(CommandChannels.Table<EntityState> table) {
        table.put(CoverEntity.class, CoverChannels::coverStates);
        table.put(ValveEntity.class, CoverChannels::valveStates);
    }

    private static Channels<EntityCommand> coverCommands(CoverEntity cover) {
        Map<String, EntityCommand> words = new LinkedHashMap<>();
        word(words, cover.payloadOpen(), "OPEN", new CoverCommand.Open());
        word(words, cover.payloadClose(), "CLOSE", new CoverCommand.Close());
        word(words, cover.payloadStop(), "STOP", new CoverCommand.Stop());
        Map<String, EntityCommand> tiltWords = new LinkedHashMap<>();
        word(tiltWords, cover.payloadStopTilt(), "STOP", new CoverCommand.StopTilt());
        Scale position = position(cover);
        Scale tilt = tilt(cover);
        return new Channels<EntityCommand>()
                .words(cover.commandTopic(), Optional.empty(), words)
                .number(
                        cover.setPositionTopic(),
                        cover.setPositionTemplate(),
                        value -> new CoverCommand.SetPosition(position.percent(value)),
                        command -> scaled(
                                position,
                                command instanceof CoverCommand.SetPosition set
                                        ? OptionalInt.of(set.percentOpen())
                                        : OptionalInt.empty()))
                .words(cover.tiltCommandTopic(), Optional.empty(), tiltWords)
                .number(
                        cover.tiltCommandTopic(),
                        cover.tiltCommandTemplate(),
                        value -> new CoverCommand.SetTilt(tilt.percent(value)),
                        command -> scaled(
                                tilt,
                                command instanceof CoverCommand.SetTilt set
                                        ? OptionalInt.of(set.percentOpen())
                                        : OptionalInt.empty()));
    }

    private static Channels<EntityCommand> valveCommands(ValveEntity valve) {
        Map<String, EntityCommand> words = new LinkedHashMap<>();
        boolean positions = valve.reportsPosition().orElse(false);
        if (!positions) {
            word(words, valve.payloadOpen(), "OPEN", new ValveCommand.Open());
            word(words, valve.payloadClose(), "CLOSE", new ValveCommand.Close());
        }
        valve.payloadStop().flatMap(CommandPayload::text).ifPresent(stop -> words.put(stop, new ValveCommand.Stop()));
        Channels<EntityCommand> channels =
                new Channels<EntityCommand>().words(valve.commandTopic(), valve.commandTemplate(), words);
        Scale scale = scale(valve);
        return positions
                ? channels.number(
                        valve.commandTopic(),
                        valve.commandTemplate(),
                        value -> new ValveCommand.SetPosition(scale.percent(value)),
                        command -> scaled(
                                scale,
                                command instanceof ValveCommand.SetPosition set
                                        ? OptionalInt.of(set.percentOpen())
                                        : OptionalInt.empty()))
                : channels;
    }

    private static void word(
            Map<String, EntityCommand> words,
            Optional<CommandPayload> payload,
            String fallback,
            EntityCommand command) {
        payload.orElse(CommandPayload.of(fallback)).text().ifPresent(text -> words.putIfAbsent(text, command));
    }

    private static OptionalDouble scaled(Scale scale, OptionalInt percent) {
        return percent.stream().mapToDouble(scale::value).findFirst();
    }

    private static Scale position(CoverEntity cover) {
        return new Scale(cover.positionClosed().orElse(0), cover.positionOpen().orElse(100));
    }

    private static Scale tilt(CoverEntity cover) {
        return new Scale(cover.tiltMin().orElse(0), cover.tiltMax().orElse(100));
    }

    private static Scale scale(ValveEntity valve) {
        return new Scale(valve.positionClosed().orElse(0), valve.positionOpen().orElse(100));
    }

    private static Channels<EntityState> coverStates(CoverEntity cover) {
        Map<String, CoverState.Motion> words = new LinkedHashMap<>();
        words.put(cover.stateOpen().orElse("open"), CoverState.Motion.OPEN);
        words.put(cover.stateOpening().orElse("opening"), CoverState.Motion.OPENING);
        words.put(cover.stateClosed().orElse("closed"), CoverState.Motion.CLOSED);
        words.put(cover.stateClosing().orElse("closing"), CoverState.Motion.CLOSING);
        words.put(cover.stateStopped().orElse("stopped"), CoverState.Motion.STOPPED);
        Scale position = position(cover);
        Scale tilt = tilt(cover);
        Channels<EntityState> channels = motions(new Channels<>(), cover.stateTopic(), cover.valueTemplate(), words);
        return channels.add(
                        cover.positionTopic(),
                        cover.positionTemplate(),
                        payload -> positions(payload, position, tilt),
                        state ->
                                scaled(
                                                position,
                                                state instanceof CoverState said
                                                        ? said.percentOpen()
                                                        : OptionalInt.empty())
                                        .stream()
                                        .mapToObj(Channels::plain)
                                        .findFirst())
                .number(
                        cover.tiltStatusTopic(),
                        cover.tiltStatusTemplate(),
                        value -> CoverState.builder()
                                .tiltPercent(tilt.percent(value))
                                .build(),
                        state -> scaled(
                                tilt, state instanceof CoverState said ? said.tiltPercent() : OptionalInt.empty()));
    }

    /** Home Assistant takes a number, or an object with the position and perhaps the tilt. */
    private static Optional<EntityState> positions(String payload, Scale position, Scale tilt) {
        Optional<JsonObject> json = LightJson.object(payload);
        Optional<BigDecimal> open =
                json.isPresent() ? json.flatMap(said -> number(said, "position")) : Channels.decimal(payload);
        return open.map(value -> {
            CoverState.Builder state = CoverState.builder().percentOpen(position.percent(value.doubleValue()));
            json.flatMap(said -> number(said, "tilt_position"))
                    .ifPresent(tilted -> state.tiltPercent(tilt.percent(tilted.doubleValue())));
            return state.build();
        });
    }

    private static Optional<BigDecimal> number(JsonObject json, String name) {
        return json.get(name)
                .flatMap(value -> Channels.decimal(value instanceof JsonString text ? text.value() : value.toString()));
    }

    private static Channels<EntityState> valveStates(ValveEntity valve) {
        Map<String, CoverState.Motion> words = new LinkedHashMap<>();
        words.put(valve.stateOpening().orElse("opening"), CoverState.Motion.OPENING);
        words.put(valve.stateClosing().orElse("closing"), CoverState.Motion.CLOSING);
        if (!valve.reportsPosition().orElse(false)) {
            words.put(valve.stateOpen().orElse("open"), CoverState.Motion.OPEN);
            words.put(valve.stateClosed().orElse("closed"), CoverState.Motion.CLOSED);
            return motions(new Channels<>(), valve.stateTopic(), valve.valueTemplate(), words);
        }
        Scale scale = scale(valve);
        return motions(new Channels<>(), valve.stateTopic(), valve.valueTemplate(), words)
                .number(
                        valve.stateTopic(),
                        valve.valueTemplate(),
                        value -> CoverState.builder()
                                .percentOpen(scale.percent(value))
                                .build(),
                        state -> scaled(
                                scale, state instanceof CoverState said ? said.percentOpen() : OptionalInt.empty()));
    }

    private static Channels<EntityState> motions(
            Channels<EntityState> channels,
            Optional<?> topic,
            Optional<Template> template,
            Map<String, CoverState.Motion> words) {
        return channels.add(
                topic,
                template,
                payload -> Optional.ofNullable(words.get(payload))
                        .map(motion -> CoverState.builder().motion(motion).build()),
                state -> state instanceof CoverState said && said.motion().isPresent()
                        ? words.entrySet().stream()
                                .filter(word -> word.getValue() == said.motion().get())
                                .map(Map.Entry::getKey)
                                .findFirst()
                        : Optional.empty());
    }
}
