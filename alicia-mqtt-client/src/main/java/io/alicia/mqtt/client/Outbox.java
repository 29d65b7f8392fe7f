package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.Outgoing.Place;
import io.alicia.mqtt.client.StoredMessage.Progress;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.ServerAddress;
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
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
final class Outbox implements Sending.Sender {

    private static final Logger LOGGER = LoggerFactory.getLogger(Outbox.class);

    /** Before everything that was published. */
    private static final long PRESENCE_SEQUENCE = -1;

    /** What becomes of most messages. */
    private static final PublishResult ACKNOWLEDGED = new PublishResult.Acknowledged(ReasonCode.SUCCESS);

    private final Lane lane;
    private final Scheduler time;
    private final OutboxStore store;
    private final Intake intake;
    private final OutboxQueue queue;
    private final UnderWay underWay;
    private final Endings endings;
    private final Deadlines deadlines;
    private final Trials trials;
    private final Handshakes handshakes;
    private @Nullable MqttConnection connection;
    private @Nullable CompletableSubject drained;
    private @Nullable Outgoing latestBirth;
    private long published;
    private boolean marking;
    private boolean closed;

    /** Tells callers their results through {@code results}; begins with what {@code store} has of an earlier process. */
    Outbox(
            Lane lane,
            Scheduler time,
            InstantSource wallClock,
            Executor results,
            OfflineQueue bounds,
            OutboxStore store,
            int sendMaximum,
            ClientCounts counts) {
        this.lane = lane;
        this.time = time;
        this.store = store;
        this.queue = new OutboxQueue(bounds, counts);
        this.underWay = new UnderWay(sendMaximum, bounds, counts);
        this.handshakes = new Handshakes(lane, store);
        this.endings = new Endings(lane, time, queue, store, handshakes, counts);
        this.intake = new Intake(lane, time, wallClock, results, new Arrivals(bounds, counts), endings, this::accept);
        this.deadlines = new Deadlines(lane, time, queue, underWay, endings, this::sendWaiting);
        this.trials = new Trials(lane, time, queue, underWay, this::sendWaiting);
        store.whenMended(() -> lane.execute(this::storeIsMended));
        lane.execute(() -> store.restored().forEach(this::restore));
    }

    private void restore(OutboxStore.Restored restored) {
        Outgoing outgoing =
                intake.restored(restored, unattended(restored.message().message()));
        published = restored.sequence() + 1;
        if (outgoing.progress() != Progress.WAITING) {
            handshakes.restore(outgoing);
        } else {
            queue.putBack(outgoing);
            deadlines.watch(outgoing);
        }
    }

    /** Publishes when somebody subscribes; callable from anywhere, never blocks. */
    Single<PublishResult> publish(ApplicationMessage message, Duration deadline) {
        return intake.publish(message, deadline);
    }

    /** The same for what nobody else has a use for: once its caller disposes of it, it is sent no more. */
    Single<PublishResult> publishWhileWanted(ApplicationMessage message, Duration deadline) {
        return intake.publishWhileWanted(message, deadline, this::withdraw);
    }

    private void withdraw(Outgoing outgoing) {
        if (outgoing.place() == Place.QUEUED) {
            queue.takeIf(waiting -> waiting == outgoing); // not by its number: it may have none yet
            endings.end(outgoing, Endings.unsent(outgoing, new PublishResult.Dropped("its caller gave it up")));
        } else if (underWay.abandon(outgoing)) {
            endings.end(outgoing, new PublishResult.Unconfirmed("its caller gave it up"));
        }
    }

    /** Publishes after all that was published, whatever the bounds; the log alone is told what becomes of it. In the lane. */
    void publishLast(ApplicationMessage message, Duration deadline) {
        Outgoing outgoing = intake.outgoing(message, deadline, unattended(message));
        outgoing.sequence(published++);
        outgoing.markPresence();
        queue.putBack(outgoing);
        deadlines.watch(outgoing);
        sendWaiting();
    }

