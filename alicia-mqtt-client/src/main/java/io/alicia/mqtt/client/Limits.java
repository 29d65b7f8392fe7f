package io.alicia.mqtt.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Refuses settings that cannot work where they are said, with what is allowed. */
final class Limits {

    /** What stands for all that is longer: a century fits into whatever milliseconds or nanoseconds are counted in. */
    static final Duration FOREVER = Duration.ofDays(36_500);

    /** The longest time that transports can wait for a connection: the milliseconds of an {@code int}. */
    static final Duration LONGEST_ATTEMPT = Duration.ofDays(24);

    /** A fixed header with the largest Remaining Length, and that (MQTT 5 §2.1.4). */
    static final int LARGEST_PACKET_BYTES = 5 + 268_435_455;

    private static final int MAXIMUM_STRING_BYTES = 65_535;

    private Limits() {}

    static int between(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + ": " + value + ", expected " + least + " to " + most);
        }
        return value;
    }

    /** As the protocol has it. */
    static Duration wholeSeconds(String what, Duration value, long mostSeconds) {
        if (value.isNegative()
                || !value.equals(Duration.ofSeconds(value.toSeconds()))
                || value.toSeconds() > mostSeconds) {
            throw new IllegalArgumentException(
                    what + ": " + value + ", expected whole seconds from 0 to " + mostSeconds);
        }
        return value;
    }

    /** {@code value}, or {@code longest} if that is shorter. */
    static Duration atMost(Duration longest, Duration value) {
        return value.compareTo(longest) > 0 ? longest : value;
    }

    static Duration positive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + ": " + value + ", expected more than zero");
        }
        return value;
    }

    static Duration notNegative(String what, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(what + ": " + value + ", expected zero or more");
        }
        return value;
    }

    static String clientIdentifier(String value) {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAXIMUM_STRING_BYTES || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("client identifier of " + bytes + " bytes"
                    + (value.indexOf('\0') >= 0 ? " with U+0000" : "") + ", expected 1 to " + MAXIMUM_STRING_BYTES
                    + " bytes of UTF-8 without U+0000");
        }
        return value;
    }
}
