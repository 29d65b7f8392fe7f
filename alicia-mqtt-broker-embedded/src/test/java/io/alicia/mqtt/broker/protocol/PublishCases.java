package io.alicia.mqtt.broker.protocol;

import static io.alicia.mqtt.broker.protocol.PacketCase.V3;
import static io.alicia.mqtt.broker.protocol.PacketCase.V5;
import static io.alicia.mqtt.broker.protocol.PacketCase.bad;
import static io.alicia.mqtt.broker.protocol.PacketCase.fromClient;
import static io.alicia.mqtt.broker.protocol.PacketCase.fromServer;
import static io.alicia.mqtt.protocol.ReasonCode.MALFORMED_PACKET;
import static io.alicia.mqtt.protocol.ReasonCode.PROTOCOL_ERROR;
import static io.alicia.mqtt.protocol.ReasonCode.TOPIC_ALIAS_INVALID;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** PUBLISH (MQTT 5 §3.3, 3.1.1 §3.3), and the strings of §1.5.4, which are the same everywhere. */
final class PublishCases {

    private static final TopicName TOPIC = TopicName.of("a/b");

    private PublishCases() {}

    private static ByteBuf payload(String written) {
        return Unpooled.wrappedBuffer(Bytes.of(written));
    }

    private static Publish named(String topic) {
        return new Publish(TopicName.of(topic), payload(""), Qos.AT_MOST_ONCE, false, false, 0);
    }

    static List<PacketCase> accepted() {
        return List.of(
                fromClient(
                        V3,
                        "QoS 0",
                        "30 07 0003'a/b' 'hi'",
                        new Publish(TOPIC, payload("'hi'"), Qos.AT_MOST_ONCE, false, false, 0)),
                fromClient(
                        V3,
                        "QoS 1, retained, again",
                        "3B 09 0003'a/b' 000A 'hi'",
                        new Publish(TOPIC, payload("'hi'"), Qos.AT_LEAST_ONCE, true, true, 10)),
                fromClient(
                        V3,
                        "QoS 2 with the largest identifier",
                        "34 09 0003'a/b' FFFF 'hi'",
                        new Publish(TOPIC, payload("'hi'"), Qos.EXACTLY_ONCE, false, false, 65_535)),
                fromClient(
                        V3,
                        "empty payload clears what is retained",
                        "31 05 0003'a/b'",
                        new Publish(TOPIC, payload(""), Qos.AT_MOST_ONCE, true, false, 0)),
                fromClient(
                                V3,
                                "remaining length longer than needed, which 3.1.1 does not forbid",
                                "30 8500 0003'a/b'",
                                new Publish(TOPIC, payload(""), Qos.AT_MOST_ONCE, false, false, 0))
                        .notShortest(),
                fromClient(
                        V5,
                        "QoS 0 without properties",
                        "30 08 0003'a/b' 00 'hi'",
                        new Publish(TOPIC, payload("'hi'"), Qos.AT_MOST_ONCE, false, false, 0)),
                fromClient(
                        V5,
                        "topic alias in place of the topic",
                        "32 0A 0000 0001 03 23 0007 'hi'",
                        new Publish(
                                null,
                                payload("'hi'"),
                                Qos.AT_LEAST_ONCE,
                                false,
                                false,
                                1,
                                7,
                                List.of(),
                                PublishProperties.NONE)),
                fromClient(
                        V5,
                        "all properties of a client",
                        "30 2C 0003'a/b' 24 02 0000003C 23 0001 01 01 03 0001't' 08 0003'r/t' 09 0001 FF"
                                + " 26 0001'k' 0001'v' 26 0000 0000 '{}'",
                        new Publish(
                                TOPIC,
                                payload("'{}'"),
                                Qos.AT_MOST_ONCE,
                                false,
                                false,
                                0,
                                1,
                                List.of(),
                                PublishProperties.builder()
                                        .messageExpiryIntervalSeconds(60L)
                                        .payloadFormatIndicator(PayloadFormat.UTF_8)
                                        .contentType("t")
                                        .responseTopic("r/t")
                                        .correlationData(BinaryData.of(Bytes.of("FF")))
                                        .addUserProperties(new UserProperty("k", "v"), new UserProperty("", ""))
                                        .build())),
                fromClient(
                        V5,
                        "payload format 0 is not the same as none",
                        "30 08 0003'a/b' 02 0100",
                        new Publish(
                                TOPIC,
                                payload(""),
                                Qos.AT_MOST_ONCE,
                                false,
                                false,
                                0,
                                0,
                                List.of(),
                                PublishProperties.builder()
                                        .payloadFormatIndicator(PayloadFormat.UNSPECIFIED_BYTES)
                                        .build())),
                fromServer(
                        V5,
                        "several subscription identifiers",
                        "30 0D 0003'a/b' 07 0B 01 0B FFFFFF7F",
                        new Publish(
                                TOPIC,
                                payload(""),
                                Qos.AT_MOST_ONCE,
                                false,
                                false,
                                0,
                                0,
                                List.of(1, 268_435_455),
                                PublishProperties.NONE)),
                fromClient(
                        V3,
                        "topic in four scripts",
                        "30 11 000E'aäह𝄞/日' 'x'",
                        new Publish(TopicName.of("aäह𝄞/日"), payload("'x'"), Qos.AT_MOST_ONCE, false, false, 0)),
                fromClient(
                        V3,
                        "U+FEFF is a character like others [MQTT-1.5.3-3]",
                        "30 06 0004 EFBBBF'a'",
                        named("\uFEFFa")),
                fromClient(V3, "levels may be empty", "30 05 0003'//a'", named("//a")));
    }

