package io.alicia.mqtt.broker.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much all sessions together hold: messages that wait, are not acknowledged or not released, subscriptions, wills,
 * topics with aliases, and themselves. Each session has limits of its own, but there may be any number of sessions. Safe
 * for any number of threads; a few bytes more than the maximum may be taken by threads that ask at once.
 */
final class MessageBudget {

    private final long maximumBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    MessageBudget(long maximumBytes) {
        this.maximumBytes = maximumBytes;
    }

    boolean hasRoomFor(Outgoing outgoing) {
        return hasRoomFor(Weights.ofHeld(outgoing.message));
    }

    /** Whether something may take so many bytes more; what takes no more always may. */
    boolean hasRoomFor(long bytes) {
        return bytes <= 0 || heldBytes.get() + bytes <= maximumBytes;
    }

    /** Something of so many bytes is kept from now on, or with a negative number no longer. */
    void add(long bytes) {
        heldBytes.addAndGet(bytes);
    }

    /** A session holds the message from now on. */
    void take(Outgoing outgoing) {
        heldBytes.addAndGet(Weights.ofHeld(outgoing.message));
    }

    /** A session is done with a message that it held. */
    void giveBack(Outgoing outgoing) {
        heldBytes.addAndGet(-Weights.ofHeld(outgoing.message));
    }

    long heldBytes() {
        return heldBytes.get();
    }
}
