package io.alicia.mqtt.broker.protocol;

import static io.alicia.mqtt.broker.protocol.PacketCase.V3;
import static io.alicia.mqtt.broker.protocol.PacketCase.V5;
import static io.alicia.mqtt.broker.protocol.PacketCase.bad;
import static io.alicia.mqtt.broker.protocol.PacketCase.badConnect;
import static io.alicia.mqtt.protocol.ReasonCode.MALFORMED_PACKET;
import static io.alicia.mqtt.protocol.ReasonCode.PACKET_TOO_LARGE;
import static io.alicia.mqtt.protocol.ReasonCode.PROTOCOL_ERROR;

import java.util.List;

/** What the first bytes alone decide (MQTT 5 §2.1, §3.1.0). */
final class FixedHeaderCases {

    private FixedHeaderCases() {}

    static List<PacketCase> all() {
        return List.of(
                badConnect("packet type 0 first", "00 00", PROTOCOL_ERROR, "packet type 0"),
                badConnect("an HTTP request", "'GET / HTTP/1.1'", MALFORMED_PACKET, "PUBACK"),
                badConnect("a TLS hello", "16 03 010200", MALFORMED_PACKET, "CONNECT"),
                badConnect("PUBLISH before CONNECT", "30 05 0003'a/b'", PROTOCOL_ERROR, "[MQTT-3.1.0-1]"),
                badConnect("PINGREQ before CONNECT", "C0 00", PROTOCOL_ERROR, "[MQTT-3.1.0-1]"),
                badConnect(
                        "CONNECT with flags", "11 0C 0004'MQTT' 04 02 003C 0000", MALFORMED_PACKET, "[MQTT-2.2.2-1]"),
                badConnect("CONNECT of more than it may have", "10 A18D06", PACKET_TOO_LARGE, "100005 bytes"),
                badConnect("remaining length of five bytes", "10 FFFFFFFF01", MALFORMED_PACKET, "more than 4 bytes"),
                badConnect(
                        "5: remaining length not in its shortest form",
                        "10 8D00 0004'MQTT' 05 02 0000 00 0000",
                        MALFORMED_PACKET,
                        "[MQTT-1.5.5-1]"),
                bad(V3, "packet type 0", "00 00", PROTOCOL_ERROR, "packet type 0"),
                bad(V5, "packet type 0 with flags", "0A C0", PROTOCOL_ERROR, "packet type 0"),
                bad(V3, "a second CONNECT", "10 0C 0004'MQTT' 04 02 003C 0000", PROTOCOL_ERROR, "[MQTT-3.1.0-2]"),
                bad(V5, "a second CONNECT", "10 0D 0004'MQTT' 05 02 003C 00 0000", PROTOCOL_ERROR, "[MQTT-3.1.0-2]"),
                bad(V3, "remaining length of five bytes", "30 8080808001", MALFORMED_PACKET, "more than 4 bytes"),
                bad(V5, "remaining length not shortest", "C0 8000", MALFORMED_PACKET, "[MQTT-1.5.5-1]"),
                bad(V5, "too large, refused by its header alone", "30 C0843D", PACKET_TOO_LARGE, "1000004 bytes"),
                bad(V3, "CONNACK from a client", "20 02 0000", PROTOCOL_ERROR, "client"),
                bad(V3, "SUBACK from a client", "90 03 0001 00", PROTOCOL_ERROR, "client"),
                bad(V3, "UNSUBACK from a client", "B0 02 0001", PROTOCOL_ERROR, "client"),
                bad(V5, "PINGRESP from a client", "D0 00", PROTOCOL_ERROR, "client"));
    }
}
