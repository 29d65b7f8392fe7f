package io.alicia.mqtt.testkit.time;

import io.alicia.mqtt.broker.TaskScheduler;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * A clock that stands still until a test moves it, for broker and clients alike: what expires, waits or repeats in either does
 * so when {@link #pass} reaches its time, and never before.
 *
 * <pre>{@code
 * VirtualTime time = new VirtualTime();
 * TestBroker broker = TestBroker.builder().time(time).start();
 * AliciaMqtt app = broker.connect("mobile_app");
 * time.pass(Duration.ofMinutes(5));
 * }</pre>
 *
 * <p>What the network itself waits for (a connection attempt, Keep Alive of the HiveMQ transport) stays in real time. Begins
 * at 2026-01-01T00:00Z. Safe for several threads; {@link #pass} runs what is due on the calling one.
 */
public final class VirtualTime implements InstantSource, TaskScheduler {

    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final TestScheduler scheduler = new TestScheduler(BEGINNING.toEpochMilli(), TimeUnit.MILLISECONDS);

    /** A clock at its beginning. */
    public VirtualTime() {}

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    /** The same time for whoever wants an RxJava scheduler, as a client's builder does. */
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        Disposable scheduled = scheduler.scheduleDirect(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return scheduled::dispose;
    }

    /** Lets so much time pass; what becomes due is run in its order, each at its own time. */
    public void pass(Duration duration) {
        scheduler.advanceTimeBy(duration.toNanos(), TimeUnit.NANOSECONDS);
    }
}
