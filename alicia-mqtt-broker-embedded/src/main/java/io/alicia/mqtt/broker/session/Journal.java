package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.store.Change;
import io.alicia.mqtt.broker.store.Store;
import io.alicia.mqtt.topic.TopicName;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way to the {@link Store}. If the store needs nothing recorded, all of it costs one look at a final field. Safe for
 * any number of threads.
 */
final class Journal {

    private static final String SYS = "$SYS/";

    private final Store store;
    private final boolean on;
    private final AtomicLong lastNumber;

    Journal(Store store) {
        this.store = store;
        this.on = !store.commitsAtOnce();
        this.lastNumber = new AtomicLong(on ? store.contents().lastNumber() : 0);
    }

    /** Whether anything has to be recorded. */
    boolean isOn() {
        return on;
    }

    Store store() {
        return store;
    }

    /** A number that nothing else has or had. */
    long nextNumber() {
        return lastNumber.incrementAndGet();
    }

    /** The last of those numbers: what has a larger one begins to exist after this was asked. */
    long lastNumber() {
        return lastNumber.get();
    }

    void record(Change change) {
        store.record(change);
    }

    /** A topic's retained message changed; the broker's own topics are made anew at each start. */
    void retained(TopicName topic, RetainedMessages messages) {
        if (on && !topic.value().startsWith(SYS)) {
            store.record(new Change.Retained(topic, () -> messages.storedOrNull(topic)));
        }
    }
}
