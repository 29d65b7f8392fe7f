package io.alicia.mqtt.broker.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes packets byte by byte, right or wrong as a test wants them. */
final class Wire {

    static final int SESSION_EXPIRY_INTERVAL = 0x11;
    static final int RECEIVE_MAXIMUM = 0x21;
    static final int MAXIMUM_PACKET_SIZE = 0x27;
    static final int TOPIC_ALIAS_MAXIMUM = 0x22;
    static final int TOPIC_ALIAS = 0x23;
    static final int MESSAGE_EXPIRY_INTERVAL = 0x02;
    static final int SUBSCRIPTION_IDENTIFIER = 0x0B;
    static final int REASON_STRING = 0x1F;
    static final int USER_PROPERTY = 0x26;
    static final int WILL_DELAY_INTERVAL = 0x18;
    static final int AUTHENTICATION_METHOD = 0x15;
    static final int AUTHENTICATION_DATA = 0x16;
    static final int ASSIGNED_CLIENT_IDENTIFIER = 0x12;

    private Wire() {}

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    static byte[] raw(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] u8(int value) {
        return new byte[] {(byte) value};
    }

    static byte[] u16(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    static byte[] u32(long value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    /** Two bytes of length and the bytes. */
    static byte[] sized(byte[] bytes) {
        return concat(u16(bytes.length), bytes);
    }

    static byte[] string(String text) {
        return sized(raw(text));
    }

    static byte[] variable(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        do {
            int b = rest % 128;
            rest /= 128;
            out.write(rest > 0 ? b + 128 : b);
        } while (rest > 0);
        return out.toByteArray();
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A whole packet: first byte, Remaining Length, body. */
    static byte[] packet(int firstByte, byte[]... body) {
        byte[] bytes = concat(body);
        return concat(u8(firstByte), variable(bytes.length), bytes);
    }

    /** Property Length and properties. */
    static byte[] properties(byte[]... properties) {
        byte[] bytes = concat(properties);
        return concat(variable(bytes.length), bytes);
    }

    static byte[] property(int identifier, byte[] value) {
        return concat(u8(identifier), value);
    }

    static byte[] userProperty(String name, String value) {
        return concat(u8(USER_PROPERTY), string(name), string(value));
    }
}
