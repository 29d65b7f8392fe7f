package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.protocol.DecodeFailure;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.protocol.ReasonCode;

/** Who answers a connection's packets: the {@link Handshake} up to CONNACK, then the {@link Client}. */
interface PacketReceiver {

    /** The next packet, in the order of the wire. */
    void receive(Packet packet);

    /** Whether the client has been told that it is connected, and so can be told why it no longer is. */
    default boolean isWelcome() {
        return false;
    }

    /** What a client that sent something unreadable is told. */
    default ReasonCode reasonOf(DecodeFailure failure) {
        return failure.reasonCode();
    }

    /** The connection is over: ended by one of both sides, or lost. Called once. */
    void closed(ReasonCode reasonCode, String reason);

    /** What was written has gone to the network, or no longer does. */
    void writabilityChanged();
}
