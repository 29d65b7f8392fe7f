package io.alicia.mqtt.homeassistant.entity;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times in the states of sensors: the forms of ISO 8601 that Home Assistant reads, with and without dashes and
 * colons, a blank in place of the {@code T}.
 */
final class DateTexts {

    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");

    /** Single digits are taken beside a time alone. */
    private static final Pattern DATE_OF_TIME = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");

    private static final Pattern WITHOUT_DASHES = Pattern.compile("^(\\d{4})(\\d{2})(\\d{2})$");

    private static final Pattern TIME = Pattern.compile(
            "(\\d{1,2})(?::?(\\d{2})(?::?(\\d{2})(?:[.,](\\d{1,6})\\d*)?)?)?(Z|[+-]\\d{2}(?::?\\d{2})?)?");

    /** Whatever says when has a digit, or the name of a month or a day. */
    private static final Pattern WHEN = Pattern.compile(
            "\\p{Nd}|(?<!\\p{L})(?:mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?"
                    + "|sun(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
                    + "|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?!\\p{L})",
            Pattern.CASE_INSENSITIVE);

    /** A date as it is written nearly everywhere, with or without a time: nobody reads it in another way. */
    private static final Pattern USUAL_DATE =
            Pattern.compile("(\\d{4})(?:-(\\d{1,2})-(\\d{1,2})|(\\d{2})(\\d{2}))(?:[T ](.*))?", Pattern.DOTALL);

    private static final Pattern USUAL_TIME =
            Pattern.compile("(\\d{1,2}):(\\d{2})(?!\\d)(?::(\\d{2})(?!\\d))?.*", Pattern.DOTALL);

    private DateTexts() {}

    /**
     * Whether Home Assistant may find a date or a time in a text. In dates and times that can be set it reads far more than
     * ISO 8601, so that what is refused is what surely says none: a text without anything of them, and a day or a time that
     * there is not, as 30 February.
     */
    static boolean maySayWhen(String text) {
        return WHEN.matcher(text).find() && isPossible(text);
    }

    /** Whether there is such a day and time, where a text says one in the usual way. */
    private static boolean isPossible(String text) {
        Matcher date = USUAL_DATE.matcher(text);
        if (!date.matches()) {
            return isPossibleTime(text);
        }
        String month = date.group(2) == null ? date.group(4) : date.group(2);
        String day = date.group(3) == null ? date.group(5) : date.group(3);
        String time = date.group(6);
        return isPossibleDay(Moment.number(date.group(1)), Moment.number(month), Moment.number(day))
                && (time == null || isPossibleTime(time));
    }

    /** Python's years begin with 1. */
    private static boolean isPossibleDay(int year, int month, int day) {
        return year >= 1
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
    }

    private static boolean isPossibleTime(String text) {
        Matcher time = USUAL_TIME.matcher(text);
        return !time.matches()
                || (Moment.number(time.group(1)) <= 23
                        && Moment.number(time.group(2)) <= 59
                        && Moment.number(time.group(3)) <= 59);
    }

    /** A date that can be set, as its text where Home Assistant reads it in another way; empty if it says none. */
    static Optional<EntityState> dateThatWasSet(String text) {
        return maySayWhen(text) ? Optional.of(typed(text, () -> date(text))) : Optional.empty();
    }

    /** A time of day that can be set, likewise. */
    static Optional<EntityState> timeThatWasSet(String text) {
        return maySayWhen(text)
                ? Optional.of(typed(text, () -> new EntityState.Time(Moment.timeOfDay(text))))
                : Optional.empty();
    }

    /** A moment that can be set, likewise; in the zone where there is one. */
    static Optional<EntityState> momentThatWasSet(String text, Optional<String> zone) {
        return isMoment(text, zone) ? Optional.of(typed(text, () -> moment(text, zone))) : Optional.empty();
    }

