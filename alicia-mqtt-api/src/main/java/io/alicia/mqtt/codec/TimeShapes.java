package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The three shapes in which the house tells a time: ISO-8601 without zone (the house's own), ISO-8601 with zone, and Unix
 * seconds with a fraction. All are read everywhere.
 */
final class TimeShapes {

    /** The years 1 to 9999 of UTC, which every language of the house can tell, in whatever shape. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final int LAST_YEAR = 9999;

    private static final BigDecimal MIN_SECONDS = BigDecimal.valueOf(FIRST.getEpochSecond());

    /** The first second that is beyond. */
    private static final BigDecimal END_SECONDS = BigDecimal.valueOf(LAST.getEpochSecond() + 1);

    /** What a {@link Duration} holds. */
    private static final BigDecimal MAX_DURATION =
            BigDecimal.valueOf(Long.MAX_VALUE).add(new BigDecimal("0.999999999"));

    /** A duration in seconds, at least 0; written without fraction where it has none. */
    static final Shape<Duration> SECONDS = Shape.of(TimeShapes::duration, TimeShapes::seconds);

    private final ZoneId house;

    /** A time that is written as ISO-8601 with {@code Z}, as in readings and statuses. */
    final Shape<Instant> iso = new TimeShape(TimeShapes::isoUtc);

    /** A time that is written as Unix seconds, as in envelopes. */
    final Shape<Instant> unix = new TimeShape(TimeShapes::unixSeconds);

    /** The shapes of a house whose times without zone are in {@code house}. */
    TimeShapes(ZoneId house) {
        this.house = house;
    }

    /** Reads all three shapes, writes its own for a new time, and for a changed one the shape that it came in. */
    private final class TimeShape implements Shape<Instant> {

        private final Function<Instant, JsonValue> fresh;

        TimeShape(Function<Instant, JsonValue> fresh) {
            this.fresh = fresh;
        }

        @Override
        public Instant read(JsonValue json) {
            if (json instanceof JsonString text) {
                return parse(text);
            }
            if (json instanceof JsonNumber seconds) {
                return unix(seconds);
            }
            throw noTime(json);
        }

        @Override
        public JsonValue write(Instant time, @Nullable JsonValue like) {
            if (like != null && Shape.standsFor(like, this, time)) {
                return like;
            }
            if (!isTold(time)) {
                throw new IllegalArgumentException(time + " cannot be told: the years 1 to 9999 were expected");
            }
            if (like == null) {
                return fresh.apply(time);
            }
            if (like instanceof JsonNumber) {
                return unixSeconds(time);
            }
            return like instanceof JsonString text && isLocal(text) ? local(time) : isoUtc(time);
        }
    }

    private Instant parse(JsonString text) {
        try {
            IsoTime time = IsoTime.parse(text.value());
            Instant instant = time.local()
                    .atZone(time.zone() != null ? time.zone() : house)
                    .toInstant();
            if (isTold(instant)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw noTime(text);
        }
        throw noTime(text);
    }

    private static boolean isTold(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }

    private static boolean isLocal(JsonString text) {
        try {
            return IsoTime.parse(text.value()).zone() == null;
        } catch (DateTimeException e) {
            return false; // a wire form that was put together by hand
        }
    }

    private static Instant unix(JsonNumber number) {
        BigDecimal seconds = number.decimal();
        if (seconds.compareTo(MIN_SECONDS) < 0 || seconds.compareTo(END_SECONDS) >= 0) {
            throw noTime(number);
        }
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(whole.longValue(), nanos(seconds.subtract(whole)));
    }

    /** What is finer than a nanosecond is cut off. */
    private static long nanos(BigDecimal fraction) {
        return fraction.movePointRight(9).longValue();
    }

    private static PayloadException noTime(JsonValue json) {
        return Shapes.unexpected(
                json, "a time (2025-09-08T12:30:00, 2025-09-08T12:30:00Z or Unix seconds such as 1757334600.5)");
    }

    private static Duration duration(JsonValue json) {
        BigDecimal seconds = Shapes.number(json).decimal();
        if (seconds.signum() < 0 || seconds.compareTo(MAX_DURATION) > 0) {
            throw Shapes.unexpected(json, "seconds, at least 0");
        }
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Duration.ofSeconds(whole.longValueExact(), nanos(seconds.subtract(whole)));
    }

    private static JsonValue seconds(Duration duration) {
        return duration.getNano() == 0
                ? JsonNumber.of(duration.getSeconds())
                : JsonNumber.of(decimal(duration.getSeconds(), duration.getNano()));
    }

    private static JsonValue isoUtc(Instant time) {
        return new JsonString(time.toString());
    }

    /** Without zone, unless that would be read as another time because the clocks are turned back, or has a year too long. */
    private JsonValue local(Instant time) {
        LocalDateTime local = LocalDateTime.ofInstant(time, house);
        return local.getYear() <= LAST_YEAR && local.atZone(house).toInstant().equals(time)
                ? new JsonString(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local))
                : isoUtc(time);
    }

    private static JsonValue unixSeconds(Instant time) {
        return JsonNumber.of(decimal(time.getEpochSecond(), time.getNano()));
    }

    /** With as few digits behind the point as there are, but at least one: {@code 1757685590.0}. */
    private static BigDecimal decimal(long seconds, int nanos) {
        BigDecimal exact =
                BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, 9)).stripTrailingZeros();
        return exact.scale() < 1 ? exact.setScale(1) : exact;
    }
}
