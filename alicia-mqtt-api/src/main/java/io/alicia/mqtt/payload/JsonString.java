package io.alicia.mqtt.payload;

/**
 * A JSON string.
 *
 * @param value the text, unescaped
 */
public record JsonString(String value) implements JsonValue {

    @Override
    public String type() {
        return "string";
    }

    /** {@return the text as JSON: quoted and escaped; {@link #value()} is the bare text} */
    @Override
    public String toString() {
        return JsonText.of(this);
    }
}