    private static EntityState moment(String text, Optional<String> zone) {
        Moment moment = Moment.of(text);
        OffsetDateTime time = moment.offset().isPresent() || zone.isEmpty()
                ? OffsetDateTime.of(
                        moment.local(), moment.offset().orElseThrow(() -> new DateTimeException("no offset: " + text)))
                : moment.local().atZone(ZoneId.of(zone.get())).toOffsetDateTime();
        return new EntityState.Timestamp(time);
    }

    private static EntityState typed(String text, Supplier<EntityState> reading) {
        try {
            EntityState read = reading.get();
            return read instanceof EntityState.Unknown ? EntityState.of(text) : read;
        } catch (DateTimeException e) {
            // Home Assistant reads it all the same.
            return EntityState.of(text);
        }
    }

    /** Whether a text may say when, with an offset if no time zone says what it means, and without one if one does. */
    static boolean isMoment(String text, Optional<String> zone) {
        Optional<Boolean> hasOffset = hasOffset(text);
        if (zone.isEmpty()) {
            return maySayWhen(text) && hasOffset.orElse(true);
        }
        return maySayWhen(text) && !(zone(zone.get()).isPresent() && hasOffset.orElse(false));
    }

    /** The zone of a name; Home Assistant passes over one that it does not know. */
    static Optional<ZoneId> zone(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }

    /** Whether there is an offset; empty where a text has none of the forms of ISO 8601. */
    private static Optional<Boolean> hasOffset(String text) {
        try {
            return Optional.of(Moment.of(text).offset().isPresent());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A date; of a time with its date the date as it is written. */
    static EntityState date(String text) {
        try {
            return new EntityState.Date(Moment.of(text).local().toLocalDate());
        } catch (DateTimeException e) {
            return unknown(text, "no date");
        }
    }

    /** A time with its offset, without which nobody knows when it is. */
    static EntityState timestamp(String text) {
        try {
            Moment moment = Moment.of(text);
            return moment.offset()
                    .<EntityState>map(offset -> new EntityState.Timestamp(OffsetDateTime.of(moment.local(), offset)))
                    .orElseGet(() -> unknown(text, "a time without the offset that a timestamp needs"));
        } catch (DateTimeException e) {
            return unknown(text, "no time");
        }
    }

    private static EntityState unknown(String text, String what) {
        return new EntityState.Unknown(Optional.of("\"" + text + "\" is " + what));
    }

    private record Moment(LocalDateTime local, Optional<ZoneOffset> offset) {

        static Moment of(String text) {
            int end = Math.max(text.indexOf('T'), text.indexOf(' '));
            if (end < 0) {
                return new Moment(date(DATE, text).atStartOfDay(), Optional.empty());
            }
            LocalDate date = date(DATE_OF_TIME, text.substring(0, end));
            Matcher time = matched(TIME, text.substring(end + 1));
            return new Moment(
                    date.atTime(local(time)), Optional.ofNullable(time.group(5)).map(ZoneOffset::of));
        }

        /** A time without a date and an offset; hours alone may be anything else. */
        static LocalTime timeOfDay(String text) {
            Matcher time = matched(TIME, text);
            if (time.group(2) == null || time.group(5) != null) {
                throw new DateTimeException(text);
            }
            return local(time);
        }

        private static LocalTime local(Matcher time) {
            return LocalTime.of(
                    number(time.group(1)), number(time.group(2)), number(time.group(3)), nanos(time.group(4)));
        }

        private static LocalDate date(Pattern pattern, String text) {
            Matcher date = matched(pattern, WITHOUT_DASHES.matcher(text).replaceFirst("$1-$2-$3"));
            return LocalDate.of(number(date.group(1)), number(date.group(2)), number(date.group(3)));
        }

        private static Matcher matched(Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            if (!matcher.matches()) {
                throw new DateTimeException(text);
            }
            return matcher;
        }

        private static int number(@Nullable String digits) {
            return digits == null ? 0 : Integer.parseInt(digits);
        }

        private static int nanos(@Nullable String fraction) {
            return fraction == null ? 0 : number((fraction + "00000000").substring(0, 9));
        }
    }
}