    /** In the place of a caller where there is none. */
    private SingleObserver<PublishResult> unattended(ApplicationMessage message) {
        return new InLane<>(
                lane,
                result -> {
                    if (result.isAcknowledged() || result instanceof PublishResult.Queued || isLeftover(result)) {
                        LOGGER.debug("{} was {}", message, result.description());
                    } else {
                        LOGGER.warn("{} was {}", message, result.description());
                    }
                },
                failure -> LOGGER.warn("{} was not published", message, failure));
    }

    /** At the end all of them are told of in one line, see {@link Leftovers}. */
    private boolean isLeftover(PublishResult result) {
        return closed && (result instanceof PublishResult.Dropped || result instanceof PublishResult.Unconfirmed);
    }

    private long nowMillis() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    private void accept(Outgoing outgoing) {
        outgoing.sequence(published++);
        if (outgoing.place() == Place.DONE) {
            LOGGER.debug("{} was given up before it was taken", outgoing.message());
        } else if (closed) {
            endings.finish(outgoing, Intake.clientIsClosed());
        } else if (connection != null && refuse(connection, outgoing)) {
            LOGGER.debug("{} is not for this server", outgoing.message());
        } else if (connection != null && trials.nextOrNull() == null && hasRoom(connection, outgoing)) {
            keepSoon(connection, outgoing);
            send(connection, outgoing);
            deadlines.watch(outgoing);
        } else {
            List<Outgoing> dropped = queue.add(outgoing);
            // First, so that the store writes both together: it would forget at its leisure.
            dropped.forEach(message -> endings.end(message, Endings.unsent(message, queueIsFull())));
            if (!dropped.contains(outgoing)) {
                store.keep(outgoing);
                deadlines.watch(outgoing);
            }
        }
    }

    /** What is under way for long is worth the disk, too, where another process could go on with it. */
    private void keepSoon(MqttConnection on, Outgoing outgoing) {
        handshakes.begin(on, outgoing);
        if (outgoing.packetIdentifier() != StoredMessage.NO_PACKET_IDENTIFIER) {
            outgoing.marked(true);
            outgoing.progress(Progress.SENT);
            store.keepSoon(outgoing);
        } else if (outgoing.qos() == Qos.AT_LEAST_ONCE) {
            store.keepSoon(outgoing);
        }
    }

    private PublishResult queueIsFull() {
        return connection == null ? new PublishResult.Dropped("the offline queue is full") : Intake.tooMuchAtOnce();
    }

    /** Ends what the server said at CONNACK that it does not take; tells whether it was that. */
    private boolean refuse(MqttConnection on, Outgoing outgoing) {
        PublishResult refusal = ServerLimits.refusal(on.connack(), outgoing);
        if (refusal != null) {
            endings.end(outgoing, refusal);
        }
        return refusal != null;
    }

    private boolean hasRoom(MqttConnection on, Outgoing outgoing) {
        return trials.admit(outgoing) && underWay.hasRoomFor(on, outgoing);
    }

    void connected(MqttConnection established, ServerAddress server) {
        connection = established;
        trials.connected();
        handshakes.connected(
                established,
                server,
                outgoing -> outgoing.isExpired(nowMillis()),
                outgoing -> send(established, outgoing));
        sendWaiting();
    }

    /** The same, with {@code birth} before everything else and whatever the bounds: the client is there, queue or not. */
    void connected(MqttConnection established, ServerAddress server, ApplicationMessage birth, Duration deadline) {
        Outgoing outgoing = intake.outgoing(birth, deadline, unattended(birth));
        outgoing.sequence(PRESENCE_SEQUENCE);
        outgoing.markPresence();
        Outgoing earlier = latestBirth;
        if (earlier != null) {
            outgoing.suspicionOf(earlier);
        }
        latestBirth = outgoing;
        if (!outgoing.suspicion().isProven()) {
            queue.putBack(outgoing);
            deadlines.watch(outgoing);
        }
        connected(established, server);
    }

