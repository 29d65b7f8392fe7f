package io.alicia.mqtt.broker.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A PUBLISH as it arrived.
 *
 * @param firstByte with DUP, QoS and RETAIN
 * @param topic the Topic Name, empty if an alias stands for it
 * @param identifier the Packet Identifier, 0 with QoS 0
 * @param properties none under 3.1.1
 * @param payload the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Received(int firstByte, String topic, int identifier, Props properties, byte[] payload) {

    static Received of(Frame frame, Version version) {
        if (frame.type() != Frame.PUBLISH) {
            throw new AssertionError("PUBLISH expected, got " + frame);
        }
        int length = frame.u16(0);
        String topic = new String(frame.body(), 2, length, StandardCharsets.UTF_8);
        int at = 2 + length;
        int identifier = 0;
        if ((frame.firstByte() & 6) != 0) {
            identifier = frame.u16(at);
            at += 2;
        }
        Props properties = version.is5() ? Props.read(frame.body(), at) : Props.none(at);
        byte[] payload = Arrays.copyOfRange(frame.body(), properties.end(), frame.body().length);
        return new Received(frame.firstByte(), topic, identifier, properties, payload);
    }

    int qos() {
        return (firstByte >> 1) & 3;
    }

    boolean dup() {
        return (firstByte & 8) != 0;
    }

    boolean retain() {
        return (firstByte & 1) != 0;
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
