package io.alicia.mqtt.client;

import io.alicia.mqtt.protocol.Qos;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The messages that wait, in the order in which they were published, within the bounds of an {@link OfflineQueue}. */
final class OutboxQueue {

    private final OfflineQueue bounds;
    private final TreeMap<Long, Outgoing> waiting = new TreeMap<>();
    private final TreeMap<Long, Outgoing> waitingWithQos0 = new TreeMap<>();
    private final ClientCounts counts;
    private long bytes;
    private long bytesWithQos0;

    OutboxQueue(OfflineQueue bounds, ClientCounts counts) {
        this.bounds = bounds;
        this.counts = counts;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    /** Adds {@code message}; what gives way for it, itself perhaps, is returned. */
    List<Outgoing> add(Outgoing message) {
        if (!canMakeRoomFor(message)) {
            return List.of(message);
        }
        put(message);
        List<Outgoing> dropped = new ArrayList<>();
        while (waiting.size() > bounds.maximumMessages() || bytes > bounds.maximumBytes()) {
            Outgoing next = nextToDrop(message);
            take(next);
            dropped.add(next);
        }
        return dropped;
    }

    /** Nothing gives way in vain for what finds no place then either. */
    private boolean canMakeRoomFor(Outgoing added) {
        long messagesLeft = switch (bounds.whenFull()) {
            case REJECT -> waiting.size();
            case DROP_OLDEST -> 0;
            case DROP_QOS_0_FIRST -> waiting.size() - waitingWithQos0.size();
        };
        long bytesLeft = switch (bounds.whenFull()) {
            case REJECT -> bytes;
            case DROP_OLDEST -> 0;
            case DROP_QOS_0_FIRST -> bytes - bytesWithQos0;
        };
        return messagesLeft + 1 <= bounds.maximumMessages() && bytesLeft + added.bytes() <= bounds.maximumBytes();
    }

    private Outgoing nextToDrop(Outgoing added) {
        return switch (bounds.whenFull()) {
            case REJECT -> added;
            case DROP_OLDEST -> waiting.firstEntry().getValue();
            case DROP_QOS_0_FIRST -> waitingWithQos0.firstEntry().getValue();
        };
    }

    /** Whatever the bounds: for what was under way already and had its place, and for what the client says of itself. */
    void putBack(Outgoing message) {
        put(message);
    }

    private void put(Outgoing message) {
        waiting.put(message.sequence(), message);
        bytes += message.bytes();
        if (message.qos() == Qos.AT_MOST_ONCE) {
            waitingWithQos0.put(message.sequence(), message);
            bytesWithQos0 += message.bytes();
        }
        counts.waiting().increment();
        counts.waitingBytes().add(message.bytes());
    }

    /** Takes {@code message} out, if it is there. */
    void take(Outgoing message) {
        if (waiting.remove(message.sequence()) != null) {
            bytes -= message.bytes();
            if (waitingWithQos0.remove(message.sequence()) != null) {
                bytesWithQos0 -= message.bytes();
            }
            counts.waiting().decrement();
            counts.waitingBytes().add(-message.bytes());
        }
    }

    /** The messages in their order; not to be kept. */
    Collection<Outgoing> all() {
        return waiting.values();
    }

    /** Takes all that {@code condition} holds for. */
    List<Outgoing> takeIf(Predicate<Outgoing> condition) {
        List<Outgoing> taken = waiting.values().stream().filter(condition).toList();
        taken.forEach(this::take);
        return taken;
    }
}
