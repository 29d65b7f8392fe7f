package io.alicia.mqtt.broker.config;

import java.util.List;

/** What may stand behind an option's name. */
public sealed interface Rule {

    /** {@code true}, {@code 1}, {@code false} or {@code 0}. */
    record Flag() implements Rule {}

    /**
     * A whole number: decimal, {@code 0x} hexadecimal or {@code 0} octal.
     *
     * @param min the least that is taken as it is
     * @param max the greatest that is taken as it is
     * @param below what happens below {@code min}
     * @param above what happens above {@code max}
     */
    record Whole(int min, int max, OutOfRange below, OutOfRange above) implements Rule {}

    /**
     * The rest of the line, without blanks at its ends, as UTF-8 without control characters.
     *
     * @param lastWins whether a second one replaces the first; otherwise it is refused
     * @param maxLength how many characters are allowed
     */
    record Text(boolean lastWins, int maxLength) implements Rule {}

    /**
     * One of some words.
     *
     * @param words those that are allowed
     * @param refusal Mosquitto's message for another one, {@code %s} standing for it
     */
    record Choice(List<String> words, String refusal) implements Rule {}

    /**
     * A form of its own, or an effect besides a value.
     *
     * @param form the value in words, for the documentation
     */
    record Special(String form) implements Rule {}

    /** What happens to a number out of range. */
    sealed interface OutOfRange {

        /**
         * The configuration is refused.
         *
         * @param message Mosquitto's message, {@code %d} standing for the number
         */
        record Refuse(String message) implements OutOfRange {}

        /**
         * Another number is taken.
         *
         * @param value the number
         * @param notice what is said, or nothing if empty
         */
        record Take(int value, String notice) implements OutOfRange {}
    }
}
