package io.alicia.mqtt.payload;

/**
 * JSON's {@code true} or {@code false}.
 *
 * @param value which of the two
 */
public record JsonBoolean(boolean value) implements JsonValue {

    /** JSON's {@code true}. */
    public static final JsonBoolean TRUE = new JsonBoolean(true);

    /** JSON's {@code false}. */
    public static final JsonBoolean FALSE = new JsonBoolean(false);

    /**
     * {@return {@link #TRUE} or {@link #FALSE}}
     *
     * @param value which of the two
     */
    public static JsonBoolean of(boolean value) {
        return value ? TRUE : FALSE;
    }

    @Override
    public String type() {
        return "boolean";
    }

    @Override
    public String toString() {
        return Boolean.toString(value);
    }
}
