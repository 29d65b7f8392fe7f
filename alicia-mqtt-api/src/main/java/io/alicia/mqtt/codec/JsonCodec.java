package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.JsonValue;
import java.util.function.Function;

/**
 * A codec whose payload is JSON, so that it can be read inside other JSON, such as an envelope.
 *
 * @param <T> the type
 */
public interface JsonCodec<T> extends PayloadCodec<T> {

    /**
     * {@return the value that a JSON value stands for}
     *
     * @param json what was sent
     * @throws PayloadException if it cannot be read
     */
    T fromJson(JsonValue json);

    /**
     * {@return the JSON value that stands for a value}
     *
     * @param value the value
     * @throws IllegalArgumentException if the value has no form on the wire; the message says why
     */
    JsonValue toJson(T value);

    @Override
    default T decode(byte[] payload) {
        return fromJson(Json.parse(payload));
    }

    @Override
    default byte[] encode(T value) {
        return Json.writeUtf8(toJson(value));
    }

    @Override
    default String contentType() {
        return "application/json";
    }

    /**
     * {@return a codec of two functions}
     *
     * @param <T> the type
     * @param read makes a value of JSON; an {@link IllegalArgumentException} that it throws becomes a {@link
     *     PayloadException} with its message
     * @param write the way back
     */
    static <T> JsonCodec<T> of(Function<JsonValue, T> read, Function<T, JsonValue> write) {
        return new FunctionJsonCodec<>(read, write);
    }
}
