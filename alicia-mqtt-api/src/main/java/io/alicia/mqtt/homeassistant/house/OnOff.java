package io.alicia.mqtt.homeassistant.house;

import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * Two words for a thing that has two states.
 *
 * @param on when it is on
 * @param off when it is not
 */
record OnOff(String on, String off) {

    /** As a template prints JSON's booleans. */
    static final OnOff BOOLEAN = new OnOff("True", "False");

    /** As a pin is read. */
    static final OnOff BIT = new OnOff("1", "0");

    private static final OnOff DETECTED = new OnOff("detected", "clear");
    private static final OnOff OPEN = new OnOff("open", "closed");

    private static final List<OnOff> WORDS = List.of(
            new OnOff("on", "off"), new OnOff("ON", "OFF"), new OnOff("true", "false"), BOOLEAN, DETECTED, OPEN);

    /** Whether it is a number that may also be one of two states. */
    static boolean isBit(JsonValue value) {
        String text = value instanceof JsonString written ? written.value() : value.toString();
        return BIT.on.equals(text) || BIT.off.equals(text);
    }

    /** Whether they are the words of a switch; nobody can switch to <i>detected</i>, and to <i>open</i> by hand alone. */
    boolean isOfSwitch() {
        return !equals(DETECTED) && !equals(OPEN);
    }

    /** The pair to which a word belongs. */
    static Optional<OnOff> of(String word) {
        return WORDS.stream()
                .filter(words -> words.on.equals(word) || words.off.equals(word))
                .findFirst();
    }
}