    void disconnected(DisconnectCause cause) {
        connection = null;
        trials.disconnected(cause).ifPresent(verdict -> giveUp(verdict, cause));
        queue.takeIf(Outgoing::isPresence)
                .forEach(outgoing -> endings.finish(outgoing, new PublishResult.Dropped("the connection ended")));
        queue.all().stream().filter(Outgoing::isMarked).forEach(this::keepUnsent);
    }

    private void keepUnsent(Outgoing outgoing) {
        handshakes.waitsAgain(outgoing);
        store.keepUnsent(outgoing);
    }

    /** Packet Identifiers of handshakes that an earlier process began; empty: nobody keeps any. */
    Optional<Set<Integer>> unfinishedHandshakes(ServerAddress with) {
        return store.outlivesProcess() ? Optional.of(handshakes.unfinished(with)) : Optional.empty();
    }

    private void giveUp(Trials.Verdict verdict, DisconnectCause cause) {
        LOGGER.error(
                "{} is given up: the server ends the connection when it gets it (the last one was {})",
                verdict.culprit().message(),
                cause);
        endings.end(
                verdict.culprit(),
                new PublishResult.RefusedByServer(
                        verdict.reasonCode(),
                        Optional.of(cause.reasonString()
                                .filter(words -> cause.initiator() == DisconnectCause.Initiator.SERVER)
                                .orElse("it ends the connection when it gets this message"))));
    }

    /** Whether the next connection is better off without what the transport would send again on it. */
    boolean wantsInFlightForgotten() {
        return trials.wantInFlightForgotten();
    }

    private void sendWaiting() {
        Outgoing next = trials.nextOrNull();
        while (connection != null && !marking && next != null && hasRoom(connection, next)) {
            if (next.isExpired(nowMillis())) {
                queue.take(next);
                endings.end(next, Endings.unsent(next, new PublishResult.Expired()));
            } else if (refuse(connection, next)) {
                queue.take(next);
            } else if (next.qos() == Qos.EXACTLY_ONCE && next.isKept() && !next.isMarked()) {
                markNext(connection, next);
            } else {
                queue.take(next);
                send(connection, next);
            }
            next = trials.nextOrNull();
        }
        CompletableSubject waiting = drained;
        if (waiting != null
                && next == null
                && underWay.all().stream().noneMatch(outgoing -> outgoing.place() == Place.IN_FLIGHT)) {
            waiting.onComplete();
        }
    }

    /**
     * What was sent once must not look unsent to the next process, or QoS 2 would arrive twice. No more than there is room for:
     * what is marked and not sent would be lost with the process.
     */
    private void markNext(MqttConnection on, Outgoing first) {
        List<Outgoing> marked = underWay.thoseWithRoom(
                on,
                queue.all().stream()
                        .filter(outgoing ->
                                outgoing.qos() == Qos.EXACTLY_ONCE && outgoing.isKept() && !outgoing.isMarked())
                        .filter(outgoing -> outgoing == first || !outgoing.isAccused()));
        marked.forEach(outgoing -> {
            outgoing.marked(true);
            handshakes.begin(on, outgoing);
        });
        marking = true;
        store.markSent(
                marked,
                () -> lane.execute(() -> {
                    marking = false;
                    if (!store.isWorking()) {
                        marked.stream().filter(Outgoing::isOnDisk).forEach(this::hold);
                    }
                    sendWaiting();
                }));
    }

    /** The disk has it unmarked: sent now, it would be sent by the next process as well. */
    private void hold(Outgoing outgoing) {
        outgoing.held(true);
        keepUnsent(outgoing);
    }

    private void storeIsMended() {
        queue.all().forEach(outgoing -> outgoing.held(false));
        sendWaiting();
    }

    private void send(MqttConnection on, Outgoing outgoing) {
        outgoing.place(Place.IN_FLIGHT);
        outgoing.sentMillis(nowMillis());
        trials.sent(outgoing);
        underWay.add(outgoing);
        outgoing.inTransport(true);
        ApplicationMessage message = outgoing.messageAt(nowMillis());
        Optional<Qos> loweredTo = ServerLimits.lowered(on.connack(), message.qos());
        if (loweredTo.isPresent()) {
            message = message.toBuilder().qos(loweredTo.get()).build();
        }
        Single<PublishOutcome> publish = outgoing.packetIdentifier() == StoredMessage.NO_PACKET_IDENTIFIER
                ? on.publish(message)
                : on.publish(message, handshakes.of(outgoing));
        publish.subscribe(new Sending(lane, this, on, outgoing, loweredTo));
    }

