package io.alicia.mqtt.homeassistant.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** The digits of numbers without their sign, in the presentation types that both of Python's ways to format have. */
final class Digits {

    private static final int DEFAULT_PRECISION = 6;

    private Digits() {}

    /** Those of a whole number, by {@code d}, {@code x}, {@code X}, {@code o} or {@code b}. */
    static String whole(char type, BigInteger number) {
        BigInteger magnitude = number.abs();
        return switch (type) {
            case 'x' -> magnitude.toString(16);
            case 'X' -> magnitude.toString(16).toUpperCase(Locale.ROOT);
            case 'o' -> magnitude.toString(8);
            case 'b' -> magnitude.toString(2);
            default -> magnitude.toString();
        };
    }

    /**
     * Those of a decimal number, by {@code f}, {@code e} or {@code g} or their capitals.
     *
     * @param precision the digits behind the point, with {@code g} all of them; below 0 for as many as there are by default
     */
    static String decimal(char type, double number, int precision) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new CannotEvaluateException(Values.text(number) + " as digits");
        }
        BigDecimal magnitude = new BigDecimal(Math.abs(number));
        int digits = precision < 0 ? DEFAULT_PRECISION : precision;
        String written = switch (Character.toLowerCase(type)) {
            case 'e' -> scientific(magnitude, digits);
            case 'g' -> general(magnitude, Math.max(1, digits));
            default -> magnitude.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
        };
        return Character.isUpperCase(type) ? written.toUpperCase(Locale.ROOT) : written;
    }

    private static String scientific(BigDecimal magnitude, int precision) {
        BigDecimal rounded = magnitude.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = exponent(rounded);
        String digits = rounded.movePointLeft(exponent).setScale(precision).toPlainString();
        return digits + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static String general(BigDecimal magnitude, int precision) {
        BigDecimal rounded = magnitude.round(new MathContext(precision, RoundingMode.HALF_EVEN));
        int exponent = exponent(rounded);
        if (exponent >= -4 && exponent < precision) {
            return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        }
        BigDecimal bare = rounded.movePointLeft(exponent).stripTrailingZeros();
        return scientific(rounded, Math.max(0, bare.scale()));
    }

    private static int exponent(BigDecimal number) {
        return number.signum() == 0 ? 0 : number.precision() - number.scale() - 1;
    }
}
