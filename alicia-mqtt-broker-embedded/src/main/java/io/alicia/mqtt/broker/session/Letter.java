package io.alicia.mqtt.broker.session;

import org.jspecify.annotations.Nullable;

/** What a {@link Mailbox} carries from one event loop to another; the mailbox links those that wait. */
abstract class Letter {

    @Nullable
    Letter next;

    /** What it weighs while it waits. */
    abstract long bytes();

    /** Does what it is for, on the loop that it was sent to. */
    abstract void deliver();
}
