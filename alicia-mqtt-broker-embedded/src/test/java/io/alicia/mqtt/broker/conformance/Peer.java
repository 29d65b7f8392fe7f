package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.concat;
import static io.alicia.mqtt.broker.conformance.Wire.packet;
import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static io.alicia.mqtt.broker.conformance.Wire.string;
import static io.alicia.mqtt.broker.conformance.Wire.u16;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** A {@link RawClient} with the few exchanges that most tests begin with. */
final class Peer implements AutoCloseable {

    private static final byte[] NOTHING = new byte[0];

    final RawClient raw;
    final Version version;

    Peer(RawClient raw, Version version) {
        this.raw = raw;
        this.version = version;
    }

    byte[] section(byte[]... props) {
        return version.is5() ? properties(props) : NOTHING;
    }

    Peer send(byte[]... parts) {
        raw.send(parts);
        return this;
    }

    Frame expect(int type) {
        Frame frame = raw.receive("packet type " + type);
        assertThat(frame.type()).as("type of %s", frame).isEqualTo(type);
        return frame;
    }

    /** An acknowledgement of one identifier. */
    Frame expect(int type, int identifier) {
        Frame frame = expect(type);
        assertThat(frame.u16(0)).as("Packet Identifier of %s", frame).isEqualTo(identifier);
        return frame;
    }

    Received expectMessage() {
        return Received.of(raw.receive("PUBLISH"), version);
    }

    Received expectMessage(String payload) {
        Received message = expectMessage();
        assertThat(message.text()).as("payload of the next PUBLISH").isEqualTo(payload);
        return message;
    }

    void expectClosed() {
        raw.expectClosed();
    }

    /** The answer to a broken rule: under MQTT 5 one DISCONNECT with such a Reason Code may come, then the end. */
    void expectRefusal(int... reasonCodes) {
        Frame frame = raw.receiveOrNull("DISCONNECT or the end of the connection");
        if (frame == null) {
            return;
        }
        assertThat(version).as("%s was sent", frame).isEqualTo(Version.V5);
        assertThat(frame.type()).as("type of %s", frame).isEqualTo(Frame.DISCONNECT);
        assertThat(reasonCodes).as("Reason Code of %s", frame).contains(frame.reasonCode());
        expectClosed();
    }

    /** The answer to a CONNECT that is refused: under MQTT 5 a CONNACK may tell why, under 3.1.1 nothing may. */
    void expectMalformedConnect(int... reasonCodes) {
        Frame frame = raw.receiveOrNull("CONNACK or the end of the connection");
        if (frame == null) {
            return;
        }
        assertThat(version).as("%s was sent", frame).isEqualTo(Version.V5);
        assertThat(frame.type()).as("type of %s", frame).isEqualTo(Frame.CONNACK);
        assertThat(reasonCodes).as("Reason Code of %s", frame).contains(frame.reasonCode());
        expectClosed();
    }

    /** All that was sent before is processed, and nothing but PINGRESP came of it. */
    void expectNothingBeforePing() {
        send(Wire.hex("C000"));
        expect(Frame.PINGRESP);
    }

    /** Subscribes and gives the SUBACK. */
    Frame subscribe(int identifier, byte[] props, String filter, int options) {
        send(packet(0x82, u16(identifier), version.is5() ? props : NOTHING, string(filter), u8(options)));
        return expect(Frame.SUBACK, identifier);
    }

    Peer subscribe(String filter, int options) {
        Frame suback = subscribe(1, properties(), filter, options);
        assertThat(suback.body()[suback.body().length - 1]).as("granted QoS").isEqualTo((byte) (options & 3));
        return this;
    }

    Peer unsubscribe(String filter) {
        send(packet(0xA2, u16(2), section(), string(filter)));
        expect(Frame.UNSUBACK, 2);
        return this;
    }

    byte[] publishBytes(int firstByte, String topic, int identifier, byte[] section, String payload) {
        return packet(
                firstByte,
                string(topic),
                (firstByte & 6) == 0 ? NOTHING : u16(identifier),
                version.is5() ? section : NOTHING,
                Wire.raw(payload));
    }

    /** Publishes and completes the exchange of its QoS. */
    Peer publish(String topic, String payload, int qos, boolean retain, byte[]... props) {
        int identifier = 100;
        send(publishBytes(0x30 | (qos << 1) | (retain ? 1 : 0), topic, identifier, properties(props), payload));
        if (qos == 1) {
            expect(Frame.PUBACK, identifier);
        } else if (qos == 2) {
            expect(Frame.PUBREC, identifier);
            send(ack(0x62, identifier));
            expect(Frame.PUBCOMP, identifier);
        }
        return this;
    }

    /** Answers a message as its QoS asks. */
    Received acknowledge(Received message) {
        if (message.qos() == 1) {
            send(ack(0x40, message.identifier()));
        } else if (message.qos() == 2) {
            send(ack(0x50, message.identifier()));
            expect(Frame.PUBREL, message.identifier());
            send(ack(0x70, message.identifier()));
        }
        return message;
    }

    static byte[] ack(int firstByte, int identifier, int... reasonCode) {
        byte[] code = NOTHING;
        for (int value : reasonCode) {
            code = u8(value);
        }
        return packet(firstByte, u16(identifier), code);
    }

    /** Says goodbye and waits until the broker closed. */
    void disconnect() {
        send(Wire.hex("E000"));
        expectClosed();
        raw.close();
    }

    /** Says goodbye with a Reason Code of MQTT 5. */
    void disconnect(int reasonCode, byte[]... props) {
        send(packet(0xE0, u8(reasonCode), properties(props)));
        expectClosed();
        raw.close();
    }

    /** The Reason Codes of a SUBACK or UNSUBACK. */
    int[] codes(Frame frame) {
        int from = version.is5() ? frame.properties().end() : 2;
        byte[] codes = Arrays.copyOfRange(frame.body(), from, frame.body().length);
        int[] values = new int[codes.length];
        for (int i = 0; i < codes.length; i++) {
            values[i] = codes[i] & 0xFF;
        }
        return values;
    }

    /** Several packets in one write. */
    Peer sendAll(byte[]... packets) {
        return send(concat(packets));
    }

    @Override
    public void close() {
        raw.close();
    }
}
