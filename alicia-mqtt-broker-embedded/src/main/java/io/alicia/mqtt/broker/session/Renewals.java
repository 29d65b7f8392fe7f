package io.alicia.mqtt.broker.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether the rules are being replaced. Who connects meanwhile waits, so that a client that comes after an operator's
 * SIGHUP is never let in by the rules from before it. Several may be under way at once; safe from any thread.
 */
public final class Renewals {

    /** Log-ins with less than this between them follow each other. */
    private static final long PAUSE_MILLIS = 10;

    private record UnderWay(int count, CompletableFuture<Void> end) {}

    private final AtomicReference<@Nullable UnderWay> underWay = new AtomicReference<>();

    private final InstantSource clock;
    private final Timers timers;
    private volatile long graceMillis;
    private volatile long graceEndsMillis;
    private volatile long lastLogInMillis;

    Renewals(InstantSource clock, Timers timers) {
        this.clock = clock;
        this.timers = timers;
    }

    /**
     * Lets the first log-in after a pause wait, and who comes meanwhile: the order to replace the rules may have been given
     * before it, and be on its way.
     *
     * @param grace how long; zero for not at all, as it is at first
     */
    public void grace(Duration grace) {
        graceMillis = grace.toMillis();
    }

    /** Runs a task for a log-in that comes now, when it may be judged: at once, after the grace, or later on any thread. */
    void whenJudged(BrokerLoop home, Runnable task) {
        long wait = graceMillis == 0 ? 0 : remainingGraceMillis(clock.millis());
        if (wait <= 0) {
            whenDone(task);
        } else {
            timers.schedule(home, Duration.ofMillis(wait), () -> whenDone(task));
        }
    }

    /** Two event loops may both begin one: that does no harm. */
    private long remainingGraceMillis(long now) {
        if (now - lastLogInMillis > PAUSE_MILLIS) {
            graceEndsMillis = now + graceMillis;
        }
        lastLogInMillis = now;
        return Math.min(graceEndsMillis - now, graceMillis);
    }

    /**
     * One begins.
     *
     * @return ends it; has to be run in any case, and does nothing when it is run again
     */
    public Runnable begin() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        underWay.updateAndGet(
                current -> current == null ? new UnderWay(1, end) : new UnderWay(current.count() + 1, current.end()));
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                end();
            }
        };
    }

    private void end() {
        UnderWay before = underWay.getAndUpdate(current ->
                current == null || current.count() == 1 ? null : new UnderWay(current.count() - 1, current.end()));
        if (before != null && before.count() == 1) {
            before.end().complete(null);
        }
    }

    /** Runs a task when none is under way: at once, or on the thread that ends the last one. */
    void whenDone(Runnable task) {
        UnderWay current = underWay.get();
        if (current == null) {
            task.run();
        } else {
            CompletionStage<Void> end = current.end();
            end.thenRun(task);
        }
    }
}
