package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the body of one packet, behind the fixed header. The first broken rule sticks: from there on nothing is
 * left to read and every read gives a neutral value, so that a decoder reads its fields in order and asks once, at the
 * end, whether all went well. Nothing is thrown.
 */
final class PacketReader {

    /** Of one kind in one packet. In memory each takes some 30 times what it may have in the packet. */
    static final int MAXIMUM_ENTRIES = 65_535;

    private final PacketType type;
    private final ByteBuf in;
    private final int start;
    private int position;
    private int fieldStart;
    private int end;
    private @Nullable MqttVersion version;
    private @Nullable DecodeFailure failure;
    private boolean silent;

    PacketReader(PacketType type, ByteBuf in, int start, int end, @Nullable MqttVersion version) {
        this.type = type;
        this.in = in;
        this.start = start;
        this.position = start;
        this.fieldStart = start;
        this.end = end;
        this.version = version;
    }

    PacketType type() {
        return type;
    }

    /** Learnt from CONNECT: numbers of rules and the form of an answer depend on it. */
    void version(MqttVersion learnt) {
        version = learnt;
    }

    boolean isMqtt31() {
        return version == MqttVersion.MQTT_3_1;
    }

    boolean isMqtt5() {
        return version == MqttVersion.MQTT_5;
    }

    /** Whether it is known to be 3.1.1, or 3.1 that differs little. */
    static boolean isMqtt3(@Nullable MqttVersion version) {
        return version != null && version != MqttVersion.MQTT_5;
    }

    int remaining() {
        return end - position;
    }

    int position() {
        return position;
    }

    int end() {
        return end;
    }

    /** Narrows or widens what may be read: a section with a length of its own. */
    void end(int newEnd) {
        end = newEnd;
    }

    boolean failed() {
        return failure != null;
    }

    /** {@code packet} if the whole body was read and no rule was broken, or else why not. */
    Decoded finish(@Nullable Packet packet) {
        if (failure == null && position < end) {
            fieldStart = position;
            malformed("end", remaining() + " bytes are left behind the last field");
        }
        if (failure != null) {
            return failure;
        }
        if (packet == null) {
            throw new IllegalStateException(type + " was neither decoded nor refused");
        }
        return packet;
    }

    /** The number of a rule that both specifications have: "[MQTT-…]". */
    String rule(String mqtt311, String mqtt5) {
        return "[MQTT-" + (isMqtt3(version) ? mqtt311 : mqtt5) + "]";
    }

    void malformed(String field, String problem) {
        fail(ReasonCode.MALFORMED_PACKET, field, problem);
    }

    /** Whether a list may have one entry more than it has; if not the packet is refused. */
    boolean takesOneMore(String field, int entries) {
        if (entries < MAXIMUM_ENTRIES) {
            return true;
        }
        fail(ReasonCode.QUOTA_EXCEEDED, field, "more than " + MAXIMUM_ENTRIES + " of them are not taken");
        return false;
    }

    void protocolError(String field, String problem) {
        fail(ReasonCode.PROTOCOL_ERROR, field, problem);
    }

    void fail(ReasonCode reasonCode, String field, String problem) {
        fail(reasonCode, field, problem, answerVersion());
    }

    private @Nullable MqttVersion answerVersion() {
        return isSilent() ? null : version;
    }

    /** Whether a failure from here on may be answered; where it need not be, Mosquitto closes without a word. */
    void answers(boolean answered) {
        silent = !answered;
    }

    /** A 3.1.1 CONNECT of the wrong form gets no answer (MQTT 3.1.1 [MQTT-3.1.4-1]). */
    private boolean isSilent() {
        return silent || (type == PacketType.CONNECT && isMqtt3(version));
    }

    void fail(ReasonCode reasonCode, String field, String problem, @Nullable MqttVersion answerVersion) {
        if (failure == null) {
            String message = type + ": " + field + " at byte " + (fieldStart - start) + ": " + problem;
            failure = new DecodeFailure(reasonCode, message, type, answerVersion);
        }
        position = end;
    }

    private boolean lacks(int bytes, String field) {
        if (remaining() >= bytes) {
            return false;
        }
        if (failure == null) {
            fieldStart = position;
            malformed(field, bytes + " bytes expected, " + remaining() + " left");
        }
        return true;
    }

    int u8(String field) {
        return lacks(1, field) ? 0 : in.getUnsignedByte(advance(1));
    }

    int u16(String field) {
        return lacks(2, field) ? 0 : in.getUnsignedShort(advance(2));
    }

    long u32(String field) {
        return lacks(4, field) ? 0 : in.getUnsignedInt(advance(4));
    }

    /** A byte that must be 0 or 1. */
    boolean flag(String field) {
        int value = u8(field);
        if (value > 1) {
            protocolError(field, "it is " + value + ", 0 or 1 expected");
        }
        return value == 1;
    }

