package io.alicia.mqtt.client;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells callers their results on threads that may block. One thread tells one result after the other as long as none of them
 * blocks, since waking a thread for each costs more than all the rest; when one does, another thread takes over the rest. Only a
 * result that comes while another is told may have to wait for that, so a timer, which has a thread of its own to wake, is set for
 * such ones alone.
 */
final class Results implements Executor {

    private static final Logger LOGGER = LoggerFactory.getLogger(Results.class);
    private static final Duration PATIENCE = Duration.ofMillis(5);

    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger tellers = new AtomicInteger();
    private final AtomicLong told = new AtomicLong();
    private final AtomicBoolean watched = new AtomicBoolean();
    private final AtomicReference<@Nullable ScheduledFuture<?>> watch = new AtomicReference<>();

    Results(Executor threads, ScheduledExecutorService timer) {
        this.threads = threads;
        this.timer = timer;
    }

    /** Runs {@code result} soon. */
    @Override
    public void execute(Runnable result) {
        waiting.add(result);
        if (tellers.get() == 0 && tellers.compareAndSet(0, 1)) {
            startTelling();
        } else {
            watch();
        }
    }

    private void startTelling() {
        try {
            threads.execute(this::tell);
        } catch (RejectedExecutionException e) {
            LOGGER.debug("the client is closed; its last results are told where they arise", e);
            tell();
        } catch (Error e) {
            tellers.decrementAndGet(); // or nobody would begin again
            throw e;
        }
    }

    private void tell() {
        try {
            tellAll();
        } finally {
            tellers.decrementAndGet();
        }
        // What came between the last poll and the decrement found a teller and started none.
        if (!waiting.isEmpty() && tellers.compareAndSet(0, 1)) {
            startTelling();
            watch();
        }
    }

    private void tellAll() {
        Runnable result = waiting.poll();
        while (result != null) {
            try {
                result.run();
            } catch (Throwable failure) { // those of the others are to be told all the same
                LOGGER.error("a caller failed at its result", failure);
            }
            told.incrementAndGet();
            result = waiting.poll();
        }
    }

    private void watch() {
        if (watched.get() || !watched.compareAndSet(false, true)) {
            return;
        }
        long before = told.get();
        try {
            watch.set(timer.schedule(() -> look(before), PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            LOGGER.debug("the client is closed; nobody watches its last results any more", e);
        } catch (Error e) { // "unable to create native thread", of a client that was not started
            LOGGER.debug("there is no thread to watch the results", e);
            watched.set(false);
        }
    }

    private void look(long toldBefore) {
        watched.set(false);
        if (tellers.get() == 0) {
            return;
        }
        if (!waiting.isEmpty() && told.get() == toldBefore) {
            tellers.incrementAndGet();
            startTelling();
        }
        watch();
    }
}
