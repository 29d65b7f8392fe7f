package io.alicia.mqtt.homeassistant.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Arithmetic and comparison as Python does it: what does not go together is an error, never made to fit. */
final class Operators {

    /** Whole numbers and texts beyond that length come of a mistake or of malice. */
    private static final int LONGEST = 10_000;

    private static final int LONGEST_TEXT = 100_000;

    private static final int LARGEST_EXPONENT = 1_000;

    private Operators() {}

    static Object binary(String operator, Object left, Object right) {
        if (operator.equals("%") && left instanceof String format) {
            return Formatting.formatted(
                    format, right instanceof Values.Tuple tuple ? tuple.elements() : List.of(right));
        }
        if (left instanceof String || right instanceof String) {
            return ofText(operator, left, right);
        }
        Optional<BigInteger> a = whole(left);
        Optional<BigInteger> b = whole(right);
        if (a.isPresent() && b.isPresent()) {
            return ofWhole(operator, a.get(), b.get());
        }
        if (isNumber(left) && isNumber(right)) {
            return ofDecimal(operator, decimal(left), decimal(right));
        }
        if (operator.equals("+") && left instanceof List<?> first && right instanceof List<?> second) {
            return both(first, second);
        }
        if (operator.equals("+") && left instanceof Values.Tuple first && right instanceof Values.Tuple second) {
            return new Values.Tuple(both(first.elements(), second.elements()));
        }
        if (operator.equals("*") && left instanceof List<?> repeated && b.isPresent()) {
            return repeated(repeated, b.get());
        }
        throw apart(operator, left, right);
    }

    private static List<Object> both(List<?> first, List<?> second) {
        if (first.size() + second.size() > LONGEST) {
            throw new CannotEvaluateException("a list is too long");
        }
        List<Object> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private static List<Object> repeated(List<?> list, BigInteger times) {
        if (times.multiply(BigInteger.valueOf(list.size())).compareTo(BigInteger.valueOf(LONGEST)) > 0) {
            throw new CannotEvaluateException("a list is too long");
        }
        List<Object> repeated = new ArrayList<>();
        for (int i = 0; i < times.intValue() && !list.isEmpty(); i++) {
            repeated.addAll(list);
        }
        return repeated;
    }

    /** Two texts, one behind the other. */
    static String joined(String first, String second) {
        if (first.length() + second.length() > LONGEST_TEXT) {
            throw new CannotEvaluateException("a text is too long");
        }
        return first + second;
    }

    private static CannotEvaluateException apart(String operator, Object left, Object right) {
        return new CannotEvaluateException(
                operator + " does not go with " + Values.kind(left) + " and " + Values.kind(right));
    }

    private static Object ofText(String operator, Object left, Object right) {
        if (operator.equals("+") && left instanceof String first && right instanceof String second) {
            return joined(first, second);
        }
        Optional<BigInteger> times = whole(left).or(() -> whole(right));
        if (operator.equals("*") && times.isPresent()) {
            String text = left instanceof String ? left.toString() : right.toString();
            BigInteger length = times.get().multiply(BigInteger.valueOf(text.length()));
            if (length.compareTo(BigInteger.valueOf(LONGEST)) > 0) {
                throw new CannotEvaluateException("it repeats a text too often");
            }
            return text.repeat(Math.max(0, times.get().intValue()));
        }
        throw apart(operator, left, right);
    }

    private static Object ofWhole(String operator, BigInteger a, BigInteger b) {
        return switch (operator) {
            case "+" -> a.add(b);
            case "-" -> a.subtract(b);
            case "*" -> bounded(a.multiply(b));
            case "/" ->
                new BigDecimal(a)
                        .divide(new BigDecimal(divisor(b)), MathContext.DECIMAL128)
                        .doubleValue();
            case "//" -> a.subtract(modulo(a, b)).divide(b);
            case "%" -> modulo(a, b);
            case "**" -> power(a, b);
            default -> throw new IllegalStateException("no operator " + operator);
        };
    }

    /** Has the sign of the divisor. */
    private static BigInteger modulo(BigInteger a, BigInteger b) {
        BigInteger rest = a.remainder(divisor(b));
        return rest.signum() != 0 && rest.signum() != b.signum() ? rest.add(b) : rest;
    }

    private static BigInteger divisor(BigInteger number) {
        if (number.signum() == 0) {
            throw new CannotEvaluateException("division by zero");
        }
        return number;
    }

    private static Object power(BigInteger base, BigInteger exponent) {
        if (exponent.signum() < 0) {
            return ofDecimal("**", base.doubleValue(), exponent.doubleValue());
        }
        if (exponent.compareTo(BigInteger.valueOf(LARGEST_EXPONENT)) > 0) {
            throw new CannotEvaluateException("the exponent " + exponent + " is too large");
        }
        return bounded(base.pow(exponent.intValueExact()));
    }

    private static BigInteger bounded(BigInteger number) {
        if (number.bitLength() > LONGEST) {
            throw new CannotEvaluateException("a number is too large");
        }
        return number;
    }

    private static Object ofDecimal(String operator, double a, double b) {
        boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
        if ((b == 0 && divides) || (a == 0 && b < 0 && operator.equals("**"))) {
            throw new CannotEvaluateException("division by zero");
        }
        double result = switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor((a - modulo(a, b)) / b + 0.5);
            case "%" -> modulo(a, b);
            case "**" -> Math.pow(a, b);
            default -> throw new IllegalStateException("no operator " + operator);
        };
        if (operator.equals("**") && Double.isNaN(result)) {
            throw new CannotEvaluateException("the power is no real number");
        }
        return result;
    }