    int packetIdentifier() {
        int value = u16("Packet Identifier");
        if (value == 0 && failure == null) {
            boolean isRequest = type == PacketType.SUBSCRIBE || type == PacketType.UNSUBSCRIBE;
            fail(
                    isRequest ? ReasonCode.MALFORMED_PACKET : ReasonCode.PROTOCOL_ERROR,
                    "Packet Identifier",
                    "it is 0 " + rule("2.3.1-1", "2.2.1-3"));
        }
        return value;
    }

    /** A Variable Byte Integer in its shortest form (MQTT 5 §1.5.5). */
    int variableByteInteger(String field) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int b = u8(field);
            value |= (b & 0x7F) << (7 * i);
            if ((b & 0x80) == 0) {
                if (b == 0 && i > 0) {
                    malformed(field, "not in the shortest form [MQTT-1.5.5-1]");
                }
                return value;
            }
        }
        malformed(field, "a Variable Byte Integer has at most 4 bytes (MQTT 5 §1.5.5)");
        return 0;
    }

    /** A UTF-8 Encoded String (MQTT 5 §1.5.4). */
    String string(String field) {
        return string(field, ReasonCode.MALFORMED_PACKET);
    }

    /** A string for which what is no UTF-8 has a Reason Code of its own. */
    String string(String field, ReasonCode ifIllFormed) {
        return string(field, ifIllFormed, answerVersion());
    }

    /** A string of which nobody is told if it is no UTF-8. */
    String stringOrSilence(String field) {
        return string(field, ReasonCode.MALFORMED_PACKET, null);
    }

    private String string(String field, ReasonCode ifIllFormed, @Nullable MqttVersion answer) {
        int length = u16(field);
        if (length == 0 || lacks(length, field)) {
            return "";
        }
        if (Utf8.isPlainAscii(in, position, length)) {
            return in.toString(advance(length), length, StandardCharsets.US_ASCII);
        }
        String problem = Utf8.problem(in, position, length, version);
        if (problem != null) {
            fail(ifIllFormed, field, problem, answer);
            return "";
        }
        return in.toString(advance(length), length, StandardCharsets.UTF_8);
    }

    /** Steps over a string of no bytes, if one is next. */
    boolean skipEmptyString() {
        boolean empty = remaining() >= 2 && in.getUnsignedShort(position) == 0;
        if (empty) {
            position += 2;
        }
        return empty;
    }

    /** Binary Data (MQTT 5 §1.5.6). */
    BinaryData binary(String field) {
        int length = u16(field);
        if (length == 0 || lacks(length, field)) {
            return BinaryData.EMPTY;
        }
        byte[] bytes = new byte[length];
        in.getBytes(advance(length), bytes);
        return BinaryData.wrap(bytes);
    }

    /** A Topic Name of at least one character; null only after a failure. */
    @Nullable
    TopicName topicName(String field) {
        return topicName(field, string(field));
    }

    /** What was just read, as a Topic Name; null only after a failure. */
    @Nullable
    TopicName topicName(String field, String value) {
        if (failure != null) {
            return null;
        }
        TopicName name = TopicName.ofReceivedOrNull(value);
        if (name == null) {
            malformed(field, value.isEmpty() ? "it is empty [MQTT-4.7.3-1]" : "it has a wildcard [MQTT-3.3.2-2]");
        }
        return name;
    }

    /** A well-formed Topic Filter; null only after a failure. */
    @Nullable
    TopicFilter topicFilter() {
        String value = string("Topic Filter");
        if (failure != null) {
            return null;
        }
        TopicFilter filter = TopicFilter.ofReceivedOrNull(value);
        if (filter == null) {
            // A filter that would be one if it were not shared breaks the rules of sharing.
            boolean isShare = value.startsWith("$share/") && TopicFilter.ofReceivedOrNull(value.substring(1)) != null;
            fail(
                    isShare ? ReasonCode.PROTOCOL_ERROR : ReasonCode.MALFORMED_PACKET,
                    "Topic Filter",
                    value.isEmpty()
                            ? "it is empty [MQTT-4.7.3-1]"
                            : "misplaced wildcard or malformed $share/NAME/FILTER"
                                    + " [MQTT-4.7.1-1], [MQTT-4.7.1-2], [MQTT-4.8.2-1], [MQTT-4.8.2-2]");
        }
        return filter;
    }

    /** A Reason Code that {@code allowed} has; SUCCESS after a failure. */
    ReasonCode reasonCode(ReasonCodes allowed) {
        int code = u8("Reason Code");
        ReasonCode reasonCode = ReasonCode.ofCodeOrNull(code);
        if (reasonCode == null || !allowed.contains(reasonCode)) {
            protocolError("Reason Code", String.format("0x%02X is none of this packet %s", code, allowed.rule()));
            return ReasonCode.SUCCESS;
        }
        return reasonCode;
    }

    /** All that is left, as a slice that owns a reference; nothing after a failure. */
    ByteBuf payload() {
        int length = remaining();
        return length == 0 ? Unpooled.EMPTY_BUFFER : in.retainedSlice(advance(length), length);
    }

    private int advance(int bytes) {
        fieldStart = position;
        position += bytes;
        return fieldStart;
    }
}
