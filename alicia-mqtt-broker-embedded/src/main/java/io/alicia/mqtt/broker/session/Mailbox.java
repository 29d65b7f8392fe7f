package io.alicia.mqtt.broker.session;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What other event loops have for this one: any loop puts parcels in with one compare-and-set, the first one wakes
 * the loop, which takes all at once. A loop that lags behind makes publishers stop reading, so the box stays bounded.
 */
final class Mailbox {

    private static final int PARCELS_PER_PASS = 1024;
    private static final long HIGH_WATER_BYTES = 32L << 20;
    /** What a parcel weighs besides its payload. */
    private static final int PARCEL_BYTES = 256;

    private final Executor loop;
    private final AtomicReference<@Nullable Parcel> newest = new AtomicReference<>();
    private final AtomicLong backlogBytes = new AtomicLong();
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    /** Taken out and not delivered yet, oldest first; the loop's own. */
    private @Nullable Parcel taken;

    Mailbox(Executor loop) {
        this.loop = loop;
    }

    /** From any thread. */
    void put(Parcel parcel) {
        backlogBytes.addAndGet(parcel.bytes() + PARCEL_BYTES);
        while (true) {
            Parcel before = newest.get();
            parcel.next = before;
            if (newest.compareAndSet(before, parcel)) {
                if (before == null) {
                    loop.execute(this::drain);
                }
                return;
            }
        }
    }

    /** Whether whoever fills it should wait; from any thread. */
    boolean isFull() {
        return backlogBytes.get() > HIGH_WATER_BYTES;
    }

    /** Runs {@code task} when it is no longer full, perhaps at once; from any thread, on any thread. */
    void whenNotFull(Runnable task) {
        waiting.add(task);
        if (!isFull()) {
            wakeWaiting();
        }
    }

    private void wakeWaiting() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }

    private void drain() {
        if (taken == null) {
            taken = oldestFirst(newest.getAndSet(null));
        }
        long delivered = 0;
        for (int i = 0; i < PARCELS_PER_PASS && taken != null; i++) {
            Parcel parcel = taken;
            taken = parcel.next;
            parcel.next = null;
            parcel.deliver();
            delivered += parcel.bytes() + PARCEL_BYTES;
        }
        backlogBytes.addAndGet(-delivered);
        if (!waiting.isEmpty() && !isFull()) {
            wakeWaiting();
        }
        if (taken != null) {
            // The sockets of this loop get their turn before the rest.
            loop.execute(this::drain);
        }
    }

    private static @Nullable Parcel oldestFirst(@Nullable Parcel newestFirst) {
        Parcel oldest = null;
        Parcel rest = newestFirst;
        while (rest != null) {
            Parcel following = rest.next;
            rest.next = oldest;
            oldest = rest;
            rest = following;
        }
        return oldest;
    }
}
