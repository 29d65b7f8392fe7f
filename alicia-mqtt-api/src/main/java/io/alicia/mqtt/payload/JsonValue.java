package io.alicia.mqtt.payload;

/**
 * A JSON value (RFC 8259) as an immutable tree, without any JSON library in sight: what a payload keeps of fields that
 * nobody has named yet, and what codecs map to and from.
 *
 * <p>{@code io.alicia.mqtt.codec.Json} parses text and bytes into it. {@link #toString()} is the value's compact JSON
 * text. Two values are equal if they are the same JSON: the order of an object's members does not count, while
 * {@code 25} and {@code 25.0} differ.
 */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /** {@return JSON's own word for the kind of value, for messages: {@code object}, {@code number}, …} */
    String type();

    /** {@return the value as compact JSON text, members in their order} */
    @Override
    String toString();
}
