package io.alicia.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reading by places is a shortcut: the JDK's formatter is the oracle for each text. */
class IsoTimeTest {

    private static final String[] BEGINNINGS = {
        "2025-09-08T12:30:00", "2025-02-29T12:30:00", "2024-02-29T23:59:60", "2025-09-08T24:00:00",
                "0000-01-01T00:00:00",
        "2025-09-08T12:30", "2025-9-08T12:30:00", "+2025-09-08T12:30:00", "-2025-09-08T12:30:00", "2025-09-08t12:30:00"
    };

    private static final String[] ENDS = {
        "",
        "Z",
        "z",
        ".",
        ".1",
        ".123",
        ".123456",
        ".123456789",
        ".1234567891",
        ".Z",
        ".5Z",
        "+02:00",
        ".5-05:30",
        "+0200",
        "+02",
        "Z[UTC]",
        "+02:00[Europe/Berlin]",
        " ",
        "ZZ"
    };

    @Test
    void agrees_with_the_formatter_on_every_combination() {
        for (String beginning : BEGINNINGS) {
            for (String end : ENDS) {
                assertAgrees(beginning + end, "");
            }
        }
    }

    @Test
    void agrees_with_the_formatter_on_mutated_times() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "0123456789:-+.TZ /\u0661";

        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(BEGINNINGS[random.nextInt(BEGINNINGS.length)])
                    .append(ENDS[random.nextInt(ENDS.length)]);
            for (int j = random.nextInt(3); j > 0; j--) {
                text.setCharAt(random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertAgrees(text.toString(), "seed " + seed);
        }
    }

    private static void assertAgrees(String text, String seed) {
        assertThat(ours(text)).as("%s %s", text, seed).isEqualTo(formatters(text));
    }

    private static @Nullable IsoTime ours(String text) {
        try {
            return IsoTime.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable IsoTime formatters(String text) {
        try {
            TemporalAccessor time =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
            return time instanceof ZonedDateTime zoned
                    ? new IsoTime(zoned.toLocalDateTime(), zoned.getOffset())
                    : new IsoTime((LocalDateTime) time, null);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
