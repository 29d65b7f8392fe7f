package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.homeassistant.python.PythonBlanks;
import io.alicia.mqtt.homeassistant.python.PythonFloat;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How Python, in which Home Assistant is written, turns values into text and text into numbers. */
final class PythonText {

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+(_\\d+)*", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern FLOAT = Pattern.compile(
            "[+-]?(\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)([eE][+-]?\\d+(_\\d+)*)?",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern NOT_FINITE = Pattern.compile("([+-]?)(inf|infinity|nan)", Pattern.CASE_INSENSITIVE);

    private static final BigDecimal LEAST_INTEGER = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LARGEST_INTEGER = new BigDecimal("18446744073709551615");

    private static final int MOST_DIGITS = 4_300;

    private PythonText() {}

    /** What {@code str(value)} gives. */
    static String of(JsonValue value) {
        if (value instanceof JsonString text) {
            return text.value();
        }
        return repr(value);
    }

    private static String repr(JsonValue value) {
        if (value instanceof JsonString text) {
            return "'" + text.value() + "'";
        }
        if (value instanceof JsonBoolean flag) {
            return flag.value() ? "True" : "False";
        }
        if (value instanceof JsonNull) {
            return "None";
        }
        if (value instanceof JsonArray array) {
            return array.values().stream().map(PythonText::repr).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof JsonObject object) {
            return object.members().entrySet().stream()
                    .map(member -> "'" + member.getKey() + "': " + repr(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof JsonNumber number && !isInteger(number)
                ? PythonFloat.text(number.doubleValue())
                : value.toString();
    }

    /** Whether Home Assistant reads a number as an {@code int}: one beyond 64 bits becomes a {@code float}. */
    static boolean isInteger(JsonNumber number) {
        return number.isInteger()
                && number.decimal().compareTo(LEAST_INTEGER) >= 0
                && number.decimal().compareTo(LARGEST_INTEGER) <= 0;
    }

    /** What {@code int(text)} gives, if it does not fail: Python reads no more than {@value #MOST_DIGITS} digits. */
    static Optional<BigInteger> integer(String text) {
        String trimmed = PythonBlanks.stripped(text).replace("_", "");
        return trimmed.length() <= MOST_DIGITS
                        && INTEGER.matcher(PythonBlanks.stripped(text)).matches()
                ? Optional.of(new BigInteger(trimmed))
                : Optional.empty();
    }

    /** What {@code float(text)} gives, if it does not fail; may be infinite, or no number. */
    static OptionalDouble real(String text) {
        String trimmed = PythonBlanks.stripped(text);
        Matcher notFinite = NOT_FINITE.matcher(trimmed);
        if (notFinite.matches()) {
            double positive = notFinite.group(2).equalsIgnoreCase("nan") ? Double.NaN : Double.POSITIVE_INFINITY;
            return OptionalDouble.of(notFinite.group(1).equals("-") ? -positive : positive);
        }
        return FLOAT.matcher(trimmed).matches()
                ? OptionalDouble.of(Double.parseDouble(western(trimmed.replace("_", ""))))
                : OptionalDouble.empty();
    }

    /** The same number in the digits 0 to 9. */
    private static String western(String number) {
        return number.codePoints()
                .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The value as a {@code float}, where it is a number that JSON has, or text that spells one which it has not. */
    static OptionalDouble measured(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return OptionalDouble.of(number.doubleValue());
        }
        return value instanceof JsonString text ? real(text.value()) : OptionalDouble.empty();
    }

    /** Whether the value is a number for Python: its booleans are. */
    static Optional<BigDecimal> number(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return Optional.of(number.decimal());
        }
        if (value instanceof JsonBoolean flag) {
            return Optional.of(flag.value() ? BigDecimal.ONE : BigDecimal.ZERO);
        }
        return Optional.empty();
    }

    /** Whether {@code word in value} for Python, where the value is text, a list or an object. */
    static boolean contains(JsonValue value, String word) {
        if (value instanceof JsonString text) {
            return text.value().contains(word);
        }
        if (value instanceof JsonArray list) {
            return list.values().contains(new JsonString(word));
        }
        return value instanceof JsonObject object && object.members().containsKey(word);
    }

    /** Whether {@code a == b} for Python, where {@code 1 == 1.0 == True}. */
    static boolean equal(JsonValue a, JsonValue b) {
        Optional<BigDecimal> left = number(a);
        Optional<BigDecimal> right = number(b);
        if (left.isPresent() && right.isPresent()) {
            return left.get().compareTo(right.get()) == 0;
        }
        return a.equals(b);
    }
}
