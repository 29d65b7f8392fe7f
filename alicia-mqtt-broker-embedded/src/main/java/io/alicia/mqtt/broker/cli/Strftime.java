package io.alicia.mqtt.broker.cli;

import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.TimeZone;

/** The conversions of strftime(3) in the C locale. */
final class Strftime {

    private Strftime() {}

    static String format(String format, ZonedDateTime time) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i++);
            if (c != '%' || i == format.length()) {
                text.append(c);
                continue;
            }
            char conversion = format.charAt(i++);
            // E and O ask for another locale's form, of which there is none here.
            if ((conversion == 'E' || conversion == 'O') && i < format.length()) {
                conversion = format.charAt(i++);
            }
            text.append(convert(conversion, time));
        }
        return text.toString();
    }

    private static String convert(char conversion, ZonedDateTime time) {
        return switch (conversion) {
            case 'a', 'A', 'b', 'B', 'h', 'p', 'P', 'Z', 'z' -> words(conversion, time);
            case 'c' -> format("%a %b %e %H:%M:%S %Y", time);
            case 'D', 'x' -> format("%m/%d/%y", time);
            case 'F' -> format("%Y-%m-%d", time);
            case 'R' -> format("%H:%M", time);
            case 'r' -> format("%I:%M:%S %p", time);
            case 'T', 'X' -> format("%H:%M:%S", time);
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            case 'G', 'g', 'V', 'U', 'W', 'u', 'w', 'j' -> weeks(conversion, time);
            default -> numbers(conversion, time);
        };
    }

    private static String words(char conversion, ZonedDateTime time) {
        return switch (conversion) {
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ROOT);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ROOT);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'P' -> time.getHour() < 12 ? "am" : "pm";
            case 'Z' -> zoneName(time);
            default ->
                time.getOffset().getTotalSeconds() == 0
                        ? "+0000"
                        : time.getOffset().getId().replace(":", "").substring(0, 5);
        };
    }

    private static String zoneName(ZonedDateTime time) {
        boolean summer = time.getZone().getRules().isDaylightSavings(time.toInstant());
        return TimeZone.getTimeZone(time.getZone()).getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH);
    }

    private static String weeks(char conversion, ZonedDateTime time) {
        return switch (conversion) {
            case 'G' -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'g' -> padded(time.get(IsoFields.WEEK_BASED_YEAR) % 100, 2, '0');
            case 'V' -> padded(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0');
            case 'U' -> padded((time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7, 2, '0');
            case 'W' -> padded((time.getDayOfYear() + 6 - (time.getDayOfWeek().getValue() - 1)) / 7, 2, '0');
            case 'u' -> String.valueOf(time.get(WeekFields.ISO.dayOfWeek()));
            case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
            default -> padded(time.getDayOfYear(), 3, '0');
        };
    }

    private static String numbers(char conversion, ZonedDateTime time) {
        int hourOfHalfDay = time.get(ChronoField.CLOCK_HOUR_OF_AMPM);
        return switch (conversion) {
            case 'C' -> padded(time.getYear() / 100, 2, '0');
            case 'd' -> padded(time.getDayOfMonth(), 2, '0');
            case 'e' -> padded(time.getDayOfMonth(), 2, ' ');
            case 'H' -> padded(time.getHour(), 2, '0');
            case 'I' -> padded(hourOfHalfDay, 2, '0');
            case 'k' -> padded(time.getHour(), 2, ' ');
            case 'l' -> padded(hourOfHalfDay, 2, ' ');
            case 'M' -> padded(time.getMinute(), 2, '0');
            case 'm' -> padded(time.getMonthValue(), 2, '0');
            case 'S' -> padded(time.getSecond(), 2, '0');
            case 's' -> String.valueOf(time.toEpochSecond());
            case 'Y' -> String.valueOf(time.getYear());
            case 'y' -> padded(time.getYear() % 100, 2, '0');
            default -> "%" + conversion;
        };
    }

    private static String padded(int number, int width, char with) {
        String digits = String.valueOf(number);
        return String.valueOf(with).repeat(Math.max(0, width - digits.length())) + digits;
    }
}
