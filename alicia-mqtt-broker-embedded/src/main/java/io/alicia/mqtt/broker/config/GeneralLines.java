package io.alicia.mqtt.broker.config;

import org.jspecify.annotations.Nullable;

/** Reads the lines of {@link GeneralOptions} that have a form of their own. */
final class GeneralLines {

    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;

    private final ConfState state;
    private final Values values;

    GeneralLines(ConfState state, Values values) {
        this.state = state;
        this.values = values;
    }

    /** {@return whether the line was one of these} */
    boolean read(Line line, SettingsBuilder target) throws ValueRefused {
        Words words = line.words();
        switch (line.option().name()) {
            case "per_listener_settings" -> perListenerSettings(words);
            case "memory_limit" -> memoryLimit(words);
            case "persistent_client_expiration" ->
                target.set("persistent_client_expiration", expiration(words), line.at());
            case "log_dest" -> {
                String warning = state.log.destination(words);
                if (warning != null) {
                    state.warning(warning + " (" + line.at() + ")");
                }
            }
            case "log_type" -> state.log.type(words);
            default -> {
                return false;
            }
        }
        return true;
    }

    void user(Line line, String user) {
        String running = System.getProperty("user.name", "");
        if (running.equals("root") && !user.equals("root")) {
            state.warning("Warning: The 'user' option has no effect here. "
                    + line.option().advice() + " (" + line.at() + ")");
        }
    }

    private void perListenerSettings(Words words) throws ValueRefused {
        if (state.perListenerSettings) {
            return;
        }
        state.perListenerSettings = values.flag("per_listener_settings", words);
        if (state.perListenerSettings && state.accessTouched) {
            throw new ValueRefused("Error: per_listener_settings must be set before any other security settings.");
        }
    }

    private void memoryLimit(Words words) throws ValueRefused {
        int limit = Values.leadingWhole(values.word("memory_limit", words));
        if (limit < 0) {
            throw new ValueRefused("Error: Invalid 'memory_limit' value (" + limit + ").");
        }
    }

    /** {@return seconds, as text: they may be more than an int holds} */
    private String expiration(Words words) throws ValueRefused {
        String word = values.word("persistent_client_expiration", words);
        Integer unit = secondsOf(word.charAt(word.length() - 1));
        long seconds = unit == null ? 0 : (long) Values.leadingWhole(word.substring(0, word.length() - 1)) * unit;
        if (seconds <= 0) {
            throw new ValueRefused("Error: Invalid 'persistent_client_expiration' duration in configuration.");
        }
        return String.valueOf(seconds);
    }

    private static @Nullable Integer secondsOf(char unit) {
        return switch (unit) {
            case 's' -> 1;
            case 'h' -> HOUR;
            case 'd' -> DAY;
            case 'w' -> 7 * DAY;
            case 'm' -> 30 * DAY;
            case 'y' -> 365 * DAY;
            default -> null;
        };
    }
}
