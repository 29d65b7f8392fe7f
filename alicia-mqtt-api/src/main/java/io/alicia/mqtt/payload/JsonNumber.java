package io.alicia.mqtt.payload;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A JSON number, exactly as written: {@code 25} stays an integer, {@code 25.0} and {@code 1757685590.0} stay decimals
 * with their digits, and no digit is lost to floating point. Integer and decimal are never equal, even where their
 * values are; compare {@link #decimal()} for that.
 */
public final class JsonNumber implements JsonValue {

    /** Decimals up to this many trailing zeros are written out ({@code 1757685590.0}), beyond with an exponent. */
    private static final int MAX_ZEROS_WRITTEN_OUT = 18;

    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private final long small;
    private final @Nullable BigDecimal big;
    private final boolean integer;

    private JsonNumber(long small, @Nullable BigDecimal big, boolean integer) {
        this.small = small;
        this.big = big;
        this.integer = integer;
    }

    /**
     * {@return an integer, written without a fraction}
     *
     * @param value any
     */
    public static JsonNumber of(long value) {
        return new JsonNumber(value, null, true);
    }

    /**
     * {@return an integer of any size, written without a fraction}
     *
     * @param value any
     */
    public static JsonNumber of(BigInteger value) {
        return value.bitLength() < Long.SIZE ? of(value.longValue()) : new JsonNumber(0, new BigDecimal(value), true);
    }

    /**
     * {@return a decimal, written with a fraction: {@code 25.0} for 25, with as few digits as tell it apart}
     *
     * @param value finite
     * @throws IllegalArgumentException for NaN and the infinities, which JSON does not have
     */
    public static JsonNumber of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no number for " + value);
        }
        return of(BigDecimal.valueOf(value));
    }

    /**
     * {@return a decimal, written with a fraction or an exponent; {@code 25.50} keeps its last zero}
     *
     * @param value any
     */
    public static JsonNumber of(BigDecimal value) {
        boolean readsAsInteger = value.scale() == 0;
        boolean fewZeros = value.scale() < 0 && value.scale() >= -MAX_ZEROS_WRITTEN_OUT;
        return new JsonNumber(0, readsAsInteger || fewZeros ? value.setScale(1) : value, false);
    }

    /** {@return whether it is written without fraction and exponent} */
    public boolean isInteger() {
        return integer;
    }

    /** {@return the exact value} */
    public BigDecimal decimal() {
        return big != null ? big : BigDecimal.valueOf(small);
    }

    /** {@return the nearest {@code double}; infinite if it is out of a double's range} */
    public double doubleValue() {
        return big != null ? big.doubleValue() : (double) small;
    }

    /**
     * {@return the value as a {@code long}: {@code 25} for both 25 and 25.0}
     *
     * @throws ArithmeticException if it has a fraction other than zero or does not fit
     */
    public long longValueExact() {
        return big != null ? big.longValueExact() : small;
    }

    /** {@return whether {@link #longValueExact()} has an answer} */
    public boolean isWhole() {
        if (big == null) {
            return true;
        }
        if (big.compareTo(MIN_LONG) < 0 || big.compareTo(MAX_LONG) > 0) {
            return false;
        }
        return big.signum() == 0 || big.stripTrailingZeros().scale() <= 0;
    }

    @Override
    public String type() {
        return "number";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonNumber that
                && integer == that.integer
                && small == that.small
                && (big == null ? that.big == null : big.equals(that.big));
    }

    @Override
    public int hashCode() {
        return big != null ? big.hashCode() : Long.hashCode(small);
    }

    @Override
    public String toString() {
        return big != null ? big.toString() : Long.toString(small);
    }
}
