package io.alicia.mqtt.broker.protocol;

import static io.alicia.mqtt.broker.protocol.PacketCase.V3;
import static io.alicia.mqtt.broker.protocol.PacketCase.V5;
import static io.alicia.mqtt.broker.protocol.PacketCase.badFromServer;
import static io.alicia.mqtt.broker.protocol.PacketCase.fromServer;
import static io.alicia.mqtt.protocol.ReasonCode.MALFORMED_PACKET;
import static io.alicia.mqtt.protocol.ReasonCode.PROTOCOL_ERROR;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.UserProperty;
import java.util.List;

/** What only a server sends: CONNACK, SUBACK, UNSUBACK, PINGRESP (MQTT 5 §3.2, §3.9, §3.11, §3.13). */
final class ServerCases {

    private ServerCases() {}

    static List<PacketCase> all() {
        return List.of(
                fromServer(
                        V3, "CONNACK", "20 02 00 00", new Connack(false, ReasonCode.SUCCESS, ConnackProperties.NONE)),
                fromServer(
                        V3,
                        "CONNACK with a session",
                        "20 02 01 00",
                        new Connack(true, ReasonCode.SUCCESS, ConnackProperties.NONE)),
                fromServer(
                        V3, "wrong version", "20 02 00 01", Connack.refused(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION)),
                fromServer(
                        V3, "wrong identifier", "20 02 00 02", Connack.refused(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID)),
                fromServer(V3, "unavailable", "20 02 00 03", Connack.refused(ReasonCode.SERVER_UNAVAILABLE)),
                fromServer(V3, "wrong password", "20 02 00 04", Connack.refused(ReasonCode.BAD_USER_NAME_OR_PASSWORD)),
                fromServer(V3, "not authorized", "20 02 00 05", Connack.refused(ReasonCode.NOT_AUTHORIZED)),
                fromServer(
                        V5,
                        "CONNACK",
                        "20 03 00 00 00",
                        new Connack(false, ReasonCode.SUCCESS, ConnackProperties.NONE)),
                fromServer(V5, "refusal", "20 03 00 8A 00", Connack.refused(ReasonCode.BANNED)),
                fromServer(
                        V5,
                        "CONNACK with all properties",
                        "20 47 01 00 44 11 00000005 13 003C 22 000A 12 0003'a-1' 15 0001'M' 16 0001 FF"
                                + " 25 00 27 001E8480 21 0014 24 01 28 00 29 00 2A 00"
                                + " 1F 0002'ok' 26 0001'k' 0001'v' 1A 0002'r/' 1C 0005'other'",
                        new Connack(
                                true,
                                ReasonCode.SUCCESS,
                                ConnackProperties.builder()
                                        .sessionExpiryIntervalSeconds(5L)
                                        .receiveMaximum(20)
                                        .maximumQos(Qos.AT_LEAST_ONCE)
                                        .retainAvailable(false)
                                        .maximumPacketSizeBytes(2_000_000)
                                        .topicAliasMaximum(10)
                                        .wildcardSubscriptionAvailable(false)
                                        .subscriptionIdentifiersAvailable(false)
                                        .sharedSubscriptionAvailable(false)
                                        .serverKeepAliveSeconds(60)
                                        .assignedClientIdentifier("a-1")
                                        .reasonString("ok")
                                        .addUserProperties(new UserProperty("k", "v"))
                                        .responseInformation("r/")
                                        .serverReference("other")
                                        .authenticationMethod("M")
                                        .authenticationData(BinaryData.of(Bytes.of("FF")))
                                        .build())),
                fromServer(
                        V3,
                        "SUBACK",
                        "90 06 0001 00 01 02 80",
                        new Suback(
                                1,
                                List.of(
                                        ReasonCode.SUCCESS,
                                        ReasonCode.GRANTED_QOS_1,
                                        ReasonCode.GRANTED_QOS_2,
                                        ReasonCode.UNSPECIFIED_ERROR))),
                fromServer(
                        V5,
                        "SUBACK",
                        "90 05 0001 00 01 87",
                        new Suback(1, List.of(ReasonCode.GRANTED_QOS_1, ReasonCode.NOT_AUTHORIZED))),
                fromServer(
                        V5,
                        "SUBACK with a reason string",
                        "90 08 0001 04 1F 0001'x' 8F",
                        new Suback(1, List.of(ReasonCode.TOPIC_FILTER_INVALID), ReasonProperties.ofReason("x"))),
                fromServer(V3, "UNSUBACK", "B0 02 0001", new Unsuback(1, List.of())),
                fromServer(
                        V5,
                        "UNSUBACK",
                        "B0 05 0001 00 00 11",
                        new Unsuback(1, List.of(ReasonCode.SUCCESS, ReasonCode.NO_SUBSCRIPTION_EXISTED))),
                fromServer(V3, "PINGRESP", "D0 00", Pingresp.INSTANCE),
                badFromServer(V3, "CONNACK, reserved flag", "20 02 02 00", MALFORMED_PACKET, "[MQTT-3.2.2-1]"),
                badFromServer(V3, "CONNACK, return code 6", "20 02 00 06", MALFORMED_PACKET, "Return code"),
                badFromServer(V3, "refusal with a session", "20 02 01 05", PROTOCOL_ERROR, "[MQTT-3.2.2-4]"),
                badFromServer(V5, "refusal with a session", "20 03 01 87 00", PROTOCOL_ERROR, "[MQTT-3.2.2-6]"),
                badFromServer(V5, "CONNACK, foreign reason code", "20 03 00 8E 00", PROTOCOL_ERROR, "[MQTT-3.2.2-8]"),
                badFromServer(V5, "CONNACK, maximum QoS 2", "20 05 00 00 02 24 02", PROTOCOL_ERROR, "Maximum QoS"),
                badFromServer(
                        V5, "CONNACK, maximum packet size 0", "20 08 00 00 05 27 00000000", PROTOCOL_ERROR, "Size"),
                badFromServer(V3, "SUBACK, code 3", "90 03 0001 03", PROTOCOL_ERROR, "[MQTT-3.9.3-2]"),
                badFromServer(V3, "SUBACK without code", "90 02 0001", MALFORMED_PACKET, "[MQTT-3.8.4-5]"),
                badFromServer(V3, "UNSUBACK with a code", "B0 03 0001 00", MALFORMED_PACKET, "left"),
                badFromServer(V3, "SUBSCRIBE from a server", "82 06 0001 0001'a' 00", PROTOCOL_ERROR, "server"),
                badFromServer(V3, "DISCONNECT from a 3.1.1 server", "E0 00", PROTOCOL_ERROR, "3.1.1"),
                badFromServer(
                        V5,
                        "session expiry in a server's DISCONNECT",
                        "E0 07 00 05 11 00000001",
                        PROTOCOL_ERROR,
                        "[MQTT-3.14.2-2]"));
    }
}