    private static double modulo(double a, double b) {
        double rest = a % b;
        if (rest == 0) {
            return Math.copySign(0.0, b);
        }
        return (rest < 0) != (b < 0) ? rest + b : rest;
    }

    static Object negated(Object value) {
        return whole(value)
                .<Object>map(BigInteger::negate)
                .orElseGet(() -> value instanceof Double number ? (Object) (-number) : sign("-", value));
    }

    static Object affirmed(Object value) {
        return whole(value)
                .<Object>map(number -> number)
                .orElseGet(() -> value instanceof Double ? value : sign("+", value));
    }

    private static Object sign(String operator, Object value) {
        throw new CannotEvaluateException(operator + " does not go with " + Values.kind(value));
    }

    static boolean compare(String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "in" -> contains(right, left);
            case "not in" -> !contains(right, left);
            default -> ordered(operator, left, right);
        };
    }

    static boolean equal(Object left, Object right) {
        if (isNumber(left) && isNumber(right)) {
            return !isNaN(left) && !isNaN(right) && order(left, right) == 0;
        }
        if (left instanceof Values.Undefined || right instanceof Values.Undefined) {
            return left instanceof Values.Undefined && right instanceof Values.Undefined;
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return sameElements(a, b);
        }
        if (left instanceof Values.Tuple a && right instanceof Values.Tuple b) {
            return sameElements(a.elements(), b.elements());
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return a.size() == b.size()
                    && a.entrySet().stream()
                            .allMatch(entry -> b.containsKey(entry.getKey())
                                    && equal(entry.getValue(), Objects.requireNonNull(b.get(entry.getKey()))));
        }
        return left.equals(right);
    }

    private static boolean sameElements(List<?> a, List<?> b) {
        boolean same = a.size() == b.size();
        for (int i = 0; same && i < a.size(); i++) {
            same = equal(a.get(i), b.get(i));
        }
        return same;
    }

    private static boolean contains(Object whole, Object part) {
        if (whole instanceof String text) {
            if (part instanceof String sought) {
                return text.contains(sought);
            }
            throw apart("in", part, whole);
        }
        return Values.elements(whole).stream().anyMatch(element -> equal(element, part));
    }

    private static boolean ordered(String operator, Object left, Object right) {
        int order;
        if (left instanceof String a && right instanceof String b) {
            order = a.compareTo(b);
        } else if (isNumber(left) && isNumber(right)) {
            if (isNaN(left) || isNaN(right)) {
                return false;
            }
            order = order(left, right);
        } else {
            throw apart(operator, left, right);
        }
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalStateException("no operator " + operator);
        };
    }

    private static int order(Object left, Object right) {
        double a = decimal(left);
        double b = decimal(right);
        return Double.isInfinite(a) || Double.isInfinite(b)
                ? Double.compare(a, b)
                : exact(left).compareTo(exact(right));
    }

    private static BigDecimal exact(Object number) {
        return number instanceof Double value
                ? new BigDecimal(value)
                : new BigDecimal(whole(number).orElseThrow());
    }

    private static boolean isNaN(Object value) {
        return value instanceof Double number && number.isNaN();
    }

    /** Python's booleans are numbers. */
    static boolean isNumber(Object value) {
        return value instanceof Double || value instanceof BigInteger || value instanceof Boolean;
    }

    static Optional<BigInteger> whole(Object value) {
        if (value instanceof Boolean flag) {
            return Optional.of(flag ? BigInteger.ONE : BigInteger.ZERO);
        }
        return value instanceof BigInteger number ? Optional.of(number) : Optional.empty();
    }

    static double decimal(Object number) {
        return number instanceof Double value
                ? value
                : whole(number).orElseThrow().doubleValue();
    }
}
