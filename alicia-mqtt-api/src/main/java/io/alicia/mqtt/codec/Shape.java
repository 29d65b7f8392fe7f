package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.JsonValue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a field's value stands in JSON. */
interface Shape<V> {

    /** The value; a {@link PayloadException} says what was expected. */
    V read(JsonValue json);

    /** The JSON of a value, shaped like {@code like}, what it was decoded from, as far as possible. */
    JsonValue write(V value, @Nullable JsonValue like);

    /** The shape of a value that knows only one: {@code like} itself where it stands for the same value. */
    static <V> Shape<V> of(Function<JsonValue, V> read, Function<V, JsonValue> write) {
        return new Shape<>() {
            @Override
            public V read(JsonValue json) {
                return read.apply(json);
            }

            @Override
            public JsonValue write(V value, @Nullable JsonValue like) {
                return like != null && standsFor(like, this, value) ? like : write.apply(value);
            }
        };
    }

    /** The shape of a value that keeps its own form. */
    static <V> Shape<V> of(JsonCodec<V> codec) {
        return new Shape<>() {
            @Override
            public V read(JsonValue json) {
                return codec.fromJson(json);
            }

            @Override
            public JsonValue write(V value, @Nullable JsonValue like) {
                return codec.toJson(value);
            }
        };
    }

    /** Whether {@code json} reads as {@code value}. */
    static <V> boolean standsFor(JsonValue json, Shape<V> shape, V value) {
        try {
            return shape.read(json).equals(value);
        } catch (PayloadException e) {
            return false; // a wire form that was put together by hand
        }
    }
}
