package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.JsonValue;
import java.util.Locale;
import java.util.function.Function;

/**
 * How a type becomes the payload of an Application Message, and a payload the type.
 *
 * <p>Ready-made ones are {@link #text()}, {@link #bytes()}, {@link #json()}, those of the house in {@link AliciaCodecs},
 * and {@link JacksonCodec} for types of your own. Codecs are safe to share between threads.
 *
 * @param <T> the type
 */
public interface PayloadCodec<T> {

    /**
     * {@return the value of a payload}
     *
     * @param payload the bytes of the message; not kept and not changed
     * @throws PayloadException if they cannot be read; nothing else is thrown, whatever the bytes are
     */
    T decode(byte[] payload);

    /**
     * {@return the payload of a value}
     *
     * @param value the value
     * @throws IllegalArgumentException if the value has no form on the wire; the message says why
     */
    byte[] encode(T value);

    /**
     * {@return the MIME type of the payload, MQTT 5's Content Type (MQTT 5 §3.3.2.3.9)}
     */
    String contentType();

    /**
     * {@return whether the payload is UTF-8 text, MQTT 5's Payload Format Indicator (MQTT 5 §3.3.2.3.2)}
     */
    default boolean isText() {
        String type = contentType().toLowerCase(Locale.ROOT);
        return type.startsWith("text/") || type.equals("application/json");
    }

    /**
     * {@return this codec for another type}
     *
     * @param <U> the other type
     * @param read makes a value of the other type of one of this codec's; an {@link IllegalArgumentException} that it
     *     throws becomes a {@link PayloadException} with its message
     * @param write the way back
     */
    default <U> PayloadCodec<U> as(Function<T, U> read, Function<U, T> write) {
        return new MappedCodec<>(this, read, write);
    }

    /** {@return UTF-8 text; bytes that are none are refused} */
    static PayloadCodec<String> text() {
        return TextCodec.INSTANCE;
    }

    /** {@return the bytes themselves, copied} */
    static PayloadCodec<byte[]> bytes() {
        return BytesCodec.INSTANCE;
    }

    /** {@return any JSON value} */
    static JsonCodec<JsonValue> json() {
        return JsonCodec.of(Function.identity(), Function.identity());
    }
}
