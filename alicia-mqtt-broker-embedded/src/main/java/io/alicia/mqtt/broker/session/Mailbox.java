package io.alicia.mqtt.broker.session;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other event loops have for this one: any loop puts letters in with one compare-and-set, the first one wakes
 * the loop, which takes all at once. A loop that lags behind makes publishers stop reading, so the box stays bounded.
 */
final class Mailbox {

    private static final int LETTERS_PER_PASS = 1024;
    /** What a letter weighs besides its payload. */
    private static final int LETTER_BYTES = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final Executor loop;
    private final long highWaterBytes;
    private final AtomicReference<@Nullable Letter> newest = new AtomicReference<>();
    private final AtomicLong backlogBytes = new AtomicLong();
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    /** Taken out and not delivered yet, oldest first; the loop's own. */
    private @Nullable Letter taken;

    /**
     * An empty one.
     *
     * @param loop runs what is delivered
     * @param highWaterBytes how much may be in it before whoever adds to it should wait
     */
    Mailbox(Executor loop, long highWaterBytes) {
        this.loop = loop;
        this.highWaterBytes = highWaterBytes;
    }

    /** From any thread. */
    void put(Letter letter) {
        backlogBytes.addAndGet(letter.bytes() + LETTER_BYTES);
        while (true) {
            Letter before = newest.get();
            letter.next = before;
            if (newest.compareAndSet(before, letter)) {
                if (before == null) {
                    wake();
                }
                return;
            }
        }
    }

    private void wake() {
        try {
            loop.execute(this::drain);
        } catch (RejectedExecutionException e) {
            // The broker stops and the loop has ended: there is nobody left whom the letter could reach.
            LOG.debug("a message was not delivered: {}", e.toString());
        }
    }

    /** Whether whoever fills it should wait; from any thread. */
    boolean isFull() {
        return backlogBytes.get() > highWaterBytes;
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
        try {
            for (int i = 0; i < LETTERS_PER_PASS && taken != null; i++) {
                Letter letter = taken;
                taken = letter.next;
                letter.next = null;
                delivered += letter.bytes() + LETTER_BYTES;
                letter.deliver();
            }
        } finally {
            // Also after what no letter may throw, such as the want of memory: the rest would never be delivered.
            delivered(delivered);
        }
    }

    private void delivered(long bytes) {
        backlogBytes.addAndGet(-bytes);
        if (!waiting.isEmpty() && !isFull()) {
            wakeWaiting();
        }
        if (taken != null) {
            // The sockets of this loop get their turn before the rest.
            loop.execute(this::drain);
        }
    }

    private static @Nullable Letter oldestFirst(@Nullable Letter newestFirst) {
        Letter oldest = null;
        Letter rest = newestFirst;
        while (rest != null) {
            Letter following = rest.next;
            rest.next = oldest;
            oldest = rest;
            rest = following;
        }
        return oldest;
    }
}
