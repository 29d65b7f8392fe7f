package io.alicia.mqtt.broker.listener;

import java.util.concurrent.atomic.AtomicInteger;

/** How many connections there may be at once. Safe for any number of threads. */
final class ConnectionLimit {

    private volatile int maximum;
    private final AtomicInteger open = new AtomicInteger();

    /** At most {@code maximum}; -1 for no limit. */
    ConnectionLimit(int maximum) {
        this.maximum = orUnlimited(maximum);
    }

    /** Another limit from now on; those who are in stay. */
    void change(int changed) {
        maximum = orUnlimited(changed);
    }

    private static int orUnlimited(int maximum) {
        return maximum < 0 ? Integer.MAX_VALUE : maximum;
    }

    /** Whether one more is allowed; then {@link #leave} is owed. */
    boolean enter() {
        if (open.incrementAndGet() <= maximum) {
            return true;
        }
        open.decrementAndGet();
        return false;
    }

    void leave() {
        open.decrementAndGet();
    }
}
