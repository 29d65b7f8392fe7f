package io.alicia.mqtt.homeassistant.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code format % values}, for texts and numbers. */
final class Formatting {

    private static final Pattern PLACE =
            Pattern.compile("%(?<flags>[-+ 0]*)(?<width>\\d{0,3})(?:\\.(?<precision>\\d{0,2}))?(?<type>[sdiufF%])?");

    private Formatting() {}

    static String formatted(String format, List<Object> values) {
        Iterator<Object> left = values.iterator();
        Matcher place = PLACE.matcher(format);
        String text = place.replaceAll(match -> Matcher.quoteReplacement(filled(place, left)));
        if (left.hasNext()) {
            throw new CannotEvaluateException("the format has fewer places than there are values");
        }
        return text;
    }

    private static String filled(Matcher place, Iterator<Object> values) {
        String type = place.group("type");
        if (type == null) {
            throw new CannotEvaluateException("the format " + place.group() + " is not known here");
        }
        if (type.equals("%")) {
            if (place.group().length() > 2) {
                throw new CannotEvaluateException("the format " + place.group() + " is not known here");
            }
            return "%";
        }
        if (!values.hasNext()) {
            throw new CannotEvaluateException("the format has more places than there are values");
        }
        Object value = values.next();
        String precision = place.group("precision");
        if (type.equals("s")) {
            String text = Values.text(value);
            if (precision != null) {
                int end = Math.min(precision(precision), text.codePointCount(0, text.length()));
                text = text.substring(0, text.offsetByCodePoints(0, end));
            }
            return padded(text, place, false);
        }
        boolean whole = !type.equalsIgnoreCase("f");
        if (!Operators.isNumber(value) || (whole && precision != null)) {
            throw new CannotEvaluateException(place.group() + " for " + Values.kind(value));
        }
        return padded(whole ? whole(value, place) : decimal(value, precision, place), place, true);
    }

    private static int precision(String written) {
        return written.isEmpty() ? 0 : Integer.parseInt(written);
    }

    private static String whole(Object value, Matcher place) {
        BigInteger number = Operators.whole(value).orElseGet(() -> {
            finite(Operators.decimal(value));
            return new BigDecimal(Operators.decimal(value)).toBigInteger();
        });
        return sign(number.signum() < 0, place) + number.abs();
    }

    private static String decimal(Object value, @Nullable String precision, Matcher place) {
        double number = Operators.decimal(value);
        finite(number);
        String digits = new BigDecimal(Math.abs(number))
                .setScale(precision == null ? 6 : precision(precision), RoundingMode.HALF_EVEN)
                .toPlainString();
        return sign(Math.copySign(1, number) < 0, place) + digits;
    }

    private static void finite(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new CannotEvaluateException(Values.text(number) + " as digits");
        }
    }

    private static String sign(boolean negative, Matcher place) {
        String flags = place.group("flags");
        return negative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
    }

    private static String padded(String text, Matcher place, boolean number) {
        String width = place.group("width");
        String flags = place.group("flags");
        int missing = (width.isEmpty() ? 0 : Integer.parseInt(width)) - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        if (flags.contains("-")) {
            return text + " ".repeat(missing);
        }
        if (!number || !flags.contains("0")) {
            return " ".repeat(missing) + text;
        }
        int digits = Character.isDigit(text.charAt(0)) ? 0 : 1;
        return text.substring(0, digits) + "0".repeat(missing) + text.substring(digits);
    }
}
