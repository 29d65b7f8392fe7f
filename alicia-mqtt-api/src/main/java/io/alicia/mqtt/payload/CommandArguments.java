package io.alicia.mqtt.payload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the arguments that the house's own commands have, and checks them where a command is built. */
final class CommandArguments {

    private CommandArguments() {}

    /** Arguments of commands that are not the house's own mean whatever their sender likes. */
    static void check(String name, Map<String, JsonValue> arguments) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("command: it is empty, a name such as turn_on was expected");
        }
        switch (name) {
            case CommandNames.TURN_ON, CommandNames.SET_BRIGHTNESS ->
                checkWhole(arguments, "brightness", Brightness.MAX_LEVEL, "steps");
            case CommandNames.SET_VOLUME, CommandNames.ANNOUNCE, CommandNames.PLAY_AUDIO ->
                checkWhole(arguments, "volume", 100, "%");
            default -> {}
        }
    }

    private static void checkWhole(Map<String, JsonValue> arguments, String argument, int max, String unit) {
        JsonValue value = arguments.get(argument);
        if (value == null || value == JsonNull.NULL) {
            return;
        }
        if (!(value instanceof JsonNumber number) || !number.isWhole()) {
            throw new IllegalArgumentException(argument + " cannot be " + value + ": a whole number of 0 to " + max
                    + " " + unit + " was expected");
        }
        Ranges.require(argument, number.longValueExact(), 0, max, unit);
    }

    static OptionalInt whole(Map<String, JsonValue> arguments, String argument) {
        return arguments.get(argument) instanceof JsonNumber number
                        && number.isWhole()
                        && number.longValueExact() == (int) number.longValueExact()
                ? OptionalInt.of((int) number.longValueExact())
                : OptionalInt.empty();
    }

    static Optional<String> text(Map<String, JsonValue> arguments, String argument) {
        return arguments.get(argument) instanceof JsonString text ? Optional.of(text.value()) : Optional.empty();
    }

    /** The name of a speaker without the prefix that some give it. */
    static String speaker(String name) {
        return name.startsWith("media_player.") ? name.substring("media_player.".length()) : name;
    }

    static List<String> texts(Map<String, JsonValue> arguments, String argument) {
        List<String> texts = new ArrayList<>();
        if (arguments.get(argument) instanceof JsonArray array) {
            for (JsonValue value : array.values()) {
                if (value instanceof JsonString text) {
                    texts.add(text.value());
                }
            }
        }
        return List.copyOf(texts);
    }
}
