package io.alicia.mqtt.broker.conformance;

import java.util.HexFormat;

/**
 * A packet as it arrived.
 *
 * @param firstByte type and flags
 * @param body what stands behind the Remaining Length
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Frame(int firstByte, byte[] body) {

    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;
    static final int SUBACK = 9;
    static final int UNSUBACK = 11;
    static final int PINGRESP = 13;
    static final int DISCONNECT = 14;
    static final int AUTH = 15;

    int type() {
        return firstByte >> 4;
    }

    int flags() {
        return firstByte & 0xF;
    }

    int u8(int at) {
        return body[at] & 0xFF;
    }

    int u16(int at) {
        return (u8(at) << 8) | u8(at + 1);
    }

    /** The size of the whole packet in bytes. */
    int size() {
        return 1 + Wire.variable(body.length).length + body.length;
    }

    /** The Reason Code of an acknowledgement, DISCONNECT or AUTH: 0 where it is left out. */
    int reasonCode() {
        int at = type() == DISCONNECT || type() == AUTH ? 0 : type() == CONNACK ? 1 : 2;
        return body.length > at ? u8(at) : 0;
    }

    /** The properties from {@code at}, none where the packet ends before. */
    Props properties(int at) {
        return at < body.length ? Props.read(body, at) : Props.none(at);
    }

    /** The properties of a packet that begins with an identifier and a Reason Code, or a CONNACK, DISCONNECT, AUTH. */
    Props properties() {
        return switch (type()) {
            case CONNACK, SUBACK, UNSUBACK -> properties(2);
            case DISCONNECT, AUTH -> properties(1);
            default -> properties(3);
        };
    }

    @Override
    public String toString() {
        return String.format("%02x:", firstByte) + HexFormat.of().formatHex(body);
    }
}
