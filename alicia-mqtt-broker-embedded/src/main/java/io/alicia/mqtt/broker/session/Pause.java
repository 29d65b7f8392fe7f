package io.alicia.mqtt.broker.session;

/** Why a {@link Connection} is not read. */
enum Pause {
    /** CONNECT is being answered. */
    HANDSHAKE(false),
    /** Another event loop has to catch up first. */
    MAILBOX(true),
    /** The store has to catch up first. */
    STORE(true),
    /** Other large packets have to arrive first. */
    ROOM(true),
    /** The client does not read what it causes. */
    OUTPUT(false),
    /** Retained messages are being sent. */
    RETAINED(true),
    /** A test holds a packet up. */
    GATE(false);

    private final boolean causedByBroker;

    Pause(boolean causedByBroker) {
        this.causedByBroker = causedByBroker;
    }

    /** Whether it is no sign that the client is gone if nothing is heard of it meanwhile. */
    boolean causedByBroker() {
        return causedByBroker;
    }
}
