package io.alicia.mqtt.broker.fault;

import io.alicia.mqtt.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * A packet at the protocol's edge.
 *
 * @param direction where it goes
 * @param kind what it is
 * @param clientIdentifier whose it is; null before a client without identifier was given one
 * @param packetIdentifier its Packet Identifier, 0 if it has none
 * @param topic the Topic Name of a PUBLISH, as the broker knows it; null for others, and from a client that sent an alias
 */
public record CrossingPacket(
        Direction direction,
        Kind kind,
        @Nullable String clientIdentifier,
        int packetIdentifier,
        @Nullable TopicName topic) {

    /** Where a packet goes. */
    public enum Direction {
        /** From the client to the broker. */
        FROM_CLIENT,
        /** From the broker to the client. */
        TO_CLIENT
    }

    /** The Control Packets by their names in the specification (MQTT 5 §2.1.2). */
    public enum Kind {
        /** Connection request. */
        CONNECT,
        /** Connect acknowledgement. */
        CONNACK,
        /** Publish message. */
        PUBLISH,
        /** Publish acknowledgement (QoS 1). */
        PUBACK,
        /** Publish received (QoS 2 delivery part 1). */
        PUBREC,
        /** Publish release (QoS 2 delivery part 2). */
        PUBREL,
        /** Publish complete (QoS 2 delivery part 3). */
        PUBCOMP,
        /** Subscribe request. */
        SUBSCRIBE,
        /** Subscribe acknowledgement. */
        SUBACK,
        /** Unsubscribe request. */
        UNSUBSCRIBE,
        /** Unsubscribe acknowledgement. */
        UNSUBACK,
        /** Ping request. */
        PINGREQ,
        /** Ping response. */
        PINGRESP,
        /** Disconnect notification. */
        DISCONNECT,
        /** Authentication exchange. */
        AUTH
    }
}
