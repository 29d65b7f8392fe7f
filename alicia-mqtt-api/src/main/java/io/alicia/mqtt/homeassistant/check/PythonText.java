package io.alicia.mqtt.homeassistant.check;

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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How Python, in which Home Assistant is written, turns values into text and text into numbers. */
final class PythonText {

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+(_\\d+)*");
    private static final Pattern FLOAT =
            Pattern.compile("[+-]?(\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)([eE][+-]?\\d+(_\\d+)*)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[+-]?(inf|infinity|nan)", Pattern.CASE_INSENSITIVE);

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
        return value.toString();
    }

    /** What {@code int(text)} gives, if it does not fail. */
    static Optional<BigInteger> integer(String text) {
        String trimmed = text.strip();
        return INTEGER.matcher(trimmed).matches()
                ? Optional.of(new BigInteger(trimmed.replace("_", "")))
                : Optional.empty();
    }

    /** What {@code float(text)} gives, if it does not fail and is finite. */
    static Optional<BigDecimal> decimal(String text) {
        String trimmed = text.strip();
        return FLOAT.matcher(trimmed).matches()
                ? Optional.of(new BigDecimal(trimmed.replace("_", "")))
                : Optional.empty();
    }

    /** Whether {@code float(text)} gives an infinity or no number at all. */
    static boolean isNotFinite(String text) {
        return NOT_FINITE.matcher(text.strip()).matches();
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
