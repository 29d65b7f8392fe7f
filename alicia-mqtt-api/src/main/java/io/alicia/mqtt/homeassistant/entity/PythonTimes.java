package io.alicia.mqtt.homeassistant.entity;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as Python's {@code isoformat()} writes them: always with seconds, with six digits below or none, UTC as {@code +00:00}. */
final class PythonTimes {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx");

    private PythonTimes() {}

    static String text(LocalTime time) {
        LocalTime told = time.truncatedTo(ChronoUnit.MICROS);
        return (told.truncatedTo(ChronoUnit.SECONDS).equals(told) ? SECONDS : MICROSECONDS).format(told);
    }

    static String text(LocalDateTime time) {
        return time.toLocalDate() + "T" + text(time.toLocalTime());
    }

    static String text(OffsetDateTime time) {
        return text(time.toLocalDateTime()) + OFFSET.format(time);
    }

    /**
     * {@return the time of a text with an offset, or without one where an option says which zone it is in}
     *
     * @throws DateTimeException if it is none
     */
    static OffsetDateTime read(String text, Optional<String> zone) {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            if (zone.isEmpty()) {
                throw e;
            }
            return LocalDateTime.parse(text).atZone(ZoneId.of(zone.get())).toOffsetDateTime();
        }
    }
}
