package io.alicia.mqtt.broker.protocol;

import static io.alicia.mqtt.broker.protocol.PacketCase.V3;
import static io.alicia.mqtt.broker.protocol.PacketCase.V5;
import static io.alicia.mqtt.broker.protocol.PacketCase.bad;
import static io.alicia.mqtt.broker.protocol.PacketCase.fromClient;
import static io.alicia.mqtt.broker.protocol.PacketCase.fromServer;
import static io.alicia.mqtt.protocol.ReasonCode.MALFORMED_PACKET;
import static io.alicia.mqtt.protocol.ReasonCode.PROTOCOL_ERROR;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.ReasonCode;
import java.util.List;

/** PINGREQ, DISCONNECT, AUTH (MQTT 5 §3.12, §3.14, §3.15). */
final class ClosingCases {

    private ClosingCases() {}

    static List<PacketCase> all() {
        return List.of(
                fromClient(V3, "PINGREQ", "C0 00", Pingreq.INSTANCE),
                fromClient(V5, "PINGREQ", "C0 00", Pingreq.INSTANCE),
                fromClient(V3, "DISCONNECT", "E0 00", new Disconnect(ReasonCode.SUCCESS)),
                fromClient(V5, "DISCONNECT", "E0 00", new Disconnect(ReasonCode.SUCCESS)),
                fromClient(
                        V5,
                        "DISCONNECT with will",
                        "E0 01 04",
                        new Disconnect(ReasonCode.DISCONNECT_WITH_WILL_MESSAGE)),
                fromClient(
                                V5,
                                "DISCONNECT with an empty property section",
                                "E0 02 00 00",
                                new Disconnect(ReasonCode.SUCCESS))
                        .notShortest(),
                fromClient(
                        V5,
                        "DISCONNECT with a new session expiry",
                        "E0 0B 00 09 11 0000003C 1F 0001'x'",
                        new Disconnect(ReasonCode.SUCCESS, 60L, null, ReasonProperties.ofReason("x"))),
                fromServer(
                        V5,
                        "DISCONNECT to another server",
                        "E0 07 9D 05 1C 0002'b2'",
                        new Disconnect(ReasonCode.SERVER_MOVED, null, "b2", ReasonProperties.NONE)),
                fromClient(
                        V5,
                        "AUTH goes on",
                        "F0 0A 18 08 15 0001'M' 16 0001 FF",
                        new Auth(
                                ReasonCode.CONTINUE_AUTHENTICATION,
                                "M",
                                BinaryData.of(Bytes.of("FF")),
                                ReasonProperties.NONE)),
                fromServer(
                        V5,
                        "AUTH, Success in no byte",
                        "F0 00",
                        new Auth(ReasonCode.SUCCESS, null, null, ReasonProperties.NONE)),
                bad(V3, "PINGREQ with a body", "C0 01 00", MALFORMED_PACKET, "no body"),
                bad(V3, "DISCONNECT with a body", "E0 01 00", MALFORMED_PACKET, "left"),
                bad(V3, "DISCONNECT with flags", "E1 00", MALFORMED_PACKET, "[MQTT-3.14.1-1]"),
                bad(V5, "DISCONNECT with a code of servers", "E0 01 8B", PROTOCOL_ERROR, "[MQTT-3.14.2-1]"),
                bad(
                        V5,
                        "DISCONNECT, session expiry twice",
                        "E0 0C 00 0A 11 00000001 11 00000001",
                        PROTOCOL_ERROR,
                        "twice"),
                bad(V3, "AUTH under 3.1.1", "F0 00", MALFORMED_PACKET, "reserved"),
                bad(V5, "AUTH with flags", "F1 00", MALFORMED_PACKET, "[MQTT-3.15.1-1]"),
                bad(V5, "AUTH, Success from a client", "F0 00", PROTOCOL_ERROR, "[MQTT-3.15.2-1]"),
                bad(
                        V5,
                        "AUTH, Success from a client written out",
                        "F0 06 00 04 15 0001'M'",
                        PROTOCOL_ERROR,
                        "[MQTT-3.15.2-1]"),
                bad(V5, "AUTH without method", "F0 02 18 00", PROTOCOL_ERROR, "Authentication Method"));
    }
}
