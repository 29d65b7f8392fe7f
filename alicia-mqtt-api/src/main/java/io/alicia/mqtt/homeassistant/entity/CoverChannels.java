package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.CommandPayload;
import io.alicia.mqtt.homeassistant.component.CoverEntity;
import io.alicia.mqtt.homeassistant.component.ValveEntity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The commands of covers and valves: by words and by position. */
final class CoverChannels {

    private CoverChannels() {}

    static void commands(CommandChannels.Table<EntityCommand> table) {
        table.put(CoverEntity.class, CoverChannels::coverCommands);
        table.put(ValveEntity.class, CoverChannels::valveCommands);
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

    static OptionalDouble scaled(Scale scale, OptionalInt percent) {
        return percent.stream().mapToDouble(scale::value).findFirst();
    }

    static Scale position(CoverEntity cover) {
        return new Scale(cover.positionClosed().orElse(0), cover.positionOpen().orElse(100));
    }

    static Scale tilt(CoverEntity cover) {
        return new Scale(cover.tiltMin().orElse(0), cover.tiltMax().orElse(100));
    }

    static Scale scale(ValveEntity valve) {
        return new Scale(valve.positionClosed().orElse(0), valve.positionOpen().orElse(100));
    }
}
