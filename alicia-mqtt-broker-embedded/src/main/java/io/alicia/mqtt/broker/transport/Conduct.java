package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.broker.protocol.PacketDecoder;
import io.alicia.mqtt.protocol.MqttVersion;

/** How a client behaves where the specification leaves a choice, or Mosquitto's bridges have made one. */
public enum Conduct {

    /** As the specification has it. */
    CLIENT,

    /**
     * As Mosquitto's bridges, byte for byte. What is in flight goes on with the same server even if that says that it has no
     * session: it is sent again under its Packet Identifier, so that what the server has after all does not arrive twice.
     * Subscriptions come before it. An acknowledgement of something unknown is answered as if it were known, a PINGREQ as a
     * server would, and what breaks the protocol ends the connection without a DISCONNECT.
     */
    BRIDGE;

    boolean keepsWhatIsInFlight() {
        return this == BRIDGE;
    }

    boolean subscribesFirst() {
        return this == BRIDGE;
    }

    boolean saysWhyItCloses() {
        return this == CLIENT;
    }

    PacketDecoder decoder(MqttVersion version, int largestPacketBytes) {
        return this == BRIDGE
                ? PacketDecoder.ofBridgedServer(version, largestPacketBytes)
                : PacketDecoder.ofServer(version, largestPacketBytes);
    }

    boolean knowsEveryIdentifier() {
        return this == BRIDGE;
    }
}
