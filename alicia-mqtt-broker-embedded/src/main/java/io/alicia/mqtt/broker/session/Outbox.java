package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.store.StoredOutgoing.Stage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a session has to send: messages that wait, and QoS 1 and 2 messages on their way in the order in which they were
 * first sent. After a
 * reconnect everything unacknowledged is sent again in that order before anything new [MQTT-4.4.0-1], [MQTT-4.6.0-1].
 * Belongs to the session's event loop.
 */
final class Outbox {

    private final Supplier<SessionSettings> settings;
    private final InstantSource clock;
    private final Predicate<Message> mayReceive;
    private final BiConsumer<Message, DropCause> dropped;
    private final SessionJournal journal;
    private final MessageBudget budget;
    private final WaitingMessages waiting;
    /** What waits for retained messages that are older; behind all of {@link #waiting}. */
    private final WaitingMessages postponed;

    private final SendWindow window;
    private final Map<Integer, Outgoing> inFlight = new LinkedHashMap<>();
    private final ArrayDeque<Outgoing> resending = new ArrayDeque<>();
    private final PacketIdentifiers identifiers = new PacketIdentifiers(inFlight::containsKey);
    private boolean keepsQos0Messages;
    /** Messages that are sent when they are committed. */
    private int uncommitted;
    /** Topics whose retained message did not get in here; null if nobody asks. */
    private @Nullable Set<TopicName> missedRetained;

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
        this.window = new SendWindow(settings);
    }

    /**
     * What the session had before a restart.
     *
     * @param messages those that wait in their order, and those on their way in the order of their sending
     * @param lastRecorded the Packet Identifier that had been used last when the session was recorded
     */
    void restore(Iterable<Outgoing> messages, int lastRecorded) {
        identifiers.countFrom(lastRecorded);
        for (Outgoing outgoing : messages) {
            hold(outgoing);
            if (outgoing.stage == Stage.WAITING) {
                waiting.add(outgoing);
            } else {
                inFlight.put(outgoing.packetIdentifier, outgoing);
                identifiers.countFrom(outgoing.packetIdentifier);
            }
        }
    }

    /** A client is there: sends what was left unacknowledged, then what waits. */
    void attach(Wire newWire) {
        wire = newWire;
        window.openFor(newWire.receiveMaximum());
        resending.clear();
        for (Outgoing outgoing : inFlight.values()) {
            outgoing.inWindow = false;
            if (outgoing.handedOver && newWire.keepsWhatItHas()) {
                window.occupy(outgoing);
            } else {
                outgoing.handedOver = false;
                resending.add(outgoing);
            }
        }
        pump();
    }

    /** The client is gone. */
    void detach() {
        wire = null;
        resending.clear();
        if (!keepsQos0Messages()) {
            // Those that waited for retained messages: there is no client any more that they could wait for.
            dropWaitingQos0Messages();
        }
    }

    /** Whether a client is there that messages are sent to. */
    boolean isAttached() {
        return wire != null;
    }

    /** Whether QoS 0 messages wait for a client that is away. */
    boolean keepsQos0Messages() {
        return keepsQos0Messages || settings.get().queueQos0Messages();
    }

    /** Whether a QoS 1 or 2 message would be sent at once. */
    boolean isReady() {
        return wire != null && waiting.isEmpty() && resending.isEmpty() && windowIsOpen();
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
        for (Outgoing outgoing : inFlight.values()) {
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
            publish(outgoing, wire, false);
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
        if (missedRetained != null && outgoing.retain) {
            missedRetained.add(outgoing.message.topic());
        }
        dropped.accept(outgoing.message, cause);
    }

    /** Remembers from now on which retained messages it had no room for; there are no more of them than topics. */
    void noteMissedRetained() {
        if (missedRetained == null) {
            missedRetained = new HashSet<>();
        }
    }

    /** The topics whose retained message did not get in since this was asked last. */
    Set<TopicName> takeMissedRetained() {
        Set<TopicName> taken = missedRetained == null ? Set.of() : Set.copyOf(missedRetained);
        if (missedRetained != null) {
            missedRetained.clear();
        }
        return taken;
    }

    /** Tells of each message that waits or is on its way. */
    void forEach(Consumer<Message> action) {
        inFlight.values().forEach(outgoing -> action.accept(outgoing.message));
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
        while (now.isWritable() && !resending.isEmpty()) {
            Outgoing outgoing = resending.peek();
            if (outgoing.stage == Stage.RELEASED) {
                release(outgoing);
            } else if (!mayReceive.test(outgoing.message)) {
                inFlight.remove(outgoing.packetIdentifier);
                discard(outgoing, DropCause.RECEIVE_DENIED);
            } else if (!windowIsOpen()) {
                return false;
            } else {
                window.occupy(outgoing);
                publish(outgoing, now, true);
            }
            resending.remove();
        }
        return resending.isEmpty();
    }

    private void sendWaiting(Wire now) {
        Outgoing outgoing = waiting.peek();
        while (outgoing != null && now.isWritable()) {
            if (outgoing.qos != Qos.AT_MOST_ONCE && !windowIsOpen()) {
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
                publish(outgoing, now, false);
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
        outgoing.packetIdentifier = identifiers.next();
        outgoing.stage = Stage.PUBLISHED;
        inFlight.put(outgoing.packetIdentifier, outgoing);
        journal.sending(outgoing);
        window.occupy(outgoing);
        publish(outgoing, to, false);
    }

    private void publish(Outgoing outgoing, Wire to, boolean dup) {
        if (!journal.isLasting() || (outgoing.qos != Qos.EXACTLY_ONCE && uncommitted == 0)) {
            publishNow(outgoing, to, dup);
            return;
        }
        // A client that has seen a QoS 2 message must find it under the same identifier after a crash. What comes
        // behind it waits as well, so that the order stays.
        uncommitted++;
        journal.afterCommit(() -> {
            uncommitted--;
            if (wire == to && isStillToBePublished(outgoing)) {
                publishNow(outgoing, to, dup);
            }
        });
    }

    private boolean isStillToBePublished(Outgoing outgoing) {
        return outgoing.qos == Qos.AT_MOST_ONCE
                || (inFlight.get(outgoing.packetIdentifier) == outgoing && outgoing.stage == Stage.PUBLISHED);
    }

    private void publishNow(Outgoing outgoing, Wire to, boolean dup) {
        if (!to.publish(outgoing, dup)) {
            dropped.accept(outgoing.message, DropCause.PACKET_TOO_LARGE);
            if (outgoing.stage == Stage.PUBLISHED) {
                inFlight.remove(outgoing.packetIdentifier);
                letGo(outgoing);
                journal.finished(outgoing);
                window.leave(outgoing);
            }
        }
    }

    /** {@return the Packet Identifier that was used last, 0 for none} */
    int lastPacketIdentifier() {
        return identifiers.last();
    }

    /** Goes on counting from there, as Mosquitto does over a restart. */
    void countFrom(int packetIdentifier) {
        identifiers.countFrom(packetIdentifier);
    }

    /** Mosquitto numbers messages when they begin to wait: those that are never sent leave a gap. */
    private void useUpPacketIdentifier(Outgoing outgoing) {
        if (outgoing.qos != Qos.AT_MOST_ONCE) {
            identifiers.next();
        }
    }

    private boolean windowIsOpen() {
        return inFlight.size() < PacketIdentifiers.MAX && window.isOpen();
    }

    /**
     * PUBACK.
     *
     * @return false if that breaks the protocol: the identifier belongs to a QoS 2 message
     */
    boolean acknowledged(int packetIdentifier) {
        Outgoing outgoing = inFlight.get(packetIdentifier);
        if (outgoing == null) {
            return true;
        }
        if (outgoing.qos != Qos.AT_LEAST_ONCE) {
            return false;
        }
        finish(outgoing);
        return true;
    }

    /**
     * PUBREC. A client that refuses the message has discarded it, so there is nothing to release [MQTT-4.3.3-4].
     *
     * @return false if that breaks the protocol: the identifier belongs to a QoS 1 message
     */
    boolean received(int packetIdentifier, ReasonCode reasonCode) {
        Outgoing outgoing = inFlight.get(packetIdentifier);
        if (outgoing == null) {
            // As Mosquitto answers: a client that lost count ends its handshake, one that refused has done so.
            if (!reasonCode.isError()) {
                write(new Pubrel(packetIdentifier));
            }
            return true;
        }
        if (outgoing.qos != Qos.EXACTLY_ONCE) {
            return false;
        }
        if (reasonCode.isError()) {
            dropped.accept(outgoing.message, DropCause.REFUSED_BY_CLIENT);
            finish(outgoing);
        } else {
            outgoing.stage = Stage.RELEASED;
            journal.outgoing(outgoing);
            release(outgoing);
        }
        return true;
    }

    /** Sends PUBREL; after it, and a crash, the message must not be published again. */
    private void release(Outgoing outgoing) {
        if (!journal.isLasting()) {
            write(new Pubrel(outgoing.packetIdentifier));
            return;
        }
        Wire to = wire;
        journal.afterCommit(() -> {
            if (wire == to && inFlight.get(outgoing.packetIdentifier) == outgoing) {
                write(new Pubrel(outgoing.packetIdentifier));
            }
        });
    }

    /**
     * PUBCOMP.
     *
     * @return false if that breaks the protocol: the identifier belongs to a message that was not released
     */
    boolean completed(int packetIdentifier) {
        Outgoing outgoing = inFlight.get(packetIdentifier);
        if (outgoing == null) {
            return true;
        }
        if (outgoing.stage != Stage.RELEASED) {
            return false;
        }
        finish(outgoing);
        return true;
    }

    /** A wire that keeps what it has was told that the message arrived, or will never be taken. */
    void reported(Outgoing outgoing) {
        if (inFlight.get(outgoing.packetIdentifier) == outgoing) {
            finish(outgoing);
        }
    }

    /** A wire that keeps what it has lost the message: it goes out again, before anything new. */
    void returned(Outgoing outgoing) {
        outgoing.handedOver = false;
        if (inFlight.get(outgoing.packetIdentifier) == outgoing && wire != null) {
            window.leave(outgoing);
            resending.add(outgoing);
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

    private void finish(Outgoing outgoing) {
        inFlight.remove(outgoing.packetIdentifier);
        letGo(outgoing);
        journal.finished(outgoing);
        window.leave(outgoing);
        if (!resending.isEmpty()) {
            resending.remove(outgoing);
        }
        pump();
    }

    private void write(Pubrel pubrel) {
        if (wire != null) {
            wire.write(pubrel);
        }
    }

    /**
     * Takes out messages of shared subscriptions that another member may have: those that wait, and QoS 1 messages on
     * their way. A QoS 2 message on its way stays for its client alone [MQTT-4.8.2-4], [MQTT-4.8.2-5].
     *
     * @param handedOn takes a message over and tells the journal, or refuses to
     */
    void handOnShared(Predicate<Outgoing> handedOn) {
        List<Outgoing> candidates = new ArrayList<>();
        for (Outgoing outgoing : inFlight.values()) {
            if (outgoing.sharedFilter != null && outgoing.qos == Qos.AT_LEAST_ONCE) {
                candidates.add(outgoing);
            }
        }
        for (Outgoing outgoing : candidates) {
            if (handedOn.test(outgoing)) {
                letGo(outgoing);
                inFlight.remove(outgoing.packetIdentifier);
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
        for (Outgoing outgoing : inFlight.values()) {
            // A released message has reached the client; only its handshake is not finished.
            if (outgoing.stage == Stage.PUBLISHED) {
                dropped.accept(outgoing.message, DropCause.SESSION_ENDED);
            }
        }
        waiting.forEach(this::letGo);
        inFlight.values().forEach(this::letGo);
        waiting.clear();
        inFlight.clear();
        resending.clear();
        window.empty();
    }
}
