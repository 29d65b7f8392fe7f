package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.Outgoing.Place;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every message from the caller's publish to its result: sent at once while there is a connection and room in flight, kept in
 * a bounded queue while not, ended by its deadline in any case. With an {@link OutboxStore} that keeps it, the deadline ends
 * the caller's wait alone. Confined to the client's {@link Lane}.
 *
 * <p>The transport gets no more than the server's Receive Maximum allows, and only while a connection is up.
 */
final class Outbox {

    private static final Logger LOGGER = LoggerFactory.getLogger(Outbox.class);

    private static final Duration DEADLINE_CHECK = Duration.ofMillis(100);

    /** QoS 0 messages that the transport may hold until the network has taken them. */
    private static final int UNWRITTEN_MAXIMUM = 1_024;

    private final Lane lane;
    private final Scheduler time;
    private final Executor results;
    private final int sendMaximum;
    private final OutboxQueue queue;
    private final OutboxStore store;
    private final ClientCounts counts;
    private final Set<Outgoing> inFlight = new LinkedHashSet<>();
    private @Nullable MqttConnection connection;
    private @Nullable Disposable deadlineCheck;
    private @Nullable CompletableSubject drained;
    private long published;
    private int unacknowledged;
    private int unwritten;
    private boolean marking;
    private boolean closed;

    /** Tells callers their results through {@code results}; begins with what {@code store} has of an earlier process. */
    Outbox(
            Lane lane,
            Scheduler time,
            Executor results,
            OfflineQueue bounds,
            OutboxStore store,
            int sendMaximum,
            ClientCounts counts) {
        this.lane = lane;
        this.time = time;
        this.results = results;
        this.sendMaximum = sendMaximum;
        this.queue = new OutboxQueue(bounds, counts);
        this.store = store;
        this.counts = counts;
        lane.execute(() -> store.restored().forEach(this::restore));
    }

    private void restore(OutboxStore.Restored restored) {
        StoredMessage kept = restored.message();
        Outgoing outgoing = new Outgoing(
                kept.message(), kept.acceptedMillis(), Long.MAX_VALUE, unattended(kept.message()), results);
        outgoing.sequence(restored.sequence());
        outgoing.markRestored();
        published = restored.sequence() + 1;
        if (kept.sent()) {
            LOGGER.warn("{} was under way when the process ended; it may have arrived, so it is not sent again", kept);
            store.forget(outgoing);
        } else {
            queue.putBack(outgoing);
            checkDeadlines();
        }
    }

    /** Publishes when somebody subscribes; callable from anywhere, never blocks. */
    Single<PublishResult> publish(ApplicationMessage message, Duration deadline) {
        return new Single<>() {
            @Override
            protected void subscribeActual(SingleObserver<? super PublishResult> caller) {
                Outgoing outgoing = outgoing(message, deadline, caller);
                caller.onSubscribe(outgoing);
                lane.execute(() -> accept(outgoing));
            }
        };
    }

    private Outgoing outgoing(
            ApplicationMessage message, Duration deadline, SingleObserver<? super PublishResult> caller) {
        long now = nowMillis();
        long deadlineMillis = Long.MAX_VALUE - now < deadline.toMillis() ? Long.MAX_VALUE : now + deadline.toMillis();
        return new Outgoing(message, now, deadlineMillis, caller, results);
    }

    /** Publishes at once, without telling anybody but the log what becomes of it; in the lane. */
    void publishNow(ApplicationMessage message, Duration deadline) {
        accept(outgoing(message, deadline, unattended(message)));
    }

    /** In the place of a caller where there is none. */
    private SingleObserver<PublishResult> unattended(ApplicationMessage message) {
        return new InLane<>(
                lane,
                result -> LOGGER.debug("{} was {}", message, result.description()),
                failure -> LOGGER.warn("{} was not published", message, failure));
    }

