package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.MqttVersion;
import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Whether bytes are text that MQTT lets travel: well-formed UTF-8 without U+0000 (MQTT 5 §1.5.4, 3.1.1 §1.5.3). Control
 * and non-characters, which a server may refuse, are refused: that is what Mosquitto does, and keeps logs readable.
 */
final class Utf8 {

    private static final int DELETE = 0x7F;

    /** Goes on over printable ASCII. */
    private static final ByteProcessor PLAIN_ASCII = value -> value >= ' ' && value != DELETE;

    private Utf8() {}

    /** Whether no byte needs a closer look: the case of nearly every topic. */
    static boolean isPlainAscii(ByteBuf in, int index, int length) {
        return in.forEachByte(index, length, PLAIN_ASCII) < 0;
    }

    /** What is wrong with the bytes as text, or null. */
    static @Nullable String problem(ByteBuf in, int index, int length, @Nullable MqttVersion version) {
        int end = index + length;
        int i = index;
        while (i < end) {
            int lead = in.getUnsignedByte(i);
            int size = sizeOf(lead);
            if (size == 0 || i + size > end) {
                return illFormed(i - index, version);
            }
            int codePoint = size == 1 ? lead : lead & (0xFF >> (size + 1));
            for (int k = 1; k < size; k++) {
                int next = in.getUnsignedByte(i + k);
                if ((next & 0xC0) != 0x80) {
                    return illFormed(i - index, version);
                }
                codePoint = (codePoint << 6) | (next & 0x3F);
            }
            if (isOverlong(codePoint, size) || codePoint > Character.MAX_CODE_POINT || isSurrogate(codePoint)) {
                return illFormed(i - index, version);
            }
            if (codePoint == 0) {
                return "the null character U+0000 at its byte " + (i - index)
                        + (PacketReader.isMqtt3(version) ? " [MQTT-1.5.3-2]" : " [MQTT-1.5.4-2]");
            }
            if (isControl(codePoint) || isNonCharacter(codePoint)) {
                return String.format(
                        "U+%04X at its byte %d, a control or non-character (MQTT 5 §1.5.4)", codePoint, i - index);
            }
            i += size;
        }
        return null;
    }

    private static String illFormed(int at, @Nullable MqttVersion version) {
        return "ill-formed UTF-8 at its byte " + at
                + (PacketReader.isMqtt3(version) ? " [MQTT-1.5.3-1]" : " [MQTT-1.5.4-1]");
    }

    /** How many bytes a lead byte announces; 0 if it cannot lead. */
    private static int sizeOf(int lead) {
        if (lead < 0x80) {
            return 1;
        }
        if (lead >= 0xC2 && lead < 0xE0) {
            return 2;
        }
        if (lead >= 0xE0 && lead < 0xF0) {
            return 3;
        }
        return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
    }

    private static boolean isOverlong(int codePoint, int size) {
        return (size == 3 && codePoint < 0x800) || (size == 4 && codePoint < 0x1_0000);
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static boolean isControl(int codePoint) {
        return codePoint < ' ' || (codePoint >= DELETE && codePoint < 0xA0);
    }

    private static boolean isNonCharacter(int codePoint) {
        return (codePoint >= 0xFDD0 && codePoint <= 0xFDEF) || (codePoint & 0xFFFE) == 0xFFFE;
    }
}
