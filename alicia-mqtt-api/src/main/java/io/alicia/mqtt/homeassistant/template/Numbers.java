package io.alicia.mqtt.homeassistant.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Home Assistant's own filters and functions that make numbers, which fail unless they are given a default. */
final class Numbers {

    private static final Pattern FLOAT = Pattern.compile(
            "[+-]?(\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)([eE][+-]?\\d+(_\\d+)*)?|[+-]?(inf|infinity|nan)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WHOLE = Pattern.compile("([+-]?)(0[xob])?([0-9a-z_]*)");
    private static final Pattern ZEROS = Pattern.compile("[0_]+");
    private static final Map<String, Integer> PREFIXES = Map.of("0x", 16, "0o", 8, "0b", 2);
    private static final Set<String> YES = Set.of("1", "true", "yes", "on", "enable");
    private static final Set<String> NO = Set.of("0", "false", "no", "off", "disable");
    private static final int MOST_DIGITS = 300;

    /** Python itself reads no whole number of more digits. */
    private static final int LONGEST = 4_300;

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
        Optional<BigInteger> read =
                value instanceof String text ? integer(text.strip(), given.whole(1, "base", 10)) : Optional.empty();
        if (read.isPresent()) {
            return read.get();
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

    /** What {@code int(text, base)} gives; 0 takes the base from the prefix. */
    private static Optional<BigInteger> integer(String text, int base) {
        Matcher parts = WHOLE.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches() || base < 0 || base == 1 || base > Character.MAX_RADIX) {
            return Optional.empty();
        }
        int prefixed = parts.group(2) == null ? 0 : PREFIXES.getOrDefault(parts.group(2), 0);
        // Without a base that goes with it, what looks like a prefix are digits.
        boolean prefix = prefixed != 0 && (base == 0 || base == prefixed);
        String digits = (prefix || parts.group(2) == null ? "" : parts.group(2)) + parts.group(3);
        String bare = digits.startsWith("_") && prefix ? digits.substring(1) : digits;
        boolean zeros = base == 0
                && !prefix
                && bare.length() > 1
                && bare.startsWith("0")
                && !ZEROS.matcher(bare).matches();
        if (zeros || bare.isEmpty() || bare.startsWith("_") || bare.endsWith("_") || bare.contains("__")) {
            return Optional.empty();
        }
        int radix = prefix ? prefixed : base == 0 ? 10 : base;
        if (bare.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigInteger(parts.group(1).replace("+", "") + bare.replace("_", ""), radix));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether {@code float(value)} gives a number that is not infinite. */
    static boolean isNumber(Object value, Given unused) {
        return decimal(value)
                .filter(number -> !number.isNaN() && !number.isInfinite())
                .isPresent();
    }

    /** Home Assistant's words for yes and no. */
    static Object toBool(Object value, Given given) {
        if (Operators.isNumber(value)) {
            return Operators.decimal(value) != 0;
        }
        if (value instanceof String text) {
            String word = text.toLowerCase(Locale.ROOT).strip();
            if (YES.contains(word) || NO.contains(word)) {
                return YES.contains(word);
            }
        }
        return given.get(0, "default")
                .orElseThrow(() -> new CannotEvaluateException(
                        "bool got " + Values.kind(value) + ", which is neither yes nor no, and has no default"));
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
        if (written.length() > LONGEST) {
            throw new CannotEvaluateException("a number of " + written.length() + " characters");
        }
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
