package io.alicia.mqtt.homeassistant.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A {@code float} of Python as text. */
public final class PythonFloat {

    private static final int LONGEST_REPRESENTATION = 17;

    private PythonFloat() {}

    /**
     * {@return the shortest digits that give the same number, with an exponent from 16 digits on or below 0.0001}
     *
     * @param number any
     */
    public static String text(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = shortest(number);
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent < -4 || exponent >= 16) {
            String digits = shortest.unscaledValue().abs().toString();
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return (number < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                    + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        }
        String plain = shortest.toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }

    /**
     * {@return the shortest decimal that gives the same number}
     *
     * @param number finite
     */
    public static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < LONGEST_REPRESENTATION; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == number) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(LONGEST_REPRESENTATION, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
    }
}
