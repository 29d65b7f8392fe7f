package io.alicia.mqtt.broker.protocol;

import static io.alicia.mqtt.broker.protocol.PacketCase.V3;
import static io.alicia.mqtt.broker.protocol.PacketCase.V5;
import static io.alicia.mqtt.broker.protocol.PacketCase.bad;
import static io.alicia.mqtt.broker.protocol.PacketCase.fromClient;
import static io.alicia.mqtt.protocol.ReasonCode.MALFORMED_PACKET;
import static io.alicia.mqtt.protocol.ReasonCode.PROTOCOL_ERROR;

import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.UserProperty;
import java.util.List;

/** PUBACK, PUBREC, PUBREL, PUBCOMP (MQTT 5 §3.4 to §3.7). */
final class AcknowledgementCases {

    private AcknowledgementCases() {}

    static List<PacketCase> all() {
        return List.of(
                fromClient(V3, "PUBACK", "40 02 0001", new Puback(1)),
                fromClient(V3, "PUBREC", "50 02 1234", new Pubrec(0x1234)),
                fromClient(V3, "PUBREL", "62 02 FFFF", new Pubrel(65_535)),
                fromClient(V3, "PUBCOMP", "70 02 0001", new Pubcomp(1)),
                fromClient(V5, "PUBACK in two bytes means Success", "40 02 0001", new Puback(1)),
                fromClient(
                        V5,
                        "PUBACK in three bytes",
                        "40 03 0001 10",
                        new Puback(1, ReasonCode.NO_MATCHING_SUBSCRIBERS)),
                fromClient(V5, "PUBACK with Success written out", "40 03 0001 00", new Puback(1))
                        .notShortest(),
                fromClient(
                                V5,
                                "PUBREC with an empty property section",
                                "50 04 0001 87 00",
                                new Pubrec(1, ReasonCode.NOT_AUTHORIZED))
                        .notShortest(),
                fromClient(
                        V5,
                        "PUBREC with reason string and user property",
                        "50 10 0001 97 0C 1F 0002'no' 26 0001'k' 0001'v'",
                        new Pubrec(
                                1,
                                ReasonCode.QUOTA_EXCEEDED,
                                new ReasonProperties("no", List.of(new UserProperty("k", "v"))))),
                fromClient(
                        V5,
                        "PUBREL for an unknown identifier",
                        "62 03 0001 92",
                        new Pubrel(1, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND)),
                fromClient(
                        V5,
                        "PUBCOMP, Success with a reason string",
                        "70 08 0001 00 04 1F 0001'x'",
                        new Pubcomp(1, ReasonCode.SUCCESS, ReasonProperties.ofReason("x"))),
                bad(V3, "PUBACK for identifier 0", "40 02 0000", PROTOCOL_ERROR, "[MQTT-2.3.1-1]"),
                bad(V3, "PUBACK with more than 3.1.1 has", "40 03 0001 00", MALFORMED_PACKET, "1 bytes are left"),
                bad(V3, "PUBACK cut", "40 01 00", MALFORMED_PACKET, "Packet Identifier"),
                bad(V3, "PUBREL with flags 0", "60 02 0001", MALFORMED_PACKET, "[MQTT-3.6.1-1]"),
                bad(V3, "PUBACK with flags", "41 02 0001", MALFORMED_PACKET, "[MQTT-2.2.2-1]"),
                bad(V5, "PUBACK with flags", "48 02 0001", MALFORMED_PACKET, "[MQTT-2.1.3-1]"),
                bad(V5, "PUBACK with a code of PUBREL", "40 03 0001 92", PROTOCOL_ERROR, "[MQTT-3.4.2-1]"),
                bad(V5, "PUBREC with an unknown code", "50 03 0001 55", PROTOCOL_ERROR, "[MQTT-3.5.2-1]"),
                bad(V5, "PUBREL with a code of PUBREC", "62 03 0001 97", PROTOCOL_ERROR, "[MQTT-3.6.2-1]"),
                bad(V5, "PUBCOMP with a code of PUBREC", "70 03 0001 97", PROTOCOL_ERROR, "[MQTT-3.7.2-1]"),
                bad(V5, "PUBACK, reason string twice", "40 0A 0001 00 06 1F 0000 1F 0000", PROTOCOL_ERROR, "twice"),
                bad(
                        V5,
                        "PUBACK with a foreign property",
                        "40 07 0001 00 03 21 0001",
                        PROTOCOL_ERROR,
                        "Receive Maximum"),
                bad(V5, "PUBACK, bytes behind the properties", "40 05 0001 00 00 00", MALFORMED_PACKET, "left"));
    }
}