    private long nowMillis() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    private void accept(Outgoing outgoing) {
        outgoing.sequence(published++);
        if (closed) {
            finish(outgoing, new PublishResult.Dropped("the client is closed"));
        } else if (connection != null && queue.isEmpty() && hasRoom(connection, outgoing)) {
            if (outgoing.qos() == Qos.AT_LEAST_ONCE) {
                store.keepSoon(outgoing);
            }
            send(connection, outgoing);
            checkDeadlines();
        } else {
            List<Outgoing> dropped = queue.add(outgoing);
            // First, so that the store writes both together: it would forget at its leisure.
            dropped.forEach(message -> end(message, new PublishResult.Dropped("the offline queue is full")));
            if (!dropped.contains(outgoing)) {
                store.keep(outgoing);
            }
            checkDeadlines();
        }
    }

    private void finish(Outgoing outgoing, PublishResult result) {
        if (outgoing.place() != Place.DONE) {
            tell(outgoing, result);
            outgoing.place(Place.DONE);
        }
    }

    private void tell(Outgoing outgoing, PublishResult result) {
        if (outgoing.tell(result)) {
            counts.published(result, outgoing.isRestored() ? 0 : nowMillis() - outgoing.acceptedMillis());
        }
    }

    private void end(Outgoing outgoing, PublishResult result) {
        store.forget(outgoing);
        finish(outgoing, result);
    }

    private boolean hasRoom(MqttConnection on, Outgoing outgoing) {
        return outgoing.qos() == Qos.AT_MOST_ONCE ? unwritten < UNWRITTEN_MAXIMUM : room(on) > 0;
    }

    /** How many messages with QoS 1 and 2 may be sent now. */
    private int room(MqttConnection on) {
        return Math.min(sendMaximum, on.connack().receiveMaximum()) - unacknowledged;
    }

    void connected(MqttConnection established) {
        connection = established;
        sendWaiting();
    }

    void disconnected() {
        connection = null;
        queue.all().stream().filter(Outgoing::isMarked).forEach(this::keepUnsent);
    }

    private void keepUnsent(Outgoing outgoing) {
        outgoing.marked(false);
        store.keep(outgoing);
    }

    private void sendWaiting() {
        Outgoing next = queue.firstOrNull();
        while (connection != null && !marking && next != null && hasRoom(connection, next)) {
            if (next.isExpired(nowMillis())) {
                queue.take(next);
                end(next, new PublishResult.Expired());
            } else if (next.qos() == Qos.EXACTLY_ONCE && next.isKept() && !next.isMarked()) {
                markNext(connection);
            } else {
                queue.take(next);
                send(connection, next);
            }
            next = queue.firstOrNull();
        }
        CompletableSubject waiting = drained;
        if (waiting != null && queue.isEmpty() && inFlight.isEmpty()) {
            waiting.onComplete();
        }
    }

    /**
     * What was sent once must not look unsent to the next process, or QoS 2 would arrive twice. No more than there is room for:
     * what is marked and not sent would be lost with the process.
     */
    private void markNext(MqttConnection on) {
        List<Outgoing> next = queue.all().stream()
                .filter(outgoing -> outgoing.qos() == Qos.EXACTLY_ONCE && outgoing.isKept() && !outgoing.isMarked())
                .limit(room(on))
                .toList();
        next.forEach(outgoing -> outgoing.marked(true));
        marking = true;
        store.markSent(
                next,
                () -> lane.execute(() -> {
                    marking = false;
                    sendWaiting();
                }));
    }

    private void send(MqttConnection on, Outgoing outgoing) {
        outgoing.place(Place.IN_FLIGHT);
        inFlight.add(outgoing);
        inTransport(outgoing, 1);
        ApplicationMessage message = outgoing.messageAt(nowMillis());
        Qos maximumQos = on.connack().maximumQos();
        if (message.qos().compareTo(maximumQos) > 0) {
            message = message.toBuilder().qos(maximumQos).build();
        }
        on.publish(message)
                .subscribe(
                        new InLane<>(lane, outcome -> sent(outgoing, outcome), failure -> notSent(outgoing, failure)));
    }

    private void sent(Outgoing outgoing, PublishOutcome outcome) {
        leftTransport(outgoing);
        end(
                outgoing,
                outcome.reasonCode().isError()
                        ? new PublishResult.RefusedByServer(outcome.reasonCode(), outcome.reasonString())
                        : new PublishResult.Acknowledged(outcome.reasonCode()));
        sendWaiting();
    }

