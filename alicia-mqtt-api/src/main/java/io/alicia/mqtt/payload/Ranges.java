package io.alicia.mqtt.payload;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The ranges of the contract's quantities, checked where a payload is built. */
final class Ranges {

    private Ranges() {}

    static void require(String field, long value, long min, long max, String unit) {
        if (value < min || value > max) {
            throw refusal(field, value, min + " to " + max + " " + unit);
        }
    }

    static void percent(String field, OptionalInt value) {
        between(field, value, 0, 100, "%");
    }

    static void percent(String field, OptionalDouble value) {
        between(field, value, 0, 100, "%");
    }

    static void between(String field, OptionalInt value, int min, int max, String unit) {
        if (value.isPresent()) {
            require(field, value.getAsInt(), min, max, unit);
        }
    }

    static void between(String field, OptionalDouble value, double min, double max, String unit) {
        // written so that NaN is refused
        if (value.isPresent() && !(value.getAsDouble() >= min && value.getAsDouble() <= max)) {
            throw refusal(field, value.getAsDouble(), min + " to " + max + " " + unit);
        }
    }

    static void atLeast(String field, OptionalDouble value, double min, String unit) {
        if (value.isPresent() && !(value.getAsDouble() >= min && value.getAsDouble() < Double.POSITIVE_INFINITY)) {
            throw refusal(field, value.getAsDouble(), "at least " + min + " " + unit);
        }
    }

    static void notNegative(String field, OptionalLong value) {
        if (value.isPresent() && value.getAsLong() < 0) {
            throw refusal(field, value.getAsLong(), "at least 0");
        }
    }

    static void notNegative(String field, Optional<Duration> value) {
        if (value.isPresent() && value.get().isNegative()) {
            throw refusal(field, value.get(), "at least 0 s");
        }
    }

    private static IllegalArgumentException refusal(String field, Object value, String range) {
        return new IllegalArgumentException(field + " cannot be " + value + ": " + range + " was expected");
    }
}
