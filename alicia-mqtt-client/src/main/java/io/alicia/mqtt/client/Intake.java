package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.message.ApplicationMessage;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How messages get into the outbox, from any thread and without a wait: at once while the client's {@link Lane} is free, and by a
 * bounded way, {@link Arrivals}, while it is not.
 */
final class Intake {

    private final Lane lane;
    private final Scheduler time;
    private final InstantSource wallClock;
    private final Executor results;
    private final Arrivals arrivals;
    private final Endings endings;
    private final Consumer<Outgoing> accept;
    private volatile boolean closed;

    /** Gives each message to {@code accept}, in the lane and in the order of arrival; callers are told through {@code results}. */
    Intake(
            Lane lane,
            Scheduler time,
            InstantSource wallClock,
            Executor results,
            Arrivals arrivals,
            Endings endings,
            Consumer<Outgoing> accept) {
        this.lane = lane;
        this.time = time;
        this.wallClock = wallClock;
        this.results = results;
        this.arrivals = arrivals;
        this.endings = endings;
        this.accept = accept;
    }

    /** Publishes when somebody subscribes. */
    Single<PublishResult> publish(ApplicationMessage message, Duration deadline) {
        return new Single<>() {
            @Override
            protected void subscribeActual(SingleObserver<? super PublishResult> caller) {
                Outgoing outgoing = outgoing(message, deadline, caller);
                caller.onSubscribe(outgoing);
                submit(outgoing);
            }
        };
    }

    /** The same for what nobody else has a use for: {@code withdraw} is given it, in the lane, once its caller disposes of it. */
    Single<PublishResult> publishWhileWanted(
            ApplicationMessage message, Duration deadline, Consumer<Outgoing> withdraw) {
        return new Single<>() {
            @Override
            protected void subscribeActual(SingleObserver<? super PublishResult> caller) {
                Outgoing outgoing = outgoing(message, deadline, caller);
                caller.onSubscribe(Disposable.fromRunnable(() -> {
                    outgoing.dispose();
                    lane.execute(() -> withdraw.accept(outgoing));
                }));
                submit(outgoing);
            }
        };
    }

    private void submit(Outgoing outgoing) {
        if (closed) {
            endings.finish(outgoing, clientIsClosed());
        } else if (!arrivals.isEmpty() || !lane.tryExecute(accept, outgoing)) {
            List<Outgoing> dropped = arrivals.add(outgoing);
            dropped.forEach(message -> endings.finish(message, tooMuchAtOnce()));
            if (dropped.isEmpty()) { // or those that are there have the steps of those that are not
                lane.execute(this::acceptArrived);
            }
        }
    }

    private void acceptArrived() {
        Outgoing next = arrivals.pollOrNull();
        if (next != null) {
            accept.accept(next);
        }
    }

    /** A message that is published now, and not submitted: the outbox has a place for it. */
    Outgoing outgoing(ApplicationMessage message, Duration deadline, SingleObserver<? super PublishResult> caller) {
        long now = time.now(TimeUnit.MILLISECONDS);
        Outgoing.Accepted accepted = new Outgoing.Accepted(now, wallClock.millis());
        return new Outgoing(message, accepted, Deadlines.end(now, deadline), caller, results);
    }

    /** One that an earlier process has left, and that has no deadline any more. */
    Outgoing restored(OutboxStore.Restored restored, SingleObserver<? super PublishResult> caller) {
        StoredMessage kept = restored.message();
        // By the time of day, which alone two processes have in common; a clock that is behind says nothing of it.
        long waitedMillis = Math.max(0, wallClock.millis() - kept.acceptedMillis());
        Outgoing outgoing = new Outgoing(
                kept.message(),
                new Outgoing.Accepted(time.now(TimeUnit.MILLISECONDS) - waitedMillis, kept.acceptedMillis()),
                Long.MAX_VALUE,
                caller,
                results);
        outgoing.sequence(restored.sequence());
        outgoing.markRestored(kept);
        return outgoing;
    }

    /** Takes nothing new, after what has arrived by now. In the lane. */
    void close() {
        for (int left = arrivals.size(); left > 0; left--) {
            acceptArrived();
        }
        closed = true;
    }

    static PublishResult tooMuchAtOnce() {
        return new PublishResult.Dropped("the queue is full: more was published at once than the connection takes");
    }

    static PublishResult clientIsClosed() {
        return new PublishResult.Dropped("the client is closed");
    }
}
