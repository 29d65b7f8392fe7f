package io.alicia.mqtt.codec;

/** A codec for payloads that may be empty, which then means {@code empty}; it is written as any other value. */
record EmptyPayloadCodec<T>(PayloadCodec<T> codec, T empty) implements PayloadCodec<T> {

    @Override
    public T decode(byte[] payload) {
        return payload.length == 0 ? empty : codec.decode(payload);
    }

    @Override
    public byte[] encode(T value) {
        return codec.encode(value);
    }

    @Override
    public String contentType() {
        return codec.contentType();
    }

    @Override
    public boolean isText() {
        return codec.isText();
    }
}
