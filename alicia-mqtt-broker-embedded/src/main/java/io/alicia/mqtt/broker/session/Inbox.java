package io.alicia.mqtt.broker.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * QoS 1 and 2 messages that a session has received and not finished: QoS 2 messages between PUBREC and PUBREL by their
 * Packet Identifiers, so that none is published twice [MQTT-4.3.3-10], and how many the Receive Maximum counts.
 *
 * <p>As in Mosquitto a QoS 2 message goes on to subscribers when it is released. With a store it goes on at once: PUBREC
 * promises that it is safe, and so it is written once, where it waits for its subscribers.
 */
final class Inbox {

    /** How often a client may send the same message again on one connection, with DUP or without, as in Mosquitto. */
    private static final int MOST_REPETITIONS = 1;

    /** A QoS 2 message; null if it has gone on already. */
    private record Received(@Nullable Message message, int repetitions) {

        static final Received GONE_ON = new Received(null, 0);

        long weightBytes() {
            return Weights.IDENTIFIER + (message == null ? 0 : Weights.ofHeld(message));
        }

        Received onNewConnection() {
            return repetitions == 0 ? this : new Received(message, 0);
        }
    }

    private final SessionJournal journal;
    private final MessageBudget budget;
    private final Map<Integer, Received> received = new HashMap<>();
    /** Taken over, but not yet safe; with what has to be said then besides. */
    private final Map<Integer, Runnable> uncommitted = new HashMap<>();

    private int unfinished;

    /**
     * An empty one.
     *
     * @param journal told of what is to survive
     * @param budget what all sessions share
     */
    Inbox(SessionJournal journal, MessageBudget budget) {
        this.journal = journal;
        this.budget = budget;
    }

    /** What a session had before a restart. */
    void restore(Iterable<Integer> packetIdentifiers) {
        packetIdentifiers.forEach(packetIdentifier -> put(packetIdentifier, Received.GONE_ON));
    }

    private void put(int packetIdentifier, Received entering) {
        budget.add(entering.weightBytes() - weightBytes(received.put(packetIdentifier, entering)));
    }

    private @Nullable Received remove(int packetIdentifier) {
        Received leaving = received.remove(packetIdentifier);
        budget.add(-weightBytes(leaving));
        return leaving;
    }

    private static long weightBytes(@Nullable Received present) {
        return present == null ? 0 : present.weightBytes();
    }

    /**
     * Whether a QoS 2 message fits into what all sessions may hold together.
     *
     * @param message null if it does not stay here
     */
    boolean hasRoomFor(int packetIdentifier, @Nullable Message message) {
        return budget.hasRoomFor(new Received(message, 0).weightBytes() - weightBytes(received.get(packetIdentifier)));
    }

    /** A new connection begins: its Receive Maximum and repetitions count from zero (MQTT 5 §4.4, §4.9). */
    void attach() {
        unfinished = 0;
        received.replaceAll((packetIdentifier, message) -> message.onNewConnection());
    }

    /** Whether the message was received before and not released since. */
    boolean contains(int packetIdentifier) {
        return received.containsKey(packetIdentifier);
    }

    /** QoS 2 messages that wait for their release. */
    int size() {
        return received.size();
    }

    /** Messages of the present connection that are not finished. */
    int unfinished() {
        return unfinished;
    }

    /** A message waits for its acknowledgement. */
    void begin() {
        unfinished++;
    }

    /** A message was finished: PUBACK, PUBCOMP or a PUBREC that refuses. */
    void finish() {
        // A PUBREL of an earlier connection's message finishes one that was never counted here.
        unfinished = Math.max(0, unfinished - 1);
    }

    /** A QoS 2 message was taken over, goes on, and has to become safe: {@link #committed} will tell. */
    void add(int packetIdentifier) {
        put(packetIdentifier, Received.GONE_ON);
        uncommitted.put(packetIdentifier, () -> {});
    }

    /** Whether a QoS 2 message is not safe yet. */
    boolean isUncommitted(int packetIdentifier) {
        return uncommitted.containsKey(packetIdentifier);
    }

    /** A QoS 2 message is safe. */
    void committed(int packetIdentifier) {
        Runnable task = uncommitted.remove(packetIdentifier);
        if (task != null) {
            task.run();
        }
    }

    /** Runs a task when a QoS 2 message is safe, at once if it already is; the last one if there are several. */
    void whenCommitted(int packetIdentifier, Runnable task) {
        if (uncommitted.replace(packetIdentifier, task) == null) {
            task.run();
        }
    }

    /**
     * A QoS 2 message is taken over and waits for its release, in place of another one with the same identifier.
     *
     * @return false if it is the same once more, so that the client seems to have lost count
     */
    boolean keep(int packetIdentifier, Message message) {
        Received before = received.get(packetIdentifier);
        int repetitions = before != null && isSame(before.message(), message) ? before.repetitions() + 1 : 0;
        if (repetitions > MOST_REPETITIONS) {
            return false;
        }
        put(packetIdentifier, new Received(message, repetitions));
        return true;
    }

    private static boolean isSame(@Nullable Message one, Message other) {
        return one != null
                && one.topic().equals(other.topic())
                && one.encoded().payload().equals(other.encoded().payload());
    }

    /** PUBREL: the message if it waited for that, null if it has gone on or is not known. */
    @Nullable
    Message release(int packetIdentifier) {
        Received released = remove(packetIdentifier);
        if (released == null) {
            return null;
        }
        journal.released(packetIdentifier);
        return released.message();
    }

    /** A QoS 2 message is refused: what its identifier stood for until now is done with [MQTT-4.3.3-9]. */
    void refuse(int packetIdentifier) {
        if (remove(packetIdentifier) != null) {
            finish();
        }
    }

    void clear() {
        List.copyOf(received.keySet()).forEach(this::remove);
        uncommitted.clear();
        unfinished = 0;
    }
}
