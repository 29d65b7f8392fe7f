package io.alicia.mqtt.client;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.MqttConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the transport has, in the order in which it got it, and how much more it may have: no more than the server's Receive Maximum
 * and the client's own limit allow. Confined to the client's {@link Lane}.
 */
final class UnderWay {

    /** QoS 0 messages that the transport may hold until the network has taken them. */
    private static final int UNWRITTEN_MAXIMUM = 1_024;

    /** What large messages may take there; one may be under way however large it is. */
    private static final long BYTES_MINIMUM = 4L * 1_024 * 1_024;

    /** As a part of what may wait. */
    private static final int SHARE_OF_QUEUE = 4;

    private final int sendMaximum;
    private final long maximumBytes;
    private final ClientCounts counts;

    /** Servers answer in order for the most part, so that what is taken out is at the front; and a message costs no object here. */
    private final Deque<Outgoing> messages = new ArrayDeque<>();

    private int unacknowledged;
    private int unwritten;
    private long bytes;

    UnderWay(int sendMaximum, OfflineQueue queue, ClientCounts counts) {
        this.sendMaximum = sendMaximum;
        this.maximumBytes = Math.max(BYTES_MINIMUM, queue.maximumBytes() / SHARE_OF_QUEUE);
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
        long changedBytes = change * outgoing.bytes();
        bytes += changedBytes;
        counts.underWayBytes().add(changedBytes);
        if (outgoing.qos() == Qos.AT_MOST_ONCE) {
            unwritten += change;
        } else {
            unacknowledged += change;
            counts.unacknowledged().add(change);
        }
    }

    boolean hasRoomFor(MqttConnection on, Outgoing outgoing) {
        boolean fits = bytes == 0 || bytes + outgoing.bytes() <= maximumBytes;
        return fits && (outgoing.qos() == Qos.AT_MOST_ONCE ? unwritten < UNWRITTEN_MAXIMUM : room(on) > 0);
    }

    /** The first of {@code waiting}, with QoS 1 and 2, that may be sent now together. */
    List<Outgoing> thoseWithRoom(MqttConnection on, Stream<Outgoing> waiting) {
        List<Outgoing> found = new ArrayList<>();
        long sum = bytes;
        for (Outgoing next : (Iterable<Outgoing>) waiting::iterator) {
            sum += next.bytes();
            if (found.size() >= room(on) || (sum > maximumBytes && sum > next.bytes())) {
                break;
            }
            found.add(next);
        }
        return found;
    }

    /** How many messages with QoS 1 and 2 may be sent now. */
    private int room(MqttConnection on) {
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
