package io.alicia.mqtt.broker.session;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the parcels of a message until every event loop has taken its own in, and thereby recorded what the store
 * should keep of it. Only then may the publisher ask whether everything is committed.
 */
final class Arrivals {

    /** One for whoever sends them out, so that it is never all before {@link #whenAll}. */
    private final AtomicInteger outstanding = new AtomicInteger(1);

    private @Nullable Runnable task;

    /** One more parcel is on its way. */
    void expect() {
        outstanding.incrementAndGet();
    }

    /** A parcel has arrived; from any thread. */
    void arrived() {
        // What was recorded before is seen by the thread that counts to zero.
        Runnable last = outstanding.decrementAndGet() == 0 ? task : null;
        if (last != null) {
            last.run();
        }
    }

    /** All parcels are on their way: runs {@code then} when the last has arrived, perhaps at once, on any thread. */
    void whenAll(Runnable then) {
        task = then;
        arrived();
    }
}
