package io.alicia.mqtt.payload;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One scalar that a sensor measured, as its text on the wire: {@code 23.5}, {@code ON}. Its unit is the topic's.
 *
 * @param text the text as it was sent
 */
public record Measurement(String text) {

    /** The longest text that is read as a number, in characters, as for numbers in JSON: longer ones take ever longer. */
    private static final int MAX_NUMBER_LENGTH = 500;

    /**
     * {@return the measurement of a number, written as shortly as tells it apart: {@code 23.5}, {@code 34.0}}
     *
     * @param value finite
     * @throws IllegalArgumentException for NaN and the infinities
     */
    public static Measurement of(double value) {
        return new Measurement(JsonNumber.of(value).toString());
    }

    /**
     * {@return the measurement of a whole number}
     *
     * @param value any
     */
    public static Measurement of(long value) {
        return new Measurement(Long.toString(value));
    }

    /**
     * {@return {@code ON} or {@code OFF}}
     *
     * @param state which of the two
     */
    public static Measurement of(PowerState state) {
        return new Measurement(state.name());
    }

    /** {@return the number that the text spells, if it spells a finite one in at most 500 characters} */
    public OptionalDouble number() {
        String spelt = text.strip();
        if (spelt.length() > MAX_NUMBER_LENGTH) {
            return OptionalDouble.empty();
        }
        try {
            double value = new BigDecimal(spelt).doubleValue();
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty(); // a text such as ON is no failure
        }
    }

    /** {@return {@code ON} or {@code OFF} in any case, if the text is one of them} */
    public Optional<PowerState> state() {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "ON" -> Optional.of(PowerState.ON);
            case "OFF" -> Optional.of(PowerState.OFF);
            default -> Optional.empty();
        };
    }

    /** {@return {@link #text()}} */
    @Override
    public String toString() {
        return text;
    }
}
