package io.alicia.mqtt.client;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.MqttConnection;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the transport has, in the order in which it got it, and how much more it may have: no more than the server's Receive Maximum
 * and the client's own limit allow. Confined to the client's {@link Lane}.
 */
final class UnderWay {

    /** QoS 0 messages that the transport may hold until the network has taken them. */
    private static final int UNWRITTEN_MAXIMUM = 1_024;

    private final int sendMaximum;
    private final ClientCounts counts;
    private final Set<Outgoing> messages = new LinkedHashSet<>();
    private int unacknowledged;
    private int unwritten;

    UnderWay(int sendMaximum, ClientCounts counts) {
        this.sendMaximum = sendMaximum;
        this.counts = counts;
    }

    void add(Outgoing outgoing) {
        messages.add(outgoing);
        inTransport(outgoing, 1);
    }

    /** The transport has no more to do with it. */
    void leave(Outgoing outgoing) {
        messages.remove(outgoing);
        inTransport(outgoing, -1);
    }

    /** Nobody waits for it any more; the transport still has it, and its place. Tells whether it was there. */
    boolean abandon(Outgoing outgoing) {
        return messages.remove(outgoing);
    }

    /** {@link #abandon}s all. */
    List<Outgoing> abandonAll() {
        List<Outgoing> all = List.copyOf(messages);
        messages.clear();
        return all;
    }

    private void inTransport(Outgoing outgoing, int change) {
        if (outgoing.qos() == Qos.AT_MOST_ONCE) {
            unwritten += change;
        } else {
            unacknowledged += change;
            counts.unacknowledged().add(change);
        }
    }

    boolean hasRoomFor(MqttConnection on, Outgoing outgoing) {
        return outgoing.qos() == Qos.AT_MOST_ONCE ? unwritten < UNWRITTEN_MAXIMUM : room(on) > 0;
    }

    /** How many messages with QoS 1 and 2 may be sent now. */
    int room(MqttConnection on) {
        return Math.min(sendMaximum, on.connack().receiveMaximum()) - unacknowledged;
    }

    /** Whether the transport has nothing at all. */
    boolean isTransportIdle() {
        return unacknowledged == 0 && unwritten == 0;
    }

    /** Those that somebody waits for; not to be kept. */
    Collection<Outgoing> all() {
        return messages;
    }

    /** Those of them that the server has to acknowledge. */
    List<Outgoing> unacknowledged() {
        return messages.stream()
                .filter(outgoing -> outgoing.qos() != Qos.AT_MOST_ONCE)
                .toList();
    }
}
