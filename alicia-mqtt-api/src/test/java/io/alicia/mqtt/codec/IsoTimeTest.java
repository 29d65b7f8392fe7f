package io.alicia.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading by places is a shortcut: the JDK's formatters are the oracle for each text. */
class IsoTimeTest {

    private static final DateTimeFormatter BASIC_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendOffset("+HHmm", "+0000")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withChronology(IsoChronology.INSTANCE);

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
        "-0330",
        ".25+0530",
        ".25-05",
        "+1800",
        "+1900",
        "+0260",
        "+020",
        "+2",
        "+02:",
        "Z+02",
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

    @ParameterizedTest
    @CsvSource({
        "2025-09-08T12:30:00+0200, 2025-09-08T12:30:00+02:00",
        "2025-09-08T12:30:00+02, 2025-09-08T12:30:00+02:00",
        "2025-09-08T12:30:00.123456-0330, 2025-09-08T12:30:00.123456-03:30",
        "2025-09-08T12:30:00+0000, 2025-09-08T12:30:00Z",
        "2025-09-08T12:30+0545, 2025-09-08T12:30:00+05:45",
    })
    void the_offset_may_be_written_without_a_colon(String text, ZonedDateTime meant) {
        assertThat(IsoTime.parse(text)).isEqualTo(new IsoTime(meant.toLocalDateTime(), meant.getOffset()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-09-08",
                "2025-09-08T12",
                "2025-09-08T12-02",
                "2025-09-08T12:30:00+020",
                "2025-09-08T12:30:00+02000",
                "2025-09-08T12:30:00+1900",
                "2025-09-08T12:30:00+0260",
                "2025-09-08T12:30:00Z+02",
                "2025-09-08T12:30:00 +02",
            })
    void what_is_no_offset_is_refused(String text) {
        assertThatThrownBy(() -> IsoTime.parse(text)).isInstanceOf(DateTimeException.class);
    }

    private static @Nullable IsoTime formatters(String text) {
        IsoTime extended = formatters(DateTimeFormatter.ISO_DATE_TIME, text);
        return extended != null ? extended : formatters(BASIC_OFFSET, text);
    }

    private static @Nullable IsoTime formatters(DateTimeFormatter formatter, String text) {
        try {
            TemporalAccessor time = formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
            return time instanceof ZonedDateTime zoned
                    ? new IsoTime(zoned.toLocalDateTime(), zoned.getOffset())
                    : new IsoTime((LocalDateTime) time, null);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
