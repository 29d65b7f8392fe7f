package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.payload.MaybeEnveloped;
import java.util.Optional;

/** Reads a payload with or without envelope, and writes it as it is. */
record MaybeEnvelopedCodec<T>(JsonCodec<T> bare, JsonCodec<Envelope<T>> enveloped)
        implements JsonCodec<MaybeEnveloped<T>> {

    @Override
    public MaybeEnveloped<T> fromJson(JsonValue json) {
        return EnvelopeCodec.isEnvelope(json)
                ? MaybeEnveloped.in(enveloped.fromJson(json))
                : MaybeEnveloped.bare(EnvelopeCodec.bare(bare, json));
    }

    @Override
    public JsonValue toJson(MaybeEnveloped<T> value) {
        Optional<Envelope<T>> envelope = value.envelope();
        return envelope.isPresent() ? enveloped.toJson(envelope.get()) : bare.toJson(value.payload());
    }
}
