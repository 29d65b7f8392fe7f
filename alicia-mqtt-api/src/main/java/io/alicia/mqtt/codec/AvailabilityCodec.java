package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.JsonString;

/** {@code online} or {@code offline}, without quotes. */
enum AvailabilityCodec implements PayloadCodec<Availability> {
    INSTANCE;

    @Override
    public Availability decode(byte[] payload) {
        String text = TextCodec.INSTANCE.decode(payload);
        return switch (text) {
            case "online" -> Availability.ONLINE;
            case "offline" -> Availability.OFFLINE;
            default -> throw Shapes.unexpected(new JsonString(text), "online or offline");
        };
    }

    @Override
    public byte[] encode(Availability value) {
        return TextCodec.INSTANCE.encode(value == Availability.ONLINE ? "online" : "offline");
    }

    @Override
    public String contentType() {
        return TextCodec.INSTANCE.contentType();
    }
}
