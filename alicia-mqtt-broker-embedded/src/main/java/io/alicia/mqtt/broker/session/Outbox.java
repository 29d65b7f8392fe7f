package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.store.StoredOutgoing.Stage;
import io.alicia.mqtt.protocol.Qos;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a session has to send: messages that wait, and QoS 1 and 2 messages {@linkplain InFlight on their way}. After a
 * reconnect everything unacknowledged is sent again in its order before anything new [MQTT-4.4.0-1], [MQTT-4.6.0-1].
 * Belongs to the session's event loop.
 */
final class Outbox implements DeliveryAnswers.Outcome {

    private final Supplier<SessionSettings> settings;
    private final InstantSource clock;
    private final Predicate<Message> mayReceive;
    private final BiConsumer<Message, DropCause> dropped;
    private final SessionJournal journal;
    private final MessageBudget budget;
    private final WaitingMessages waiting;
    /** What waits for retained messages that are older; behind all of {@link #waiting}. */
    private final WaitingMessages postponed;

    private final InFlight inFlight;
    private final CommittedSending sending;
    private final DeliveryAnswers answers;
    private final MissedRetained missedRetained = new MissedRetained();
    private boolean keepsQos0Messages;

    private @Nullable Wire wire;

    /**
     * An empty outbox.
     *
     * @param settings the limits, which may change
     * @param mayReceive asked again for messages that waited: the session's client may have lost the right meanwhile
     * @param dropped told of messages that are not sent
     * @param journal told of what is to survive
     * @param budget what all sessions share
     */
    Outbox(
            Supplier<SessionSettings> settings,
            InstantSource clock,
            Predicate<Message> mayReceive,
            BiConsumer<Message, DropCause> dropped,
            SessionJournal journal,
            MessageBudget budget) {
        this.settings = settings;
        this.clock = clock;
        this.mayReceive = mayReceive;
        this.dropped = dropped;
        this.journal = journal;
        this.budget = budget;
        this.waiting = new WaitingMessages();
        this.postponed = new WaitingMessages();
        this.inFlight = new InFlight(settings);
        this.sending = new CommittedSending(journal, inFlight, () -> wire, this::unsendable, this::pump);
        this.answers = new DeliveryAnswers(inFlight, this);
    }

    /**
     * What the session had before a restart.
     *
     * @param messages those that wait in their order, and those on their way in the order of their sending
     * @param lastRecorded the Packet Identifier that had been used last when the session was recorded
     * @param behindRetained tells of a message that waits whether retained messages have to be sent before it
     */
    void restore(Iterable<Outgoing> messages, int lastRecorded, Predicate<Message> behindRetained) {
        inFlight.identifiers().countFrom(lastRecorded);
        for (Outgoing outgoing : messages) {
            hold(outgoing);
            if (outgoing.stage != Stage.WAITING) {
                inFlight.restore(outgoing);
            } else if (behindRetained.test(outgoing.message)) {
                postponed.add(outgoing);
            } else {
                waiting.add(outgoing);
            }
        }
    }

    /** A client is there: sends what was left unacknowledged, then what waits. */
    void attach(Wire newWire) {
        wire = newWire;
        inFlight.attach(newWire);
        pump();
    }

    /** The client is gone. */
    void detach() {
        wire = null;
        inFlight.detach();
        if (!keepsQos0Messages()) {
            // Those that waited for retained messages: there is no client any more that they could wait for.
            dropWaitingQos0Messages();
        }
    }

    /** Whether a client is there that messages are sent to. */
    boolean isAttached() {
        return wire != null;
    }

    /** Whether messages with this QoS wait for a client that is away. */
    boolean keeps(Qos qos) {
        return qos != Qos.AT_MOST_ONCE || keepsQos0Messages();
    }

    /** Whether QoS 0 messages wait for a client that is away. */
    boolean keepsQos0Messages() {
        return keepsQos0Messages || settings.get().queueQos0Messages();
    }

    /** Whether a QoS 1 or 2 message would be sent at once. */
    boolean isReady() {
        return wire != null && waiting.isEmpty() && !inFlight.isResending() && inFlight.isWindowOpen();
    }

    /** Messages that wait. */
    int waitingCount() {
        return waiting.size() + postponed.size();
    }

    /** Messages that wait or are unacknowledged. */
    int size() {
        return waitingCount() + inFlight.size();
    }

    /** What those weigh. */
    long bytes() {
        long bytes = waiting.bytes() + postponed.bytes();
        for (Outgoing outgoing : inFlight.all()) {
            bytes += outgoing.bytes();
        }
        return bytes;
    }

    /** Takes a message: sends it, lets it wait or drops it. */
    void offer(Outgoing outgoing) {
        if (outgoing.qos == Qos.AT_MOST_ONCE) {
            offerAtMostOnce(outgoing);
        } else if (!budget.hasRoomFor(outgoing)) {
            drop(outgoing, DropCause.QUEUE_FULL);
        } else if (wire != null && isReady() && wire.isWritable()) {
            send(outgoing, wire);
        } else {
            enqueue(outgoing, waiting);
        }
    }

