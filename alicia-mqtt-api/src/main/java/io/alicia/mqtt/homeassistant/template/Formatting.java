package io.alicia.mqtt.homeassistant.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code format % values}, for texts and numbers. */
final class Formatting {

    private static final Pattern PLACE = Pattern.compile(
            "%(?<flags>[-+ 0#]*)(?<width>\\d{0,3})(?:\\.(?<precision>\\d{0,2}))?(?<type>[sradiucxXofFeEgG%])?");

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
        if (type == null || (type.equals("%") && place.group().length() > 2)) {
            throw unknown(place);
        }
        if (type.equals("%")) {
            return "%";
        }
        if (!values.hasNext()) {
            throw new CannotEvaluateException("the format has more places than there are values");
        }
        Object value = values.next();
        return switch (type) {
            case "s" -> padded("", cut(Values.text(value), place), place, false);
            case "r" -> padded("", cut(Values.representation(value), place), place, false);
            case "d", "i", "u" -> whole(place, truncated(place, value));
            case "x", "X", "o" -> whole(place, Operators.whole(value).orElseThrow(() -> apart(place, value)));
            case "f", "F", "e", "E", "g", "G" -> decimal(place, value);
            default -> throw unknown(place);
        };
    }

    private static CannotEvaluateException unknown(Matcher place) {
        return new CannotEvaluateException("the format " + place.group() + " is not known here");
    }

    private static CannotEvaluateException apart(Matcher place, Object value) {
        return new CannotEvaluateException(place.group() + " for " + Values.kind(value));
    }

    private static String cut(String text, Matcher place) {
        int precision = precision(place);
        return precision < 0 || precision >= Strings.length(text)
                ? text
                : text.substring(0, text.offsetByCodePoints(0, precision));
    }

    /** Below 0 if there is none. */
    private static int precision(Matcher place) {
        String written = place.group("precision");
        return written == null ? -1 : written.isEmpty() ? 0 : Integer.parseInt(written);
    }

    private static BigInteger truncated(Matcher place, Object value) {
        if (!Operators.isNumber(value)) {
            throw apart(place, value);
        }
        return Operators.whole(value).orElseGet(() -> {
            double number = Operators.decimal(value);
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw new CannotEvaluateException(Values.text(number) + " as digits");
            }
            return new BigDecimal(number).toBigInteger();
        });
    }

    private static String whole(Matcher place, BigInteger number) {
        String flags = place.group("flags");
        if (precision(place) >= 0 || flags.contains("#")) {
            throw unknown(place);
        }
        char type = place.group("type").charAt(0);
        return padded(sign(number.signum() < 0, flags), Digits.whole(type, number), place, true);
    }

    private static String decimal(Matcher place, Object value) {
        String flags = place.group("flags");
        if (flags.contains("#")) {
            throw unknown(place);
        }
        if (!Operators.isNumber(value)) {
            throw apart(place, value);
        }
        double number = Operators.decimal(value);
        String digits = Digits.decimal(place.group("type").charAt(0), number, precision(place));
        return padded(sign(Math.copySign(1, number) < 0, flags), digits, place, true);
    }

    private static String sign(boolean negative, String flags) {
        return negative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
    }

    private static String padded(String sign, String text, Matcher place, boolean number) {
        String width = place.group("width");
        String flags = place.group("flags");
        int missing = (width.isEmpty() ? 0 : Integer.parseInt(width)) - sign.length() - Strings.length(text);
        if (missing <= 0) {
            return sign + text;
        }
        if (flags.contains("-")) {
            return sign + text + " ".repeat(missing);
        }
        return number && flags.contains("0") ? sign + "0".repeat(missing) + text : " ".repeat(missing) + sign + text;
    }
}
