package io.alicia.mqtt.codec;

/** Bytes as they are, copied both ways so that neither side can change what the other holds. */
enum BytesCodec implements PayloadCodec<byte[]> {
    INSTANCE;

    @Override
    public byte[] decode(byte[] payload) {
        return payload.clone();
    }

    @Override
    public byte[] encode(byte[] value) {
        return value.clone();
    }

    @Override
    public String contentType() {
        return "application/octet-stream";
    }
}