    @Override
    public void sent(Outgoing outgoing, PublishOutcome outcome, Optional<Qos> loweredTo) {
        leftTransport(outgoing);
        if (outgoing.qos() != Qos.AT_MOST_ONCE && !outcome.reasonCode().isError()) {
            trials.acknowledged(outgoing);
        }
        endings.end(
                outgoing,
                outcome.reasonCode().isError()
                        ? new PublishResult.RefusedByServer(outcome.reasonCode(), outcome.reasonString())
                        : acknowledged(outcome.reasonCode(), loweredTo));
        sendWaiting();
    }

    private static PublishResult acknowledged(ReasonCode reasonCode, Optional<Qos> loweredTo) {
        return reasonCode == ReasonCode.SUCCESS && loweredTo.isEmpty()
                ? ACKNOWLEDGED
                : new PublishResult.Acknowledged(reasonCode, loweredTo);
    }

    /** The session ended under it: QoS 1 may be sent again, QoS 2 only if it certainly was not sent, QoS 0 never twice. */
    @Override
    public void notSent(MqttConnection on, Outgoing outgoing, Throwable failure) {
        leftTransport(outgoing);
        if (connection == on && failure instanceof SessionEndedException) {
            connection = null; // whatever else it is given fails as well: disconnected() is about to come
        }
        if (failure instanceof SessionEndedException ended && ended.isPossiblySent()) {
            outgoing.markPossiblySent();
        }
        if (outgoing.place() != Place.DONE) {
            if (!(failure instanceof SessionEndedException ended)) {
                endings.fail(outgoing, failure);
            } else if (closed) {
                endings.endAtClose(outgoing, ended.isPossiblySent());
            } else if (outgoing.isPresence()) {
                endings.finish(outgoing, Endings.unsent(outgoing, new PublishResult.Dropped("the connection ended")));
            } else if (outgoing.isResumed() && !ended.isPossiblySent()) {
                handshakes.notSent(outgoing);
            } else if (outgoing.qos() == Qos.AT_LEAST_ONCE || !ended.isPossiblySent()) {
                outgoing.place(Place.QUEUED);
                queue.putBack(outgoing);
                keepUnsent(outgoing);
                deadlines.watch(outgoing);
            } else {
                endings.end(outgoing, new PublishResult.Unconfirmed(String.valueOf(failure.getMessage())));
            }
        }
        sendWaiting();
    }

    private void leftTransport(Outgoing outgoing) {
        underWay.leave(outgoing);
        outgoing.inTransport(false);
        trials.leftTransport(outgoing);
        if (outgoing.place() == Place.DONE) {
            handshakes.ended(outgoing);
        }
    }

    /** Takes nothing new; completes when all that was taken has its result, but for what is not sent for now, see {@link Trials}. */
    Completable drain() {
        intake.close();
        closed = true;
        CompletableSubject waiting = CompletableSubject.create();
        drained = waiting;
        sendWaiting();
        return waiting;
    }

    /** Whatever has no result yet gets one. */
    void close() {
        intake.close();
        closed = true;
        connection = null;
        deadlines.stop();
        trials.stop();
        queue.takeIf(outgoing -> true).forEach(outgoing -> endings.endAtClose(outgoing, false));
        underWay.abandonAll().forEach(outgoing -> endings.endAtClose(outgoing, true));
        handshakes.all().forEach(outgoing -> {
            outgoing.markPossiblySent();
            endings.leftovers().add(outgoing);
        });
        sendWaiting();
    }

    /** What {@link #close} ended, and what lost its connection while this was drained. */
    Leftovers leftovers() {
        return endings.leftovers();
    }
}
