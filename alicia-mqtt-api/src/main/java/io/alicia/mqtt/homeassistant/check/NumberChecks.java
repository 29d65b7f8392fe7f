package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.homeassistant.python.PythonBlanks;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Numbers, booleans and durations: what Home Assistant takes for one is wider than JSON's own types. */
final class NumberChecks {

    private static final Set<String> TRUE = Set.of("1", "true", "yes", "on", "enable");
    private static final Set<String> FALSE = Set.of("0", "false", "no", "off", "disable");
    private static final Map<String, BigDecimal> UNITS = Map.of(
            "days", BigDecimal.valueOf(86_400),
            "hours", BigDecimal.valueOf(3_600),
            "minutes", BigDecimal.valueOf(60),
            "seconds", BigDecimal.ONE,
            "milliseconds", new BigDecimal("0.001"));
    private static final BigDecimal LONGEST = BigDecimal.valueOf(1_000_000_000L * 86_400);
    private static final int MICROSECONDS = 6;

    private NumberChecks() {}

    /** Also numbers, and the words for yes and no in any case. */
    static Outcome bool(JsonValue value, String path) {
        if (value instanceof JsonString text) {
            String word = PythonBlanks.stripped(text.value().toLowerCase(Locale.ROOT));
            if (TRUE.contains(word)) {
                return new Outcome.Kept(JsonBoolean.TRUE);
            }
            if (FALSE.contains(word)) {
                return new Outcome.Kept(JsonBoolean.FALSE);
            }
        } else if (PythonText.number(value).isPresent()) {
            return new Outcome.Kept(
                    JsonBoolean.of(PythonText.number(value).orElseThrow().signum() != 0));
        }
        return Outcome.refused(path, path + " takes true or false, not " + ValueCheck.shown(value));
    }

    /** Also numeric text; decimals are cut. */
    static ValueCheck integer(Optional<BigDecimal> min) {
        return (value, path) -> {
            Optional<BigInteger> number = value instanceof JsonString text
                    ? PythonText.integer(text.value())
                    : PythonText.number(value)
                            .map(decimal ->
                                    decimal.setScale(0, RoundingMode.DOWN).toBigInteger());
            if (number.isEmpty()) {
                return Outcome.refused(path, path + " takes a whole number, not " + ValueCheck.shown(value));
            }
            return ranged(JsonNumber.of(number.get()), min, value, path);
        };
    }

    /** Only JSON's integers, and booleans, which Python counts among them. */
    static ValueCheck strictInteger(Optional<BigDecimal> min) {
        return (value, path) -> isInteger(value)
                ? ranged(JsonNumber.of(PythonText.number(value).orElseThrow().toBigIntegerExact()), min, value, path)
                : Outcome.refused(path, path + " takes a JSON integer, not " + ValueCheck.shown(value));
    }

    /** Also numeric text, and text that spells an infinity or no number; JSON has none for these, so that they stay text. */
    static ValueCheck decimal(Optional<BigDecimal> min) {
        return (value, path) -> {
            if (value instanceof JsonString text) {
                OptionalDouble number = PythonText.real(text.value());
                return number.isEmpty() ? noNumber(value, path) : decimal(text, number.getAsDouble(), min, path);
            }
            Optional<BigDecimal> number = PythonText.number(value);
            if (number.isEmpty()) {
                return noNumber(value, path);
            }
            return ranged(value instanceof JsonNumber same ? same : JsonNumber.of(number.get()), min, value, path);
        };
    }

    private static Outcome noNumber(JsonValue value, String path) {
        return Outcome.refused(path, path + " takes a number, not " + ValueCheck.shown(value));
    }

    private static Outcome decimal(JsonString given, double number, Optional<BigDecimal> min, String path) {
        if (Double.isFinite(number)) {
            return ranged(JsonNumber.of(number), min, given, path);
        }
        // No number is not at least anything.
        return min.isPresent() && number != Double.POSITIVE_INFINITY
                ? tooLow(min.get(), given, path)
                : new Outcome.Kept(given);
    }

    /** Whole seconds, or an object of days, hours, minutes and seconds. */
    static Outcome duration(JsonValue value, String path) {
        if (isInteger(value)) {
            return integer(Optional.of(BigDecimal.ZERO)).check(value, path);
        }
        if (!(value instanceof JsonObject parts)) {
            return Outcome.refused(
                    path,
                    path + " takes whole seconds, or days, hours, minutes and seconds in an object, not "
                            + ValueCheck.shown(value));
        }
        return sum(parts, path);
    }

    private static Outcome sum(JsonObject parts, String path) {
        BigDecimal seconds = BigDecimal.ZERO;
        List<Problem> problems = new ArrayList<>();
        boolean nan = false;
        boolean infinite = false;
        for (var part : parts.members().entrySet()) {
            String partPath = path + "." + part.getKey();
            BigDecimal unit = UNITS.get(part.getKey());
            if (unit == null) {
                problems.add(new Problem(partPath, partPath + " is no unit of a duration"));
            } else if (decimal(Optional.empty()).check(part.getValue(), partPath) instanceof Outcome.Refused refused) {
                problems.addAll(refused.problems());
            } else {
                double number = part.getValue() instanceof JsonBoolean flag
                        ? (flag.value() ? 1 : 0)
                        : PythonText.measured(part.getValue()).orElse(0);
                nan |= Double.isNaN(number);
                infinite |= Double.isInfinite(number);
                seconds = Double.isFinite(number) ? seconds.add(new BigDecimal(number).multiply(unit)) : seconds;
            }
        }
        if (!problems.isEmpty()) {
            return new Outcome.Refused(problems, false);
        }
        if (parts.members().isEmpty()) {
            return Outcome.refused(path, path + " needs at least one of days, hours, minutes, seconds, milliseconds");
        }
        if (infinite || seconds.abs().compareTo(LONGEST) >= 0) {
            return Outcome.crashed(
                    "OverflowError", path + " is longer than a duration can be: " + ValueCheck.shown(parts));
        }
        BigDecimal rounded = seconds.setScale(MICROSECONDS, RoundingMode.HALF_EVEN);
        return nan || rounded.signum() < 0
                ? Outcome.refused(path, path + " cannot be negative or no number, it is " + ValueCheck.shown(parts))
                : new Outcome.Kept(
                        JsonNumber.of(rounded.setScale(0, RoundingMode.DOWN).toBigInteger()));
    }

    private static boolean isInteger(JsonValue value) {
        return value instanceof JsonBoolean || (value instanceof JsonNumber number && PythonText.isInteger(number));
    }

    private static Outcome ranged(JsonNumber number, Optional<BigDecimal> min, JsonValue given, String path) {
        return min.isPresent() && number.decimal().compareTo(min.get()) < 0
                ? tooLow(min.get(), given, path)
                : new Outcome.Kept(number);
    }

    private static Outcome tooLow(BigDecimal min, JsonValue given, String path) {
        return Outcome.refused(
                path, path + " must be at least " + min.toPlainString() + ", not " + ValueCheck.shown(given));
    }
}
