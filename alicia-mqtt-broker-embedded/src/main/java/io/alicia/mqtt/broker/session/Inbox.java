package io.alicia.mqtt.broker.session;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * QoS 1 and 2 messages that a session has received and not finished: the Packet Identifiers of QoS 2 messages between
 * PUBLISH and PUBREL, so that none is published twice [MQTT-4.3.3-10], and how many the Receive Maximum counts.
 */
final class Inbox {

    private final SessionJournal journal;
    private final BitSet received = new BitSet();
    /** Taken over, but not yet safe; with what has to be said then besides. */
    private final Map<Integer, Runnable> uncommitted = new HashMap<>();

    private int unfinished;

    Inbox(SessionJournal journal) {
        this.journal = journal;
    }

    /** What a session had before a restart. */
    void restore(Iterable<Integer> packetIdentifiers) {
        packetIdentifiers.forEach(received::set);
    }

    /** A new connection begins: its Receive Maximum counts from zero (MQTT 5 §4.9). */
    void attach() {
        unfinished = 0;
    }

    /** Whether the message was received before and not released since. */
    boolean contains(int packetIdentifier) {
        return received.get(packetIdentifier);
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

    /** A QoS 2 message was taken over. */
    void add(int packetIdentifier) {
        received.set(packetIdentifier);
        journal.received(packetIdentifier);
    }

    /** A QoS 2 message was taken over and has to become safe: {@link #committed} will tell. */
    void awaitCommit(int packetIdentifier) {
        uncommitted.put(packetIdentifier, () -> {});
    }

    /** A QoS 2 message is safe. */
    void committed(int packetIdentifier) {
        Runnable task = uncommitted.remove(packetIdentifier);
        if (task != null) {
            task.run();
        }
    }

    /** Runs a task when a QoS 2 message is safe, at once if it already is. */
    void whenCommitted(int packetIdentifier, Runnable task) {
        if (uncommitted.replace(packetIdentifier, task) == null) {
            task.run();
        }
    }

    /** PUBREL: whether the message was known. */
    boolean release(int packetIdentifier) {
        boolean known = received.get(packetIdentifier);
        received.clear(packetIdentifier);
        if (known) {
            journal.released(packetIdentifier);
        }
        return known;
    }

    void clear() {
        received.clear();
        uncommitted.clear();
        unfinished = 0;
    }
}
