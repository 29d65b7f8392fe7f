package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.protocol.Qos;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Messages of a session that could not be sent yet, in their order. Belongs to the session's event loop. */
final class WaitingMessages {

    private final ArrayDeque<Outgoing> messages = new ArrayDeque<>();
    private long bytes;
    private int atMostOnce;

    boolean isEmpty() {
        return messages.isEmpty();
    }

    int size() {
        return messages.size();
    }

    long bytes() {
        return bytes;
    }

    /** Whether QoS 0 messages are among them. */
    boolean hasAtMostOnce() {
        return atMostOnce > 0;
    }

    void add(Outgoing outgoing) {
        messages.add(outgoing);
        bytes += outgoing.bytes();
        atMostOnce += outgoing.qos == Qos.AT_MOST_ONCE ? 1 : 0;
    }

    private void left(Outgoing outgoing) {
        bytes -= outgoing.bytes();
        atMostOnce -= outgoing.qos == Qos.AT_MOST_ONCE ? 1 : 0;
    }

    @Nullable
    Outgoing peek() {
        return messages.peek();
    }

    /** Takes the first one out. */
    void remove() {
        left(messages.remove());
    }

    /** Takes those out that {@code taken} says so of; asked once for each. */
    void removeIf(Predicate<Outgoing> taken) {
        for (Iterator<Outgoing> each = messages.iterator(); each.hasNext(); ) {
            Outgoing outgoing = each.next();
            if (taken.test(outgoing)) {
                each.remove();
                left(outgoing);
            }
        }
    }

    void forEach(Consumer<Outgoing> action) {
        messages.forEach(action);
    }

    void clear() {
        messages.clear();
        bytes = 0;
        atMostOnce = 0;
    }
}