    static List<PacketCase> refused() {
        return List.of(
                bad(V3, "QoS 3", "36 07 0003'a/b' 000A", MALFORMED_PACKET, "[MQTT-3.3.1-4]"),
                bad(V5, "QoS 3", "36 08 0003'a/b' 000A 00", MALFORMED_PACKET, "[MQTT-3.3.1-4]"),
                bad(V3, "DUP with QoS 0", "38 05 0003'a/b'", MALFORMED_PACKET, "[MQTT-3.3.1-2]"),
                bad(V3, "identifier 0", "32 07 0003'a/b' 0000", PROTOCOL_ERROR, "[MQTT-2.3.1-1]"),
                bad(V5, "identifier 0", "32 08 0003'a/b' 0000 00", PROTOCOL_ERROR, "[MQTT-2.2.1-3]"),
                bad(V3, "identifier cut", "32 06 0003'a/b' 00", MALFORMED_PACKET, "Packet Identifier at byte 5"),
                bad(V3, "no topic", "30 00", MALFORMED_PACKET, "Topic Name at byte 0"),
                bad(V3, "topic longer than the packet", "30 04 0003'a/'", MALFORMED_PACKET, "Topic Name"),
                bad(V3, "empty topic", "30 02 0000", MALFORMED_PACKET, "[MQTT-4.7.3-1]"),
                bad(V3, "topic with #", "30 05 0003'a/#'", MALFORMED_PACKET, "[MQTT-3.3.2-2]"),
                bad(V5, "topic with +", "30 06 0003'a/+' 00", MALFORMED_PACKET, "[MQTT-3.3.2-2]"),
                bad(V5, "empty topic without alias", "30 03 0000 00", MALFORMED_PACKET, "Topic Alias"),
                bad(V5, "topic alias 0", "30 09 0003'a/b' 03 23 0000", TOPIC_ALIAS_INVALID, "Topic Alias"),
                bad(V5, "topic alias twice", "30 0C 0003'a/b' 06 23 0001 23 0001", PROTOCOL_ERROR, "twice"),
                bad(V5, "no property length", "30 05 0003'a/b'", MALFORMED_PACKET, "Property Length"),
                bad(V5, "payload format 2", "30 08 0003'a/b' 02 0102", PROTOCOL_ERROR, "Payload Format Indicator"),
                bad(V5, "payload format twice", "30 0A 0003'a/b' 04 0101 0101", PROTOCOL_ERROR, "twice"),
                bad(V5, "response topic with #", "30 0A 0003'a/b' 04 08 0001'#'", PROTOCOL_ERROR, "[MQTT-3.3.2-14]"),
                bad(V5, "subscription identifier", "30 08 0003'a/b' 02 0B01", PROTOCOL_ERROR, "[MQTT-3.3.4-6]"),
                bad(V5, "property of CONNECT", "30 0B 0003'a/b' 05 11 00000001", PROTOCOL_ERROR, "Session Expiry"),
                bad(
                        V5,
                        "property identifier not in its shortest form",
                        "30 09 0003'a/b' 03 8100 01",
                        MALFORMED_PACKET,
                        "[MQTT-1.5.5-1]"),
                bad(
                        V5,
                        "property length of five bytes",
                        "30 0A 0003'a/b' FFFFFFFF01",
                        MALFORMED_PACKET,
                        "at most 4 bytes"),
                bad(V5, "user property without value", "30 09 0003'a/b' 03 26 0000", MALFORMED_PACKET, "User Property"),
                bad(V3, "topic with U+0000", "30 05 0003'a'00'b'", MALFORMED_PACKET, "[MQTT-1.5.3-2]"),
                bad(V5, "topic with U+0000", "30 06 0003'a'00'b' 00", MALFORMED_PACKET, "[MQTT-1.5.4-2]"),
                bad(V3, "overlong slash", "30 05 0003'a'C0AF", MALFORMED_PACKET, "[MQTT-1.5.3-1]"),
                bad(V3, "overlong in three bytes", "30 05 0003 E080AF", MALFORMED_PACKET, "[MQTT-1.5.3-1]"),
                bad(V3, "overlong in four bytes", "30 06 0004 F08080AF", MALFORMED_PACKET, "[MQTT-1.5.3-1]"),
                bad(V3, "overlong U+0000", "30 04 0002 C080", MALFORMED_PACKET, "[MQTT-1.5.3-1]"),
                bad(V3, "first surrogate", "30 05 0003 EDA080", MALFORMED_PACKET, "[MQTT-1.5.3-1]"),
                bad(V3, "last surrogate", "30 05 0003 EDBFBF", MALFORMED_PACKET, "[MQTT-1.5.3-1]"),
                bad(V3, "beyond U+10FFFF", "30 06 0004 F4908080", MALFORMED_PACKET, "[MQTT-1.5.3-1]"),
                bad(V3, "lead byte that is none", "30 03 0001 FF", MALFORMED_PACKET, "[MQTT-1.5.3-1]"),
                bad(V3, "continuation alone", "30 03 0001 80", MALFORMED_PACKET, "[MQTT-1.5.3-1]"),
                bad(V3, "character cut by the string's end", "30 05 0002'a'C3 'x'", MALFORMED_PACKET, "at its byte 1"),
                bad(V3, "second byte is no continuation", "30 04 0002 C3'a'", MALFORMED_PACKET, "[MQTT-1.5.3-1]"),
                bad(V3, "control character", "30 05 0003'a'07'b'", MALFORMED_PACKET, "U+0007"),
                bad(V3, "C1 control character", "30 04 0002 C285", MALFORMED_PACKET, "U+0085"),
                bad(V3, "non-character", "30 05 0003 EFBFBF", MALFORMED_PACKET, "U+FFFF"));
    }
}
