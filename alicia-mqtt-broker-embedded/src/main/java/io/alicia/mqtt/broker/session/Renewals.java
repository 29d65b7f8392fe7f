package io.alicia.mqtt.broker.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the rules are being replaced. Who connects meanwhile waits, so that a client that comes after an operator's
 * SIGHUP is never let in by the rules from before it. Several may be under way at once; safe from any thread.
 */
public final class Renewals {

    private record UnderWay(int count, CompletableFuture<Void> end) {}

    private final AtomicReference<@Nullable UnderWay> underWay = new AtomicReference<>();

    private volatile Supplier<? extends CompletionStage<?>> heard = () -> CompletableFuture.completedStage(null);

    /**
     * Lets each log-in wait: the order to replace the rules may have been given before it, and be on its way.
     *
     * @param orders gives what completes when those that came until now were heard, and {@link #begin} was called; asked
     *     on event loops
     */
    public void after(Supplier<? extends CompletionStage<?>> orders) {
        heard = orders;
    }

    /** Runs a task for a log-in that comes now, when it may be judged: at once, or later on any thread. */
    void whenJudged(Runnable task) {
        heard.get().whenComplete((nothing, failure) -> whenDone(task));
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
