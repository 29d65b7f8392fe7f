package io.alicia.mqtt.testkit.fault;

import io.alicia.mqtt.broker.TaskScheduler;
import io.alicia.mqtt.broker.fault.CrossingPacket;
import io.alicia.mqtt.broker.fault.Passage;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A {@link Fault} that was given to {@link Faults}. Safe for several threads. */
public final class InjectedFault implements AutoCloseable {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private final Fault fault;
    private final TaskScheduler scheduler;
    private final BooleanSupplier dice;
    private final AtomicInteger left;
    private final AtomicInteger hits = new AtomicInteger();
    private final CountDownLatch firstHit = new CountDownLatch(1);
    private final Queue<CompletableFuture<Void>> held = new ConcurrentLinkedQueue<>();
    private volatile boolean lifted;

    InjectedFault(Fault fault, TaskScheduler scheduler, int times, BooleanSupplier dice) {
        this.fault = fault;
        this.scheduler = scheduler;
        this.left = new AtomicInteger(times);
        this.dice = dice;
    }

    /** Whether it happens to {@code packet}; counts if so. */
    boolean hits(CrossingPacket packet) {
        boolean hit = !lifted
                && fault.packets().include(packet)
                && dice.getAsBoolean()
                && left.getAndUpdate(times -> times > 0 ? times - 1 : 0) > 0;
        if (hit) {
            hits.incrementAndGet();
        }
        return hit;
    }

    Passage passage() {
        if (fault instanceof Fault.Hold hold) {
            CompletableFuture<Void> released = new CompletableFuture<>();
            held.add(released);
            Runnable stop = scheduler.schedule(() -> released.complete(null), hold.duration());
            CompletableFuture<Void> mayPass = released.thenRun(stop);
            if (lifted) {
                released.complete(null);
            }
            firstHit.countDown();
            return Passage.holdUntil(mayPass);
        }
        firstHit.countDown();
        return fault instanceof Fault.Drop ? Passage.drop() : Passage.cut();
    }

    /** How many packets it has happened to. */
    public int hits() {
        return hits.get();
    }

    /**
     * Returns when it has happened to a packet, at once if it has before; blocks until then.
     *
     * @throws AssertionError if it does not happen within five seconds
     */
    public void awaitHit() {
        try {
            if (!firstHit.await(DEFAULT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("within " + DEFAULT_TIMEOUT.toSeconds() + " s nothing crossed to " + fault);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a packet to " + fault, e);
        }
    }

    /** It does not happen any more, and what is held up may go on. */
    public void lift() {
        lifted = true;
        CompletableFuture<Void> waiting = held.poll();
        while (waiting != null) {
            waiting.complete(null);
            waiting = held.poll();
        }
    }

    /** {@link #lift()}. */
    @Override
    public void close() {
        lift();
    }

    /** What it is, and how often it has happened. */
    @Override
    public String toString() {
        return fault + " (" + hits.get() + " times so far)";
    }
}
