package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.protocol.ReasonCode;

/** Who holds a session: a {@link Client} over the network or a {@link LocalClient} of this process. */
interface SessionClient extends Wire {

    /** The name of the listener that it came by, empty for none. */
    String listener();

    /** Another client has the session now; it decided on the will already. */
    void takenOver();

    /** Something went wrong inside: better no client than one whose state nobody knows. */
    void fail();

    /** Ends it, telling it why as far as it can be told. */
    void close(ReasonCode reasonCode, String reason);

    /** Whether what it sends is to wait, as the session still has retained messages to send. */
    default void holdUp(boolean hold) {}

    /** Packets written and not taken by the network yet. */
    default int unsentPackets() {
        return 0;
    }

    /** Their bytes. */
    default long unsentBytes() {
        return 0;
    }
}
