package io.alicia.mqtt.codec;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * A time in ISO-8601, with a zone or without; the zone in each of its forms: {@code Z}, {@code +02:00}, {@code +0200},
 * {@code +02}.
 *
 * <p>Every reading has one, and the JDK's formatter takes longer for it than all else does for the rest of the reading;
 * so the shape that devices send ({@code 2025-09-08T12:30:00.123Z}) is read by its places, and only what looks otherwise
 * by the formatter.
 *
 * @param local the date and the time of day
 * @param zone the zone, null if the text had none
 */
record IsoTime(LocalDateTime local, @Nullable ZoneId zone) {

    private static final int DATE_END = "2025-09-08".length();
    private static final int SECONDS_END = "2025-09-08T12:30:00".length();

    /**
     * The time of a text.
     *
     * @throws DateTimeException if it is none
     */
    static IsoTime parse(String text) {
        IsoTime time = parseByPlaces(text);
        return time != null ? time : parseByFormatter(text);
    }

    private static IsoTime parseByFormatter(String text) {
        TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                withExtendedOffset(text), ZonedDateTime::from, LocalDateTime::from);
        return time instanceof ZonedDateTime zoned
                ? new IsoTime(zoned.toLocalDateTime(), zoned.getOffset())
                : new IsoTime((LocalDateTime) time, null);
    }

    /**
     * The text with its {@code +0200} or {@code +02} as {@code +02:00}. That is how Python's and C's {@code %z} write it;
     * the formatter takes colons alone.
     */
    private static String withExtendedOffset(String text) {
        int length = text.length();
        for (int digits = 2; digits <= 4; digits += 2) {
            int sign = length - digits - 1;
            if (sign > DATE_END
                    && (text.charAt(sign) == '+' || text.charAt(sign) == '-')
                    && digits(text, sign + 1, length) >= 0) {
                String hours = text.substring(0, sign + 3);
                return hours + ":" + (digits == 2 ? "00" : text.substring(sign + 3));
            }
        }
        return text;
    }

    /** The time of a text in the common shape, or null. */
    private static @Nullable IsoTime parseByPlaces(String text) {
        int length = text.length();
        if (length < SECONDS_END
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, SECONDS_END);
        int end = fractionEnd(text);
        int nanos = end == SECONDS_END ? 0 : nanos(text, end);
        boolean utc = end == length - 1 && text.charAt(end) == 'Z';
        if ((year | month | day | hour | minute | second | nanos) < 0 || !(utc || end == length)) {
            return null;
        }
        return new IsoTime(
                LocalDateTime.of(year, month, day, hour, minute, second, nanos), utc ? ZoneOffset.UTC : null);
    }

    /** The number that the digits spell, negative if one of them is none. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static int fractionEnd(String text) {
        int end = SECONDS_END;
        if (end < text.length() && text.charAt(end) == '.') {
            end++;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
        }
        return end;
    }

    /** The nanoseconds of the digits behind the point, negative if there are none or more than nine. */
    private static int nanos(String text, int end) {
        int count = end - SECONDS_END - 1;
        if (count < 1 || count > 9) {
            return -1;
        }
        int nanos = digits(text, SECONDS_END + 1, end);
        for (int i = count; i < 9; i++) {
            nanos *= 10;
        }
        return nanos;
    }
}
