package io.alicia.mqtt.broker.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much all sessions together hold: messages that wait or are not acknowledged, subscriptions, wills, and themselves.
 * Each session has limits of its own, but there may be any number of sessions. Safe for any number of threads; a few bytes more than the maximum may be
 * taken by threads that ask at once.
 */
final class MessageBudget {

    /** What a message weighs besides its payload, topic and properties. */
    private static final int MESSAGE_BYTES = 256;

    private final long maximumBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    MessageBudget(long maximumBytes) {
        this.maximumBytes = maximumBytes;
    }

    boolean hasRoomFor(Outgoing outgoing) {
        return hasRoomFor(weight(outgoing));
    }

    boolean hasRoomFor(long bytes) {
        return heldBytes.get() + bytes <= maximumBytes;
    }

    /** Something that is no message is kept from now on, or with a negative number no longer. */
    void add(long bytes) {
        heldBytes.addAndGet(bytes);
    }

    /** A session holds the message from now on. */
    void take(Outgoing outgoing) {
        heldBytes.addAndGet(weight(outgoing));
    }

    /** A session is done with a message that it held. */
    void giveBack(Outgoing outgoing) {
        heldBytes.addAndGet(-weight(outgoing));
    }

    long heldBytes() {
        return heldBytes.get();
    }

    private static long weight(Outgoing outgoing) {
        return outgoing.message.weightBytes() + MESSAGE_BYTES;
    }
}
