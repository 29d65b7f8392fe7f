package io.alicia.mqtt.homeassistant.component;

import java.util.Locale;

/** A word of a set that an option takes its value from. */
public interface OptionWord {

    /** {@return the constant's name in Java} */
    default String name() {
        return word().toUpperCase(Locale.ROOT);
    }

    /** {@return the word as it stands in messages} */
    default String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
