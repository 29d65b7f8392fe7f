package io.alicia.mqtt.client;

import io.alicia.mqtt.protocol.Qos;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The messages that wait, in the order in which they were published, within the bounds of an {@link OfflineQueue}. */
final class OutboxQueue {

    private final OfflineQueue bounds;
    private final TreeMap<Long, Outgoing> waiting = new TreeMap<>();
    private final ClientCounts counts;
    private long bytes;

    OutboxQueue(OfflineQueue bounds, ClientCounts counts) {
        this.bounds = bounds;
        this.counts = counts;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Adds {@code message}; what gives way for it, itself perhaps, is returned. */
    List<Outgoing> add(Outgoing message) {
        put(message);
        List<Outgoing> dropped = new ArrayList<>();
        while (waiting.size() > bounds.maximumMessages() || bytes > bounds.maximumBytes()) {
            Outgoing next = nextToDrop(message);
            take(next);
            dropped.add(next);
        }
        return dropped;
    }

    private Outgoing nextToDrop(Outgoing added) {
        return switch (bounds.whenFull()) {
            case REJECT -> added;
            case DROP_OLDEST -> waiting.firstEntry().getValue();
            case DROP_QOS_0_FIRST ->
                waiting.values().stream()
                        .filter(message -> message.qos() == Qos.AT_MOST_ONCE)
                        .findFirst()
                        .orElse(added);
        };
    }

    /** Puts back what was under way already: it had its place, and keeps it whatever the bounds. */
    void putBack(Outgoing message) {
        put(message);
    }

    private void put(Outgoing message) {
        waiting.put(message.sequence(), message);
        bytes += message.bytes();
        counts.waiting().increment();
        counts.waitingBytes().add(message.bytes());
    }

    /** Takes {@code message} out, if it is there. */
    void take(Outgoing message) {
        if (waiting.remove(message.sequence()) != null) {
            bytes -= message.bytes();
            counts.waiting().decrement();
            counts.waitingBytes().add(-message.bytes());
        }
    }

    /** The first, which stays, or null. */
    @Nullable
    Outgoing firstOrNull() {
        return waiting.isEmpty() ? null : waiting.firstEntry().getValue();
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
