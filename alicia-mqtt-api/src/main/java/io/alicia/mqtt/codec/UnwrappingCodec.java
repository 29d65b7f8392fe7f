package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.JsonValue;

/** Reads a payload out of whatever envelopes it is in; writes it bare. */
record UnwrappingCodec<T>(JsonCodec<T> bare) implements JsonCodec<T> {

    @Override
    public T fromJson(JsonValue json) {
        return new EnvelopeCodec.Innermost<>(bare).read(json);
    }

    @Override
    public JsonValue toJson(T value) {
        return bare.toJson(value);
    }
}
