package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Numbers, booleans and durations: what Home Assistant takes for one is wider than JSON's own types. */
final class NumberChecks {

    private static final Set<String> TRUE = Set.of("1", "true", "yes", "on", "enable");
    private static final Set<String> FALSE = Set.of("0", "false", "no", "off", "disable");
    private static final BigDecimal DAY = BigDecimal.valueOf(86_400);

    private NumberChecks() {}

    /** Also numbers, and the words for yes and no in any case. */
    static Outcome bool(JsonValue value, String path) {
        if (value instanceof JsonString text) {
            String word = text.value().toLowerCase(Locale.ROOT).strip();
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

    /** Also numeric text. */
    static ValueCheck decimal(Optional<BigDecimal> min) {
        return (value, path) -> {
            if (value instanceof JsonString text && PythonText.isNotFinite(text.value()) && min.isEmpty()) {
                return new Outcome.Kept(value);
            }
            Optional<BigDecimal> number =
                    value instanceof JsonString text ? PythonText.decimal(text.value()) : PythonText.number(value);
            if (number.isEmpty()) {
                return Outcome.refused(path, path + " takes a number, not " + ValueCheck.shown(value));
            }
            JsonNumber kept = value instanceof JsonNumber same ? same : JsonNumber.of(number.get());
            return ranged(kept, min, value, path);
        };
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
        for (var part : parts.members().entrySet()) {
            String partPath = path + "." + part.getKey();
            BigDecimal unit = switch (part.getKey()) {
                case "days" -> DAY;
                case "hours" -> BigDecimal.valueOf(3_600);
                case "minutes" -> BigDecimal.valueOf(60);
                case "seconds" -> BigDecimal.ONE;
                case "milliseconds" -> new BigDecimal("0.001");
                default -> BigDecimal.ZERO;
            };
            if (unit.signum() == 0) {
                return Outcome.refused(partPath, partPath + " is no unit of a duration");
            }
            if (!(decimal(Optional.empty()).check(part.getValue(), partPath) instanceof Outcome.Kept kept)
                    || !(kept.value() instanceof JsonNumber number)) {
                return Outcome.refused(
                        partPath, partPath + " takes a number, not " + ValueCheck.shown(part.getValue()));
            }
            seconds = seconds.add(number.decimal().multiply(unit));
        }
        if (parts.members().isEmpty()) {
            return Outcome.refused(path, path + " needs at least one of days, hours, minutes, seconds, milliseconds");
        }
        return seconds.signum() < 0
                ? Outcome.refused(path, path + " cannot be negative, it is " + ValueCheck.shown(parts))
                : new Outcome.Kept(
                        JsonNumber.of(seconds.setScale(0, RoundingMode.DOWN).toBigInteger()));
    }

    private static boolean isInteger(JsonValue value) {
        return value instanceof JsonBoolean || (value instanceof JsonNumber number && number.isInteger());
    }

    private static Outcome ranged(JsonNumber number, Optional<BigDecimal> min, JsonValue given, String path) {
        return min.isPresent() && number.decimal().compareTo(min.get()) < 0
                ? Outcome.refused(
                        path,
                        path + " must be at least " + min.get().toPlainString() + ", not " + ValueCheck.shown(given))
                : new Outcome.Kept(number);
    }
}
