package io.alicia.mqtt.homeassistant.house;

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

    private static final List<OnOff> WORDS = List.of(
            new OnOff("on", "off"),
            new OnOff("ON", "OFF"),
            new OnOff("true", "false"),
            BOOLEAN,
            new OnOff("detected", "clear"),
            new OnOff("open", "closed"));

    /** The pair to which a word belongs. */
    static Optional<OnOff> of(String word) {
        return WORDS.stream()
                .filter(words -> words.on.equals(word) || words.off.equals(word))
                .findFirst();
    }
}
