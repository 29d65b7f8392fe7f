package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.JsonValue;
import java.util.function.Function;

/** A JSON codec of two functions. */
record FunctionJsonCodec<T>(Function<JsonValue, T> read, Function<T, JsonValue> write) implements JsonCodec<T> {

    @Override
    public T fromJson(JsonValue json) {
        try {
            return read.apply(json);
        } catch (IllegalArgumentException e) {
            throw new PayloadException(e.getMessage() != null ? e.getMessage() : e.toString(), e);
        }
    }

    @Override
    public JsonValue toJson(T value) {
        return write.apply(value);
    }
}
