package io.alicia.mqtt.broker.protocol;

import io.netty.buffer.ByteBuf;

/** The variable length number of MQTT, written (MQTT 5 §1.5.5). Reading is where its place can be named. */
final class VariableByteInteger {

    /** The largest value. */
    static final int MAXIMUM = 268_435_455;

    private VariableByteInteger() {}

    /** How many bytes {@code value} takes: 1 to 4. */
    static int size(int value) {
        if (value < 0x80) {
            return 1;
        }
        if (value < 0x4000) {
            return 2;
        }
        return value < 0x20_0000 ? 3 : 4;
    }

    static void write(ByteBuf out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
