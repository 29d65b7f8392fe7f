package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.ReasonCode;
import java.util.List;

/**
 * The server's answer to UNSUBSCRIBE (MQTT 5 §3.11).
 *
 * @param packetIdentifier of the UNSUBSCRIBE
 * @param reasonCodes one for each of its filters, in its order; 3.1.1 has none, they are not sent
 * @param properties Reason String and User Properties
 */
public record Unsuback(int packetIdentifier, List<ReasonCode> reasonCodes, ReasonProperties properties)
        implements Packet {

    /** Keeps its own copy of the list. */
    public Unsuback {
        reasonCodes = List.copyOf(reasonCodes);
    }

    /** Without properties. */
    public Unsuback(int packetIdentifier, List<ReasonCode> reasonCodes) {
        this(packetIdentifier, reasonCodes, ReasonProperties.NONE);
    }

    @Override
    public PacketType type() {
        return PacketType.UNSUBACK;
    }
}
