package io.alicia.mqtt.broker.cli;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the signals that came until now were heard. The JVM hears of a signal over several threads, and on a busy
 * machine that takes longer than a client needs to connect behind it. It hands signals on one after the other, though: when
 * one that we raise ourselves comes out at the other end, the ones before it have, and the threads that handle them run.
 *
 * <p>Two are raised, the second when the first was heard: the first may be faster than one that the system has not yet told
 * the JVM of, and brings it along. Who asks meanwhile shares the next pair. Raising them takes a part of a millisecond, so
 * nobody waits as long as the system says that no signal has come since. Safe from any thread, and blocks none.
 */
final class SignalBarrier implements Supplier<CompletionStage<Void>> {

    private static final int RAISED = 2;
    private static final int LOOKS = 20;
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long UNKNOWN = -1;

    private final Runnable raise;
    private final Runnable finish;
    private final @Nullable Supplier<OptionalLong> idle;
    private final Duration patience;
    private final AtomicReference<@Nullable CompletableFuture<Void>> waiting = new AtomicReference<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<@Nullable Round> round = new AtomicReference<>();
    private volatile boolean hears;
    private volatile boolean givenUp;
    /** What {@link #idle} gave when all signals had been heard. */
    private volatile long quiet = UNKNOWN;

    private record Round(AtomicInteger unheard, CompletableFuture<Void> end) {}

    /**
     * Nothing was asked yet.
     *
     * @param raise raises the signal of which {@link #heard} is told
     * @param finish waits for the threads that handle the signals that were handed on; may block
     * @param idle gives a number that changes with each signal, and nothing while one may be on its way; null where the
     *     system does not tell
     * @param patience how long at most somebody waits; if nothing was ever heard then, nobody waits any more
     */
    SignalBarrier(Runnable raise, Runnable finish, @Nullable Supplier<OptionalLong> idle, Duration patience) {
        this.raise = raise;
        this.finish = finish;
        this.idle = idle;
        this.patience = patience;
    }

    /** {@return completes, on any thread, when the signals from before were heard} */
    @Override
    public CompletionStage<Void> get() {
        if (givenUp || isQuiet()) {
            return CompletableFuture.completedStage(null);
        }
        CompletableFuture<Void> passed =
                waiting.updateAndGet(known -> known == null ? new CompletableFuture<>() : known);
        if (asked.getAndIncrement() == 0) {
            begin();
        }
        return passed;
    }

    private boolean isQuiet() {
        long known = quiet;
        return known != UNKNOWN && idle != null && idle.get().equals(OptionalLong.of(known));
    }

    /** All signals from before are heard when this is done, unless more of them come all the time. */
    private void awaitQuiet() {
        for (int i = 0; i < LOOKS && idle != null; i++) {
            OptionalLong now = idle.get();
            if (now.isPresent()) {
                finish.run();
                quiet = now.getAsLong();
                return;
            }
            // Our own signal has just come out, and the thread that handed it on is about to wait again.
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for what follows the end
    private void begin() {
        int answered = asked.get();
        CompletableFuture<Void> passed = waiting.getAndSet(null);
        if (passed == null) {
            // Who asked was in time for the pair before.
            next(answered);
            return;
        }
        CompletableFuture<Void> end =
                new CompletableFuture<Void>().completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
        round.set(new Round(new AtomicInteger(RAISED), end));
        end.whenComplete((nothing, failure) -> {
            round.set(null);
            if (!hears) {
                giveUp();
            }
            passed.complete(null);
            next(answered);
        });
        raise.run();
    }

    private void next(int answered) {
        if (asked.addAndGet(-answered) != 0) {
            begin();
        }
    }

    /** Nothing is waited for any more: this JVM leaves signals to the system ({@code -Xrs}), or the system has none. */
    void giveUp() {
        givenUp = true;
    }

    /** Our own signal came out; called on a thread that may block. */
    void heard() {
        hears = true;
        Round current = round.get();
        if (current == null) {
            return;
        }
        if (current.unheard().decrementAndGet() <= 0) {
            finish.run();
            awaitQuiet();
            current.end().complete(null);
        } else {
            raise.run();
        }
    }
}
