package io.alicia.mqtt.broker.protocol;

import static io.alicia.mqtt.broker.protocol.PacketCase.V3;
import static io.alicia.mqtt.broker.protocol.PacketCase.V5;
import static io.alicia.mqtt.broker.protocol.PacketCase.badConnect;
import static io.alicia.mqtt.broker.protocol.PacketCase.connect;
import static io.alicia.mqtt.protocol.ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
import static io.alicia.mqtt.protocol.ReasonCode.MALFORMED_PACKET;
import static io.alicia.mqtt.protocol.ReasonCode.PROTOCOL_ERROR;
import static io.alicia.mqtt.protocol.ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;

/** CONNECT (MQTT 5 §3.1, 3.1.1 §3.1, 3.1 §3.1). */
final class ConnectCases {

    private static final ConnectProperties DEFAULTS = ConnectProperties.DEFAULTS;
    private static final ConnectProperties PERSISTENT = ConnectProperties.builder()
            .sessionExpiryIntervalSeconds(ConnectProperties.NEVER_EXPIRES)
            .build();

    private static final MqttVersion V31 = MqttVersion.MQTT_3_1;

    private ConnectCases() {}

    static List<PacketCase> accepted() {
        return List.of(
                connect(
                        "3.1: its name and number",
                        "10 10 0006'MQIsdp' 03 02 003C 0002'c1'",
                        new Connect(V31, false, "c1", true, 60, null, null, null, DEFAULTS)),
                connect(
                        "3.1.1: clean session, keep alive 60 s, client identifier",
                        "10 0E 0004'MQTT' 04 02 003C 0002'c1'",
                        new Connect(V3, false, "c1", true, 60, null, null, null, DEFAULTS)),
                connect(
                        "3.1.1: without clean session the session never expires",
                        "10 0E 0004'MQTT' 04 00 000A 0002'c1'",
                        new Connect(V3, false, "c1", false, 10, null, null, null, PERSISTENT)),
                connect(
                        "3.1.1: empty client identifier",
                        "10 0C 0004'MQTT' 04 02 0000 0000",
                        new Connect(V3, false, "", true, 0, null, null, null, DEFAULTS)),
                connect(
                        "3.1.1: user name, password, will with QoS 1 and retain",
                        "10 21 0004'MQTT' 04 EE 003C 0002'c1' 0003'w/t' 0004'gone' 0001'u' 0003'p'00FF",
                        new Connect(
                                V3,
                                false,
                                "c1",
                                true,
                                60,
                                "u",
                                BinaryData.of(Bytes.of("'p'00FF")),
                                new Will(
                                        TopicName.of("w/t"),
                                        BinaryData.ofUtf8("gone"),
                                        Qos.AT_LEAST_ONCE,
                                        true,
                                        0,
                                        PublishProperties.NONE),
                                DEFAULTS)),
                connect(
                        "3.1.1: user name without password",
                        "10 0F 0004'MQTT' 04 82 003C 0000 0001'u'",
                        new Connect(V3, false, "", true, 60, "u", null, null, DEFAULTS)),
                connect(
                        "3.1.1: a Mosquitto bridge marks itself in the protocol level",
                        "10 0E 0004'MQTT' 84 02 003C 0002'c1'",
                        new Connect(V3, true, "c1", true, 60, null, null, null, DEFAULTS)),
                connect(
                        "5: the shortest",
                        "10 0D 0004'MQTT' 05 02 003C 00 0000",
                        new Connect(V5, false, "", true, 60, null, null, null, DEFAULTS)),
                connect(
                        "5: password without user name is allowed",
                        "10 10 0004'MQTT' 05 42 003C 00 0000 0001'p'",
                        new Connect(V5, false, "", true, 60, null, BinaryData.ofUtf8("p"), null, DEFAULTS)),
                connect(
                        "5: all properties",
                        "10 35 0004'MQTT' 05 00 003C 26 11 00000078 22 000A 21 0014 27 00010000 19 01 17 00"
                                + " 26 0001'k' 0001'v' 15 0003'SCR' 16 0002 0102 0002'c1'",
                        new Connect(
                                V5,
                                false,
                                "c1",
                                false,
                                60,
                                null,
                                null,
                                null,
                                ConnectProperties.builder()
                                        .sessionExpiryIntervalSeconds(120)
                                        .receiveMaximum(20)
                                        .maximumPacketSizeBytes(65_536)
                                        .topicAliasMaximum(10)
                                        .requestResponseInformation(true)
                                        .requestProblemInformation(false)
                                        .addUserProperties(new UserProperty("k", "v"))
                                        .authenticationMethod("SCR")
                                        .authenticationData(BinaryData.of(new byte[] {1, 2}))
                                        .build())),
                connect(
                                "5: a property with its default says nothing new",
                                "10 12 0004'MQTT' 05 02 003C 05 11 00000000 0000",
                                new Connect(V5, false, "", true, 60, null, null, null, DEFAULTS))
                        .notShortest(),
                connect(
                        "5: will with all its properties",
                        "10 47 0004'MQTT' 05 16 0000 00 0002'c1' 2C 18 0000001E 02 0000003C 01 01 03 0004'text'"
                                + " 08 0003'r/t' 09 0002 AABB 26 0001'a' 0001'1' 26 0001'a' 0001'2' 0003'w/t' 0004'gone'",
                        new Connect(
                                V5,
                                false,
                                "c1",
                                true,
                                0,
                                null,
                                null,
                                new Will(
                                        TopicName.of("w/t"),
                                        BinaryData.ofUtf8("gone"),
                                        Qos.EXACTLY_ONCE,
                                        false,
                                        30,
                                        PublishProperties.builder()
                                                .messageExpiryIntervalSeconds(60L)
                                                .payloadFormatIndicator(PayloadFormat.UTF_8)
                                                .contentType("text")
                                                .responseTopic("r/t")
                                                .correlationData(BinaryData.of(Bytes.of("AABB")))
                                                .addUserProperties(
                                                        new UserProperty("a", "1"), new UserProperty("a", "2"))
                                                .build()),
                                DEFAULTS)));
    }