    /** The session ended under it: QoS 1 may be sent again, QoS 2 only if it certainly was not sent, QoS 0 never twice. */
    private void notSent(Outgoing outgoing, Throwable failure) {
        leftTransport(outgoing);
        if (outgoing.place() != Place.DONE) {
            if (!(failure instanceof SessionEndedException ended)) {
                store.forget(outgoing);
                outgoing.fail(failure);
            } else if (closed) {
                endAtClose(outgoing, ended.isPossiblySent());
            } else if (outgoing.qos() == Qos.AT_LEAST_ONCE || !ended.isPossiblySent()) {
                outgoing.place(Place.QUEUED);
                queue.putBack(outgoing);
                keepUnsent(outgoing);
            } else {
                end(outgoing, new PublishResult.Unconfirmed(String.valueOf(failure.getMessage())));
            }
        }
        sendWaiting();
    }

    /** What is kept and may be sent again stays where it is, for the next process. */
    private void endAtClose(Outgoing outgoing, boolean possiblySent) {
        boolean staysKept = outgoing.isKept() && (!possiblySent || outgoing.qos() == Qos.AT_LEAST_ONCE);
        PublishResult result;
        if (possiblySent) {
            result = new PublishResult.Unconfirmed(
                    staysKept ? "the client was closed; it is sent again by the next one" : "the client was closed");
        } else {
            result = staysKept ? new PublishResult.Queued() : new PublishResult.Dropped("the client was closed");
        }
        if (!staysKept) {
            store.forget(outgoing);
        } else if (outgoing.isMarked()) {
            keepUnsent(outgoing);
        }
        finish(outgoing, result);
    }

    private void leftTransport(Outgoing outgoing) {
        inTransport(outgoing, -1);
        inFlight.remove(outgoing);
    }

    private void inTransport(Outgoing outgoing, int change) {
        if (outgoing.qos() == Qos.AT_MOST_ONCE) {
            unwritten += change;
        } else {
            unacknowledged += change;
            counts.unacknowledged().add(change);
        }
    }

    private void checkDeadlines() {
        if (deadlineCheck == null && !(queue.isEmpty() && inFlight.isEmpty())) {
            deadlineCheck = time.scheduleDirect(
                    () -> lane.execute(this::deadlinesPassed), DEADLINE_CHECK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void deadlinesPassed() {
        deadlineCheck = null;
        long now = nowMillis();
        queue.takeIf(outgoing -> outgoing.isExpired(now) || (outgoing.isOverdue(now) && !outgoing.isKept()))
                .forEach(outgoing -> end(outgoing, new PublishResult.Expired()));
        queue.all().stream()
                .filter(outgoing -> outgoing.isOverdue(now))
                .forEach(outgoing -> tell(outgoing, new PublishResult.Queued()));
        List<Outgoing> overdue = inFlight.stream()
                .filter(outgoing -> outgoing.isOverdue(now) && !outgoing.isTold())
                .toList();
        overdue.forEach(outgoing -> {
            PublishResult result = new PublishResult.Unconfirmed("no acknowledgement before the deadline");
            if (outgoing.isKept()) {
                tell(outgoing, result);
            } else {
                inFlight.remove(outgoing);
                finish(outgoing, result);
            }
        });
        sendWaiting();
        checkDeadlines();
    }

    /** Takes nothing new; completes when all that was taken has its result. */
    Completable drain() {
        closed = true;
        CompletableSubject waiting = CompletableSubject.create();
        drained = waiting;
        sendWaiting();
        return waiting;
    }

    /** Whatever has no result yet gets one. */
    void close() {
        closed = true;
        connection = null;
        Disposable check = deadlineCheck;
        if (check != null) {
            check.dispose();
        }
        queue.takeIf(outgoing -> true).forEach(outgoing -> endAtClose(outgoing, false));
        List<Outgoing> open = List.copyOf(inFlight);
        inFlight.clear();
        open.forEach(outgoing -> endAtClose(outgoing, true));
        sendWaiting();
    }
}
