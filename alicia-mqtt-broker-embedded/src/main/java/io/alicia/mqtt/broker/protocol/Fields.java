package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.BinaryData;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Writes the fields of two bytes of length and content (MQTT 5 §1.5.4, §1.5.6). */
final class Fields {

    private static final int MAXIMUM_LENGTH = 65_535;

    private Fields() {}

    static void writeString(ByteBuf out, String value) {
        int length = ByteBufUtil.utf8Bytes(value);
        if (length > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    "a string of " + length + " bytes in UTF-8, at most " + MAXIMUM_LENGTH + " fit (MQTT 5 §1.5.4)");
        }
        out.writeShort(length);
        ByteBufUtil.writeUtf8(out, value);
    }

    static void writeBinary(ByteBuf out, BinaryData value) {
        if (value.length() > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    value.length() + " bytes of binary data, at most " + MAXIMUM_LENGTH + " fit (MQTT 5 §1.5.6)");
        }
        out.writeShort(value.length());
        out.writeBytes(value.toByteBuffer());
    }
}
