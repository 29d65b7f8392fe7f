package io.alicia.mqtt.homeassistant.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Home Assistant's own filters and functions that make numbers, which fail unless they are given a default. */
final class Numbers {

    private static final Pattern FLOAT = Pattern.compile(
            "[+-]?(\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)([eE][+-]?\\d+(_\\d+)*)?|[+-]?(inf|infinity|nan)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+(_\\d+)*");
    private static final int MOST_DIGITS = 300;

    private Numbers() {}

    static Object toFloat(Object value, Given given) {
        given.only("default");
        return decimal(value)
                .<Object>map(number -> number)
                .or(() -> given.get(0, "default"))
                .orElseThrow(() -> noNumber(value, "float"));
    }

    static Object toInt(Object value, Given given) {
        given.only("default", "base");
        if (given.get(1, "base").isPresent()) {
            throw new CannotEvaluateException("int with a base");
        }
        if (value instanceof String text && INTEGER.matcher(text.strip()).matches()) {
            return new BigInteger(text.strip().replace("_", "").replace("+", ""));
        }
        Optional<BigInteger> whole = Operators.whole(value);
        if (whole.isPresent()) {
            return whole.get();
        }
        return decimal(value)
                .filter(number -> !number.isNaN() && !number.isInfinite())
                .<Object>map(number -> new BigDecimal(number).toBigInteger())
                .or(() -> given.get(0, "default"))
                .orElseThrow(() -> noNumber(value, "int"));
    }

    static Object round(Object value, Given given) {
        given.only("precision", "method", "default");
        int precision = given.whole(0, "precision", 0);
        String method = given.get(1, "method").map(Values::text).orElse("common");
        Optional<Double> number = decimal(value);
        if (number.isEmpty()) {
            return given.get(2, "default").orElseThrow(() -> noNumber(value, "round"));
        }
        if (Math.abs(precision) > MOST_DIGITS
                || number.get().isNaN()
                || number.get().isInfinite()) {
            throw new CannotEvaluateException("round cannot round " + Values.text(number.get()) + " to " + precision);
        }
        double rounded = rounded(number.get(), precision, method);
        return precision == 0 ? new BigDecimal(rounded).toBigInteger() : (Object) rounded;
    }

    private static double rounded(double number, int precision, String method) {
        double multiplier = Math.pow(10, precision);
        return switch (method) {
            case "ceil" -> Math.ceil(number * multiplier) / multiplier;
            case "floor" -> Math.floor(number * multiplier) / multiplier;
            case "half" -> Math.rint(number * 2) / 2;
            default ->
                new BigDecimal(number)
                        .setScale(precision, RoundingMode.HALF_EVEN)
                        .doubleValue();
        };
    }

    /** What {@code float(value)} gives; empty where it fails, and an error where there is no value at all. */
    private static Optional<Double> decimal(Object value) {
        if (value instanceof Values.Undefined) {
            throw new CannotEvaluateException(Values.kind(value) + " is no number");
        }
        if (Operators.isNumber(value)) {
            return Optional.of(Operators.decimal(value));
        }
        if (!(value instanceof String text) || !FLOAT.matcher(text.strip()).matches()) {
            return Optional.empty();
        }
        String written = text.strip().replace("_", "").toLowerCase(Locale.ROOT);
        if (written.endsWith("nan")) {
            return Optional.of(Double.NaN);
        }
        if (written.contains("inf")) {
            return Optional.of(written.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return Optional.of(Double.valueOf(written));
    }

    private static CannotEvaluateException noNumber(Object value, String of) {
        return new CannotEvaluateException(
                of + " got " + Values.kind(value) + ", which is no number, and has no default");
    }
}
