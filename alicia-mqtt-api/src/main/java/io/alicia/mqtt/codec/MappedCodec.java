package io.alicia.mqtt.codec;

import java.util.function.Function;

/** A codec behind two functions. */
record MappedCodec<T, U>(PayloadCodec<T> codec, Function<T, U> read, Function<U, T> write) implements PayloadCodec<U> {

    @Override
    public U decode(byte[] payload) {
        T value = codec.decode(payload);
        try {
            return read.apply(value);
        } catch (IllegalArgumentException e) {
            throw new PayloadException(e.getMessage() != null ? e.getMessage() : e.toString(), e);
        }
    }

    @Override
    public byte[] encode(U value) {
        return codec.encode(write.apply(value));
    }

    @Override
    public String contentType() {
        return codec.contentType();
    }
}
