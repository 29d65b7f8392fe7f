package io.alicia.mqtt.broker.session;

import java.util.BitSet;

/**
 * QoS 1 and 2 messages that a session has received and not finished: the Packet Identifiers of QoS 2 messages between
 * PUBLISH and PUBREL, so that none is published twice [MQTT-4.3.3-10], and how many the Receive Maximum counts.
 */
final class Inbox {

    private final BitSet received = new BitSet();
    private int unfinished;

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
    }

    /** PUBREL: whether the message was known. */
    boolean release(int packetIdentifier) {
        boolean known = received.get(packetIdentifier);
        received.clear(packetIdentifier);
        return known;
    }

    void clear() {
        received.clear();
        unfinished = 0;
    }
}
