package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.Outgoing.Place;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

    /** With so many messages a look at all deadlines may cost a millisecond, so the next one waits as long. */
    private static final int MESSAGES_PER_MILLISECOND = 1_000;

    /** Before everything that was published. */
    private static final long PRESENCE_SEQUENCE = -1;

    /** Messages whose connection ended under them, and that each have to show that it was not for them. */
    private static final int SUSPECTS_AT_ONCE = 10;

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
    private long nextCheckMillis = Long.MAX_VALUE;
    private @Nullable CompletableSubject drained;
    private @Nullable Outgoing trial;
    private @Nullable Outgoing latestBirth;
    private @Nullable Disposable quietCheck;
    private long connectedMillis;
    private long sentWithQos0Millis = Long.MIN_VALUE;
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
            checkBy(outgoing);
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

    /** The same for what nobody else has a use for: once its caller disposes of it, it is sent no more. */
    Single<PublishResult> publishWhileWanted(ApplicationMessage message, Duration deadline) {
        return new Single<>() {
            @Override
            protected void subscribeActual(SingleObserver<? super PublishResult> caller) {
                Outgoing outgoing = outgoing(message, deadline, caller);
                caller.onSubscribe(Disposable.fromRunnable(() -> {
                    outgoing.dispose();
                    lane.execute(() -> withdraw(outgoing));
                }));
                lane.execute(() -> accept(outgoing));
            }
        };
    }

    private void withdraw(Outgoing outgoing) {
        if (outgoing.place() == Place.QUEUED) {
            queue.takeIf(waiting -> waiting == outgoing); // not by its number: it may have none yet
            end(outgoing, unsent(outgoing, new PublishResult.Dropped("its caller gave it up")));
        } else if (inFlight.remove(outgoing)) {
            end(outgoing, new PublishResult.Unconfirmed("its caller gave it up"));
        }
    }

    private Outgoing outgoing(
            ApplicationMessage message, Duration deadline, SingleObserver<? super PublishResult> caller) {
        long now = nowMillis();
        long millis = millis(deadline);
        return new Outgoing(
                message, now, Long.MAX_VALUE - now < millis ? Long.MAX_VALUE : now + millis, caller, results);
    }

    /** As near to {@code duration} as milliseconds get. */
    private static long millis(Duration duration) {
        try {
            return duration.toMillis();
        } catch (ArithmeticException beyond) {
            return duration.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }

    /** Publishes after all that was published, whatever the bounds; the log alone is told what becomes of it. In the lane. */
    void publishLast(ApplicationMessage message, Duration deadline) {
        Outgoing outgoing = outgoing(message, deadline, unattended(message));
        outgoing.sequence(published++);
        outgoing.markPresence();
        queue.putBack(outgoing);
        checkBy(outgoing);
        sendWaiting();
    }

    /** In the place of a caller where there is none. */
    private SingleObserver<PublishResult> unattended(ApplicationMessage message) {
        return new InLane<>(
                lane,
                result -> {
                    if (result.isAcknowledged()) {
                        LOGGER.debug("{} was {}", message, result.description());
                    } else {
                        LOGGER.warn("{} was {}", message, result.description());
                    }
                },
                failure -> LOGGER.warn("{} was not published", message, failure));
    }

    private long nowMillis() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    private void accept(Outgoing outgoing) {
        outgoing.sequence(published++);
        if (outgoing.place() == Place.DONE) {
            LOGGER.debug("{} was given up before it was taken", outgoing.message());
        } else if (closed) {
            finish(outgoing, new PublishResult.Dropped("the client is closed"));
        } else if (connection != null && ServerLimits.refusal(connection.connack(), outgoing) != null) {
            refuse(connection, outgoing);
        } else if (connection != null && queue.isEmpty() && hasRoom(connection, outgoing)) {
            if (outgoing.qos() == Qos.AT_LEAST_ONCE) {
                store.keepSoon(outgoing);
            }
            send(connection, outgoing);
            checkBy(outgoing);
        } else {
            List<Outgoing> dropped = queue.add(outgoing);
            // First, so that the store writes both together: it would forget at its leisure.
            dropped.forEach(message -> end(message, unsent(message, queueIsFull())));
            if (!dropped.contains(outgoing)) {
                store.keep(outgoing);
                checkBy(outgoing);
            }
        }
    }

    private PublishResult queueIsFull() {
        return new PublishResult.Dropped(
                connection == null
                        ? "the offline queue is full"
                        : "the queue is full: more was published at once than the connection takes");
    }

    /** {@code result} says that nothing was sent; where that is not certain it is not said. */
    private static PublishResult unsent(Outgoing outgoing, PublishResult result) {
        return outgoing.isPossiblySent()
                ? new PublishResult.Unconfirmed("the connection ended before it was acknowledged")
                : result;
    }

    /** Ends what the server said at CONNACK that it does not take; tells whether it was that. */
    private boolean refuse(MqttConnection on, Outgoing outgoing) {
        PublishResult refusal = ServerLimits.refusal(on.connack(), outgoing);
        if (refusal != null) {
            end(outgoing, refusal);
        }
        return refusal != null;
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
        if (trial != null) {
            return false;
        }
        if (outgoing.suspicion().isSuspect()) {
            return unacknowledged == 0 && unwritten == 0 && isQuiet();
        }
        return outgoing.qos() == Qos.AT_MOST_ONCE ? unwritten < UNWRITTEN_MAXIMUM : room(on) > 0;
    }

    /** Whether the connection holds without anything from here; if that is too soon to say it is asked again. */
    private boolean isQuiet() {
        long leftMillis = Suspicion.QUIET.toMillis() - (nowMillis() - connectedMillis);
        if (leftMillis > 0 && quietCheck == null) {
            quietCheck = time.scheduleDirect(
                    () -> lane.execute(() -> {
                        quietCheck = null;
                        sendWaiting();
                    }),
                    leftMillis,
                    TimeUnit.MILLISECONDS);
        }
        return leftMillis <= 0;
    }

    /** How many messages with QoS 1 and 2 may be sent now. */
    private int room(MqttConnection on) {
        return Math.min(sendMaximum, on.connack().receiveMaximum()) - unacknowledged;
    }

    void connected(MqttConnection established) {
        connection = established;
        connectedMillis = nowMillis();
        sendWaiting();
    }

    /** The same, with {@code birth} before everything else and whatever the bounds: the client is there, queue or not. */
    void connected(MqttConnection established, ApplicationMessage birth, Duration deadline) {
        Outgoing outgoing = outgoing(birth, deadline, unattended(birth));
        outgoing.sequence(PRESENCE_SEQUENCE);
        outgoing.markPresence();
        Outgoing earlier = latestBirth;
        if (earlier != null) {
            outgoing.suspicionOf(earlier);
        }
        latestBirth = outgoing;
        if (!outgoing.suspicion().isProven()) {
            queue.putBack(outgoing);
            checkBy(outgoing);
        }
        connected(established);
    }

    void disconnected(DisconnectCause cause) {
        connection = null;
        suspect(cause);
        queue.takeIf(Outgoing::isPresence)
                .forEach(outgoing -> finish(outgoing, new PublishResult.Dropped("the connection ended")));
        queue.all().stream().filter(Outgoing::isMarked).forEach(this::keepUnsent);
    }

    /** Looks for the message that the connection may have ended for. */
    private void suspect(DisconnectCause cause) {
        Disposable quiet = quietCheck;
        if (quiet != null) {
            quiet.dispose();
            quietCheck = null;
            queue.all().forEach(outgoing -> outgoing.suspicion().cleared());
        }
        List<Outgoing> underWay = inFlight.stream()
                .filter(outgoing -> outgoing.qos() != Qos.AT_MOST_ONCE)
                .toList();
        // What is proven and still with the transport ends this connection as well: nobody else is to be charged with
        // it.
        if (underWay.isEmpty()
                || underWay.stream().anyMatch(outgoing -> outgoing.suspicion().isProven())) {
            return;
        }
        Optional<ReasonCode> charge = Suspicion.charge(cause);
        Outgoing first = underWay.get(0);
        boolean alone = underWay.size() == 1 && (first == trial || sentWithQos0Millis < connectedMillis);
        if (first == trial) {
            first.suspicion().lostAlone(millisUnderWay(first));
        }
        if (first.suspicion().isProven() || (charge.isPresent() && alone)) {
            giveUp(first, charge.orElse(ReasonCode.UNSPECIFIED_ERROR), cause);
        } else if (first != trial) {
            // Servers take messages in order, so that the one at fault comes to the front of those that have no answer.
            underWay.stream().limit(SUSPECTS_AT_ONCE).forEach(outgoing -> {
                outgoing.suspicion().lost(millisUnderWay(outgoing));
                if (charge.isPresent()) {
                    outgoing.suspicion().charged();
                }
            });
        }
    }

    /** Since it was sent on the connection that ended: the transport sends again at once what the session had under way. */
    private long millisUnderWay(Outgoing outgoing) {
        return nowMillis() - Math.max(outgoing.sentMillis(), connectedMillis);
    }

    private void giveUp(Outgoing culprit, ReasonCode reasonCode, DisconnectCause cause) {
        LOGGER.error(
                "{} is given up: the server ends the connection when it gets it (the last one was {})",
                culprit.message(),
                cause);
        culprit.suspicion().proven();
        Stream.concat(queue.all().stream(), inFlight.stream())
                .filter(other -> other != culprit)
                .forEach(other -> other.suspicion().cleared());
        end(
                culprit,
                new PublishResult.RefusedByServer(
                        reasonCode,
                        Optional.of(cause.reasonString()
                                .filter(words -> cause.initiator() == DisconnectCause.Initiator.SERVER)
                                .orElse("it ends the connection when it gets this message"))));
    }

    /**
     * Whether the next connection is better off without what the transport would send again on it: it was the end of earlier ones.
     * Not while another one with QoS 2 is among it, whose handshake the transport alone can finish.
     */
    boolean wantsInFlightForgotten() {
        boolean feared = inFlight.stream()
                .anyMatch(outgoing ->
                        outgoing.suspicion().isSuspect() || outgoing.suspicion().isProven());
        return feared
                && inFlight.stream()
                        .noneMatch(outgoing -> outgoing.qos() == Qos.EXACTLY_ONCE
                                && !outgoing.suspicion().isProven());
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
                end(next, unsent(next, new PublishResult.Expired()));
            } else if (ServerLimits.refusal(connection.connack(), next) != null) {
                queue.take(next);
                refuse(connection, next);
            } else if (next.qos() == Qos.EXACTLY_ONCE && next.isKept() && !next.isMarked()) {
                markNext(connection);
            } else {
                queue.take(next);
                send(connection, next);
            }
            next = queue.firstOrNull();
        }
        CompletableSubject waiting = drained;
        if (waiting != null
                && queue.isEmpty()
                && inFlight.stream().noneMatch(outgoing -> outgoing.place() == Place.IN_FLIGHT)) {
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
        outgoing.sentMillis(nowMillis());
        if (outgoing.qos() == Qos.AT_MOST_ONCE) {
            sentWithQos0Millis = nowMillis();
        }
        if (outgoing.suspicion().isSuspect()) {
            trial = outgoing;
        }
        inFlight.add(outgoing);
        inTransport(outgoing, 1);
        ApplicationMessage message = outgoing.messageAt(nowMillis());
        Optional<Qos> loweredTo = ServerLimits.lowered(on.connack(), message.qos());
        if (loweredTo.isPresent()) {
            message = message.toBuilder().qos(loweredTo.get()).build();
        }
        on.publish(message)
                .subscribe(new InLane<>(
                        lane, outcome -> sent(outgoing, outcome, loweredTo), failure -> notSent(outgoing, failure)));
    }

    private void sent(Outgoing outgoing, PublishOutcome outcome, Optional<Qos> loweredTo) {
        leftTransport(outgoing);
        end(
                outgoing,
                outcome.reasonCode().isError()
                        ? new PublishResult.RefusedByServer(outcome.reasonCode(), outcome.reasonString())
                        : new PublishResult.Acknowledged(outcome.reasonCode(), loweredTo));
        sendWaiting();
    }

    /** The session ended under it: QoS 1 may be sent again, QoS 2 only if it certainly was not sent, QoS 0 never twice. */
    private void notSent(Outgoing outgoing, Throwable failure) {
        leftTransport(outgoing);
        if (failure instanceof SessionEndedException ended && ended.isPossiblySent()) {
            outgoing.markPossiblySent();
        }
        if (outgoing.place() != Place.DONE) {
            if (!(failure instanceof SessionEndedException ended)) {
                store.forget(outgoing);
                outgoing.fail(failure);
            } else if (closed) {
                endAtClose(outgoing, ended.isPossiblySent());
            } else if (outgoing.isPresence()) {
                finish(outgoing, unsent(outgoing, new PublishResult.Dropped("the connection ended")));
            } else if (outgoing.qos() == Qos.AT_LEAST_ONCE || !ended.isPossiblySent()) {
                outgoing.place(Place.QUEUED);
                queue.putBack(outgoing);
                keepUnsent(outgoing);
                checkBy(outgoing);
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
        if (possiblySent || outgoing.isPossiblySent()) {
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
        if (staysKept) {
            outgoing.place(Place.DONE);
            tellKept(
                    List.of(outgoing),
                    result,
                    possiblySent
                            ? new PublishResult.Unconfirmed("the client was closed")
                            : new PublishResult.Dropped("the client was closed, and the disk does not take it"));
        } else {
            finish(outgoing, result);
        }
    }

    /** Nobody is told that a message is on disk before it is; {@code otherwise} it does not get there. */
    private void tellKept(List<Outgoing> kept, PublishResult result, PublishResult otherwise) {
        store.whenWritten(() -> lane.execute(() -> kept.forEach(outgoing -> {
            if (outgoing.isOnDisk()) {
                tell(outgoing, result);
            } else if (outgoing.place() != Place.IN_FLIGHT) {
                queue.take(outgoing);
                tell(outgoing, unsent(outgoing, otherwise));
                outgoing.place(Place.DONE);
            }
        })));
    }

    private void leftTransport(Outgoing outgoing) {
        inTransport(outgoing, -1);
        inFlight.remove(outgoing);
        if (trial == outgoing) {
            trial = null;
        }
    }

    private void inTransport(Outgoing outgoing, int change) {
        if (outgoing.qos() == Qos.AT_MOST_ONCE) {
            unwritten += change;
        } else {
            unacknowledged += change;
            counts.unacknowledged().add(change);
        }
    }

    /** Has the deadlines looked at when {@code outgoing} is due, unless that is to happen sooner anyway. */
    private void checkBy(Outgoing outgoing) {
        if (outgoing.place() != Place.DONE) {
            checkAt(outgoing.dueMillis());
        }
    }

    private void checkAt(long millis) {
        if (millis >= nextCheckMillis) {
            return;
        }
        Disposable later = deadlineCheck;
        if (later != null) {
            later.dispose();
        }
        nextCheckMillis = millis;
        deadlineCheck = time.scheduleDirect(
                () -> lane.execute(this::deadlinesPassed), Math.max(0, millis - nowMillis()), TimeUnit.MILLISECONDS);
    }

    private void deadlinesPassed() {
        deadlineCheck = null;
        nextCheckMillis = Long.MAX_VALUE;
        long now = nowMillis();
        queue.takeIf(outgoing -> outgoing.isExpired(now) || (outgoing.isOverdue(now) && !outgoing.isKept()))
                .forEach(outgoing -> end(outgoing, unsent(outgoing, new PublishResult.Expired())));
        List<Outgoing> waitOnDisk = queue.all().stream()
                .filter(outgoing -> outgoing.isOverdue(now) && !outgoing.isTold())
                .toList();
        if (!waitOnDisk.isEmpty()) {
            tellKept(waitOnDisk, new PublishResult.Queued(), new PublishResult.Expired());
        }
        List<Outgoing> overdue = inFlight.stream()
                .filter(outgoing -> outgoing.isOverdue(now) && !outgoing.isTold())
                .toList();
        overdue.forEach(outgoing -> {
            PublishResult result = new PublishResult.Unconfirmed("no acknowledgement before the deadline");
            if (outgoing.isKept()) {
                tell(outgoing, result);
            } else {
                finish(outgoing, result);
            }
        });
        sendWaiting();
        long next = Stream.concat(queue.all().stream(), inFlight.stream())
                .filter(outgoing -> outgoing.place() != Place.QUEUED || !outgoing.isOverdue(now)) // see tellKept
                .mapToLong(Outgoing::dueMillis)
                .min()
                .orElse(Long.MAX_VALUE);
        checkAt(Math.max(next, now + 1 + (queue.size() + inFlight.size()) / MESSAGES_PER_MILLISECOND));
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
