package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.ReasonCode;
import java.util.List;

/**
 * The server's answer to SUBSCRIBE (MQTT 5 §3.9).
 *
 * @param packetIdentifier of the SUBSCRIBE
 * @param reasonCodes one for each of its filters, in its order; under 3.1.1 every error is sent as 0x80
 * @param properties Reason String and User Properties
 */
public record Suback(int packetIdentifier, List<ReasonCode> reasonCodes, ReasonProperties properties)
        implements Packet {

    /** Keeps its own copy of the list. */
    public Suback {
        reasonCodes = List.copyOf(reasonCodes);
    }

    /** Without properties. */
    public Suback(int packetIdentifier, List<ReasonCode> reasonCodes) {
        this(packetIdentifier, reasonCodes, ReasonProperties.NONE);
    }

    @Override
    public PacketType type() {
        return PacketType.SUBACK;
    }
}