    static List<PacketCase> refused() {
        return List.of(
                badConnect("no body", "10 00", MALFORMED_PACKET, "Protocol Name at byte 0"),
                badConnect(
                        "another protocol",
                        "10 0C 0004'MQTX' 04 02 003C 0000",
                        UNSUPPORTED_PROTOCOL_VERSION,
                        "[MQTT-3.1.2-1]"),
                badConnect(
                        "lower case is another protocol",
                        "10 0C 0004'mqtt' 04 02 003C 0000",
                        UNSUPPORTED_PROTOCOL_VERSION,
                        "Protocol Name"),
                badConnect(
                        "3.1 by the name of 3.1.1",
                        "10 0E 0004'MQTT' 03 02 003C 0002'c1'",
                        UNSUPPORTED_PROTOCOL_VERSION,
                        "MQTT 3"),
                badConnect(
                        "3.1.1 by the name of 3.1",
                        "10 10 0006'MQIsdp' 04 02 003C 0002'c1'",
                        UNSUPPORTED_PROTOCOL_VERSION,
                        "MQIsdp 4"),
                badConnect(
                        "3.1: will QoS 3",
                        "10 10 0006'MQIsdp' 03 1E 003C 0002'c1'",
                        MALFORMED_PACKET,
                        "[MQTT-3.1.2-14]"),
                badConnect(
                        "a later version",
                        "10 0D 0004'MQTT' 06 02 003C 00 0000",
                        UNSUPPORTED_PROTOCOL_VERSION,
                        "[MQTT-3.1.2-2]"),
                badConnect(
                        "level 3 with the new name",
                        "10 0C 0004'MQTT' 03 02 003C 0000",
                        UNSUPPORTED_PROTOCOL_VERSION,
                        "Protocol Version at byte 6"),
                badConnect("reserved flag", "10 0C 0004'MQTT' 04 03 003C 0000", MALFORMED_PACKET, "[MQTT-3.1.2-3]"),
                badConnect(
                        "5: reserved flag", "10 0D 0004'MQTT' 05 03 003C 00 0000", MALFORMED_PACKET, "[MQTT-3.1.2-3]"),
                badConnect("will QoS 3", "10 0C 0004'MQTT' 04 1E 003C 0000", MALFORMED_PACKET, "[MQTT-3.1.2-14]"),
                badConnect("5: will QoS 3", "10 0D 0004'MQTT' 05 1E 003C 00 0000", MALFORMED_PACKET, "[MQTT-3.1.2-12]"),
                badConnect(
                        "will QoS without will",
                        "10 0C 0004'MQTT' 04 0A 003C 0000",
                        MALFORMED_PACKET,
                        "[MQTT-3.1.2-13]"),
                badConnect(
                        "5: will QoS without will",
                        "10 0D 0004'MQTT' 05 0A 003C 00 0000",
                        MALFORMED_PACKET,
                        "[MQTT-3.1.2-11]"),
                badConnect(
                        "will retain without will",
                        "10 0C 0004'MQTT' 04 22 003C 0000",
                        MALFORMED_PACKET,
                        "[MQTT-3.1.2-15]"),
                badConnect(
                        "5: will retain without will",
                        "10 0D 0004'MQTT' 05 22 003C 00 0000",
                        MALFORMED_PACKET,
                        "[MQTT-3.1.2-13]"),
                badConnect(
                        "3.1.1: password without user name",
                        "10 0F 0004'MQTT' 04 42 003C 0000 0001'p'",
                        MALFORMED_PACKET,
                        "[MQTT-3.1.2-22]"),
                badConnect(
                        "no client identifier", "10 0A 0004'MQTT' 04 02 003C", MALFORMED_PACKET, "Client Identifier"),
                badConnect("keep alive cut", "10 09 0004'MQTT' 04 02 00", MALFORMED_PACKET, "Keep Alive at byte 8"),
                badConnect(
                        "client identifier longer than the packet",
                        "10 0D 0004'MQTT' 04 02 003C 0002'c'",
                        MALFORMED_PACKET,
                        "Client Identifier at byte 12: 2 bytes expected, 1 left"),
                badConnect(
                        "flagged user name is missing",
                        "10 0C 0004'MQTT' 04 82 003C 0000",
                        MALFORMED_PACKET,
                        "User Name"),
                badConnect(
                        "flagged will is missing", "10 0C 0004'MQTT' 04 06 003C 0000", MALFORMED_PACKET, "Will Topic"),
                badConnect(
                        "will topic with wildcard",
                        "10 11 0004'MQTT' 04 06 003C 0000 0001'#' 0000",
                        MALFORMED_PACKET,
                        "Will Topic"),
                badConnect(
                        "empty will topic",
                        "10 10 0004'MQTT' 04 06 003C 0000 0000 0000",
                        PROTOCOL_ERROR,
                        "[MQTT-4.7.3-1]"),
                badConnect(
                        "bytes behind the last field",
                        "10 0D 0004'MQTT' 04 02 003C 0000 00",
                        MALFORMED_PACKET,
                        "1 bytes are left"),
                badConnect(
                        "client identifier with U+0000",
                        "10 0F 0004'MQTT' 04 02 003C 0003'a'00'b'",
                        CLIENT_IDENTIFIER_NOT_VALID,
                        "[MQTT-1.5.3-2]"),
                badConnect(
                        "5: user name with a surrogate",
                        "10 12 0004'MQTT' 05 82 003C 00 0000 0003 EDA080",
                        MALFORMED_PACKET,
                        "[MQTT-1.5.4-1]"),
                badConnect("5: no properties", "10 0A 0004'MQTT' 05 02 003C", MALFORMED_PACKET, "Property Length"),
                badConnect(
                        "5: properties longer than the packet",
                        "10 0D 0004'MQTT' 05 02 003C 05 0000",
                        MALFORMED_PACKET,
                        "Property Length at byte 10: 5 bytes announced, 2 left"),
                badConnect(
                        "5: property length not in its shortest form",
                        "10 0E 0004'MQTT' 05 02 003C 8000 0000",
                        MALFORMED_PACKET,
                        "[MQTT-1.5.5-1]"),
                badConnect(
                        "5: a property cut off by the property length",
                        "10 10 0004'MQTT' 05 02 003C 03 11 0000 0000",
                        MALFORMED_PACKET,
                        "Session Expiry Interval"),
                badConnect(
                        "5: unknown property",
                        "10 0F 0004'MQTT' 05 02 003C 02 7F00 0000",
                        MALFORMED_PACKET,
                        "no property has 0x7F"),
                badConnect(
                        "5: property 0", "10 0F 0004'MQTT' 05 02 003C 02 0000 0000", MALFORMED_PACKET, "no property"),
                badConnect(
                        "5: property of another packet",
                        "10 10 0004'MQTT' 05 02 003C 03 23 0001 0000",
                        PROTOCOL_ERROR,
                        "Topic Alias"),
                badConnect(
                        "5: session expiry interval twice",
                        "10 17 0004'MQTT' 05 02 003C 0A 11 00000001 11 00000001 0000",
                        PROTOCOL_ERROR,
                        "Session Expiry Interval"),
                badConnect(
                        "5: receive maximum 0",
                        "10 10 0004'MQTT' 05 02 003C 03 21 0000 0000",
                        PROTOCOL_ERROR,
                        "Receive Maximum at byte 12: it is 0"),
                badConnect(
                        "5: maximum packet size 0",
                        "10 12 0004'MQTT' 05 02 003C 05 27 00000000 0000",
                        PROTOCOL_ERROR,
                        "Maximum Packet Size"),
                badConnect(
                        "5: request problem information 2",
                        "10 0F 0004'MQTT' 05 02 003C 02 1702 0000",
                        PROTOCOL_ERROR,
                        "Request Problem Information"),
                badConnect(
                        "5: request response information 2",
                        "10 0F 0004'MQTT' 05 02 003C 02 1902 0000",
                        PROTOCOL_ERROR,
                        "Request Response Information"),
                badConnect(
                        "5: authentication data without method",
                        "10 11 0004'MQTT' 05 02 003C 04 16 0001 00 0000",
                        PROTOCOL_ERROR,
                        "Authentication Data"),
                badConnect(
                        "5: will property that is none",
                        "10 16 0004'MQTT' 05 06 003C 00 0000 03 21 0001 0001'w' 0000",
                        PROTOCOL_ERROR,
                        "Receive Maximum"),
                badConnect(
                        "5: will payload format 2",
                        "10 15 0004'MQTT' 05 06 003C 00 0000 02 0102 0001'w' 0000",
                        PROTOCOL_ERROR,
                        "Payload Format Indicator"),
                badConnect(
                        "5: will response topic with wildcard",
                        "10 17 0004'MQTT' 05 06 003C 00 0000 04 08 0001'+' 0001'w' 0000",
                        PROTOCOL_ERROR,
                        "[MQTT-3.3.2-14]"));
    }
}