    /** Takes a message that must not overtake the retained messages that are being offered. */
    void postpone(Outgoing outgoing) {
        if (outgoing.qos == Qos.AT_MOST_ONCE && wire == null && !keepsQos0Messages()) {
            drop(outgoing, DropCause.CLIENT_AWAY);
        } else {
            enqueue(outgoing, postponed);
        }
    }

    /** The retained messages have been offered. */
    void sendPostponed() {
        if (postponed.isEmpty()) {
            return;
        }
        for (Outgoing outgoing = postponed.peek(); outgoing != null; outgoing = postponed.peek()) {
            postponed.remove();
            if (outgoing.qos == Qos.AT_MOST_ONCE) {
                sendPostponedAtMostOnce(outgoing);
            } else {
                waiting.add(outgoing);
                // Also after a crash it comes behind the retained messages, which began to wait later.
                journal.last(outgoing);
            }
        }
        pump();
    }

    /** At once, as those that come after it will go: it must not wait for the window behind others. */
    private void sendPostponedAtMostOnce(Outgoing outgoing) {
        if (outgoing.message.isExpired(clock.millis())) {
            discard(outgoing, DropCause.EXPIRED);
        } else if (!mayReceive.test(outgoing.message)) {
            discard(outgoing, DropCause.RECEIVE_DENIED);
        } else {
            letGo(outgoing);
            journal.finished(outgoing);
            offerAtMostOnce(outgoing);
        }
    }

    private void offerAtMostOnce(Outgoing outgoing) {
        if (wire == null) {
            if (keepsQos0Messages()) {
                enqueue(outgoing, waiting);
            } else {
                drop(outgoing, DropCause.CLIENT_AWAY);
            }
        } else if (wire.isCongested()) {
            drop(outgoing, DropCause.SLOW_SUBSCRIBER);
        } else if (waiting.hasAtMostOnce()) {
            // Kept for the client while it was away: what came later must not overtake that [MQTT-4.6.0-5].
            enqueue(outgoing, waiting);
        } else {
            sending.publish(outgoing, wire, false);
        }
    }

    private void enqueue(Outgoing outgoing, WaitingMessages queue) {
        if (!hasRoomFor(outgoing) || !budget.hasRoomFor(outgoing)) {
            drop(outgoing, DropCause.QUEUE_FULL);
            return;
        }
        hold(outgoing);
        queue.add(outgoing);
        if (outgoing.qos != Qos.AT_MOST_ONCE || keepsQos0Messages()) {
            journal.outgoing(outgoing);
        }
    }

    private boolean hasRoomFor(Outgoing outgoing) {
        return waitingCount() < settings.get().maxQueuedMessages()
                && waiting.bytes() + postponed.bytes() + outgoing.bytes()
                        <= settings.get().maxQueuedBytes();
    }

    private void drop(Outgoing outgoing, DropCause cause) {
        missedRetained.note(outgoing);
        dropped.accept(outgoing.message, cause);
    }

    /** Which retained messages it had no room for. */
    MissedRetained missedRetained() {
        return missedRetained;
    }

    /** Tells of each message that waits or is on its way. */
    void forEach(Consumer<Message> action) {
        inFlight.forEach(outgoing -> action.accept(outgoing.message));
        waiting.forEach(outgoing -> action.accept(outgoing.message));
        postponed.forEach(outgoing -> action.accept(outgoing.message));
    }

    /** Sends as much as window and network allow. */
    void pump() {
        Wire now = wire;
        if (now != null && resend(now)) {
            sendWaiting(now);
        }
    }

    /** {@return whether nothing is left of what has to go out again first} */
    private boolean resend(Wire now) {
        Outgoing outgoing = inFlight.nextToResend();
        while (outgoing != null && now.isWritable()) {
            if (outgoing.stage == Stage.RELEASED) {
                sending.release(outgoing);
            } else if (!mayReceive.test(outgoing.message)) {
                inFlight.remove(outgoing);
                discard(outgoing, DropCause.RECEIVE_DENIED);
            } else if (!inFlight.isWindowOpen()) {
                return false;
            } else {
                inFlight.resend(outgoing);
                sending.publish(outgoing, now, true);
            }
            inFlight.resent();
            outgoing = inFlight.nextToResend();
        }
        return outgoing == null;
    }

    private void sendWaiting(Wire now) {
        Outgoing outgoing = waiting.peek();
        while (outgoing != null && now.isWritable()) {
            if (outgoing.qos != Qos.AT_MOST_ONCE && !inFlight.isWindowOpen()) {
                return;
            }
            waiting.remove();
            if (outgoing.message.isExpired(clock.millis())) {
                useUpPacketIdentifier(outgoing);
                discard(outgoing, DropCause.EXPIRED);
            } else if (!mayReceive.test(outgoing.message)) {
                useUpPacketIdentifier(outgoing);
                discard(outgoing, DropCause.RECEIVE_DENIED);
            } else if (outgoing.qos == Qos.AT_MOST_ONCE) {
                letGo(outgoing);
                journal.finished(outgoing);
                sending.publish(outgoing, now, false);
            } else {
                send(outgoing, now);
            }
            outgoing = waiting.peek();
        }
    }

