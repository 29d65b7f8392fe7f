package io.alicia.mqtt.broker.config;

import io.alicia.mqtt.broker.config.LogConf.Destination;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The log options while a configuration is read: each line adds to those before it. */
final class LogDraft {

    private final Set<Destination> destinations = EnumSet.noneOf(Destination.class);
    private final Set<LogType> types = EnumSet.noneOf(LogType.class);
    private boolean destinationsSet;
    private boolean typesSet;
    private @Nullable String file;

    /** {@return a warning, or null} */
    @Nullable
    String destination(Words words) throws ValueRefused {
        String word = words.next();
        if (word == null) {
            throw new ValueRefused("Error: Empty 'log_dest' value in configuration.");
        }
        destinationsSet = true;
        switch (word) {
            case "none" -> destinations.clear();
            case "stdout", "stderr", "syslog", "topic" ->
                destinations.add(Destination.valueOf(word.toUpperCase(Locale.ROOT)));
            case "dlt" -> {
                return "Warning: 'log_dest dlt' is not supported; use syslog or a file.";
            }
            case "file" -> file(words);
            default -> throw new ValueRefused("Error: Invalid 'log_dest' value (" + word + ").");
        }
        return null;
    }

    private void file(Words words) throws ValueRefused {
        if (file != null) {
            throw new ValueRefused("Error: Duplicate \"log_dest file\" value.");
        }
        String rest = words.rest();
        String path = rest == null ? "" : Words.decode(rest).stripLeading();
        if (path.isEmpty()) {
            throw new ValueRefused("Error: Empty \"log_dest file\" value in configuration.");
        }
        file = path;
        destinations.add(Destination.FILE);
    }

    void type(Words words) throws ValueRefused {
        String word = words.next();
        if (word == null) {
            throw new ValueRefused("Error: Empty 'log_type' value in configuration.");
        }
        typesSet = true;
        switch (word) {
            case "none" -> types.clear();
            case "all" -> types.addAll(EnumSet.complementOf(EnumSet.of(LogType.INTERNAL)));
            case "debug",
                    "error",
                    "warning",
                    "notice",
                    "information",
                    "subscribe",
                    "unsubscribe",
                    "websockets",
                    "internal" -> types.add(LogType.valueOf(word.toUpperCase(Locale.ROOT)));
            default -> throw new ValueRefused("Error: Invalid 'log_type' value (" + word + ").");
        }
    }

    LogConf build(Settings global) {
        return new LogConf(
                destinationsSet ? Set.copyOf(destinations) : LogConf.DEFAULT.destinations(),
                Optional.ofNullable(file),
                typesSet ? Set.copyOf(types) : LogConf.DEFAULT.types(),
                global.wholeIfAny("log_facility"),
                global.flag("log_timestamp"),
                global.text("log_timestamp_format"),
                global.flag("connection_messages"));
    }
}
