package io.alicia.mqtt.homeassistant.entity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a vacuum cleaner is doing. */
public enum VacuumActivity {
    /** It cleans. */
    CLEANING,
    /** It stands in its dock. */
    DOCKED,
    /** It waits, neither paused nor in its dock. */
    IDLE,
    /** It was paused. */
    PAUSED,
    /** It is on its way to the dock. */
    RETURNING,
    /** It cannot go on. */
    ERROR,
    /** It says that it does not know; {@code null} in messages. */
    UNKNOWN;

    /** {@return the word that stands for it in messages; empty for {@link #UNKNOWN}} */
    public Optional<String> word() {
        return this == UNKNOWN ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
    }

    /** What a word says, or empty if Home Assistant does not know it. */
    static Optional<VacuumActivity> of(String word) {
        return Arrays.stream(values())
                .filter(activity -> activity.word().filter(word::equals).isPresent())
                .findFirst();
    }
}