    private void discard(Outgoing outgoing, DropCause cause) {
        letGo(outgoing);
        journal.finished(outgoing);
        dropped.accept(outgoing.message, cause);
    }

    private void hold(Outgoing outgoing) {
        if (!outgoing.held) {
            outgoing.held = true;
            budget.take(outgoing);
        }
    }

    private void letGo(Outgoing outgoing) {
        if (outgoing.held) {
            outgoing.held = false;
            budget.giveBack(outgoing);
        }
    }

    private void send(Outgoing outgoing, Wire to) {
        hold(outgoing);
        inFlight.begin(outgoing);
        journal.sending(outgoing);
        sending.publish(outgoing, to, false);
    }

    private void unsendable(Outgoing outgoing, DropCause cause) {
        dropped.accept(outgoing.message, cause);
        if (outgoing.stage == Stage.PUBLISHED) {
            inFlight.remove(outgoing);
            letGo(outgoing);
            journal.finished(outgoing);
        }
    }

    /** {@return the Packet Identifier that was used last, 0 for none} */
    int lastPacketIdentifier() {
        return inFlight.identifiers().last();
    }

    /** Goes on counting from there, as Mosquitto does over a restart. */
    void countFrom(int packetIdentifier) {
        inFlight.identifiers().countFrom(packetIdentifier);
    }

    /** Mosquitto numbers messages when they begin to wait: those that are never sent leave a gap. */
    private void useUpPacketIdentifier(Outgoing outgoing) {
        if (outgoing.qos != Qos.AT_MOST_ONCE) {
            inFlight.identifiers().next();
        }
    }

    /** What its client answers. */
    DeliveryAnswers answers() {
        return answers;
    }

    @Override
    public void received(Outgoing outgoing) {
        journal.outgoing(outgoing);
        sending.release(outgoing);
    }

    @Override
    public void refused(Outgoing outgoing) {
        dropped.accept(outgoing.message, DropCause.REFUSED_BY_CLIENT);
        finished(outgoing);
    }

    @Override
    public void unknown(int packetIdentifier) {
        sending.release(packetIdentifier);
    }

    @Override
    public void finished(Outgoing outgoing) {
        inFlight.remove(outgoing);
        letGo(outgoing);
        journal.finished(outgoing);
        inFlight.forgetResending(outgoing);
        pump();
    }

    /** A wire that keeps what it has was told that the message arrived, or will never be taken. */
    void reported(Outgoing outgoing) {
        if (inFlight.contains(outgoing)) {
            finished(outgoing);
        }
    }

    /** A wire that keeps what it has lost the message: it goes out again, before anything new. */
    void returned(Outgoing outgoing) {
        outgoing.handedOver = false;
        if (inFlight.contains(outgoing) && wire != null) {
            inFlight.returned(outgoing);
            pump();
        }
    }

    /** Whether QoS 0 messages wait as well, whatever the broker's setting. */
    void keepQos0Messages(boolean keep) {
        keepsQos0Messages = keep;
        if (wire == null && !keepsQos0Messages()) {
            dropWaitingQos0Messages();
        }
    }

    private void dropWaitingQos0Messages() {
        Predicate<Outgoing> goes = outgoing -> {
            if (outgoing.qos != Qos.AT_MOST_ONCE) {
                return false;
            }
            letGo(outgoing);
            journal.finished(outgoing);
            drop(outgoing, DropCause.CLIENT_AWAY);
            return true;
        };
        waiting.removeIf(goes);
        postponed.removeIf(goes);
    }

    /**
     * Takes out messages of shared subscriptions that another member may have: those that wait, and QoS 1 messages on
     * their way. A QoS 2 message on its way stays for its client alone [MQTT-4.8.2-4], [MQTT-4.8.2-5].
     *
     * @param handedOn takes a message over and tells the journal, or refuses to
     */
    void handOnShared(Predicate<Outgoing> handedOn) {
        for (Outgoing outgoing : inFlight.all()) {
            if (outgoing.sharedFilter != null && outgoing.qos == Qos.AT_LEAST_ONCE && handedOn.test(outgoing)) {
                letGo(outgoing);
                inFlight.remove(outgoing);
            }
        }
        Predicate<Outgoing> goes = outgoing -> {
            if (outgoing.sharedFilter == null || !handedOn.test(outgoing)) {
                return false;
            }
            letGo(outgoing);
            return true;
        };
        waiting.removeIf(goes);
        postponed.removeIf(goes);
    }

    /** Forgets everything; what was not acknowledged is lost. */
    void clear() {
        postponed.forEach(waiting::add);
        postponed.clear();
        waiting.forEach(outgoing -> dropped.accept(outgoing.message, DropCause.SESSION_ENDED));
        inFlight.forEach(outgoing -> {
            // A released message has reached the client; only its handshake is not finished.
            if (outgoing.stage == Stage.PUBLISHED) {
                dropped.accept(outgoing.message, DropCause.SESSION_ENDED);
            }
        });
        waiting.forEach(this::letGo);
        inFlight.forEach(this::letGo);
        waiting.clear();
        inFlight.clear();
    }
}
