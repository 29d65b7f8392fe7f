package io.alicia.mqtt.client;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows messages of QoS 1 that come once more. What is not acknowledged when its connection ends, because it waits for a stream or a
 * handler is at work on it, is sent again on the session's next one, with the DUP flag and before anything new (MQTT 5 §4.4). It
 * is here already, so that it is not given to the streams again: who is slow would have more to do after each connection than
 * before. The copy is acknowledged when the streams have taken the first one, which may have been in the meantime.
 *
 * <p>Messages of QoS 2 are the transport's affair. The thread that dispatches calls all methods but {@link #connectionEnded()}.
 */
final class Redeliveries {

    private final AtomicInteger connections = new AtomicInteger();

    /** Of the present connection, in the order of their arrival; those in front are taken away once they are acknowledged. */
    private final Queue<SharedDelivery> unacknowledged = new ConcurrentLinkedQueue<>();

    /** Of earlier connections, in the order in which they come again. */
    private final Deque<SharedDelivery> expected = new ArrayDeque<>();

    private int present;

    /** The number of the connection that there is, or that comes next. On any thread. */
    int connection() {
        return connections.get();
    }

    /** In the lane, before there is another connection. */
    void connectionEnded() {
        connections.incrementAndGet();
        unacknowledged.forEach(SharedDelivery::release);
    }

    /** Something that was not there yet goes to the streams. */
    void add(SharedDelivery first) {
        if (first.message().qos() == Qos.AT_LEAST_ONCE) {
            unacknowledged.add(first);
        }
    }

    /** Whether {@code delivery} is a copy of what is here; it is seen to then. */
    boolean takesOver(Delivery delivery) {
        if (delivery.message().qos() != Qos.AT_LEAST_ONCE) {
            return false;
        }
        bringUpToDate();
        if (expected.isEmpty()) {
            return false;
        }
        if (!delivery.isDuplicate()) {
            expected.clear(); // those that have not come do not come any more
            return false;
        }
        Iterator<SharedDelivery> inOrder = expected.iterator();
        while (inOrder.hasNext()) {
            SharedDelivery first = inOrder.next();
            if (first.isOf(delivery)) {
                inOrder.remove();
                first.cameAgain(delivery);
                unacknowledged.add(first);
                return true;
            }
        }
        return false;
    }

    private void bringUpToDate() {
        int latest = connections.get();
        if (latest != present) {
            present = latest;
            // What has come again already comes before what has not.
            List<SharedDelivery> notYet = new ArrayList<>(expected);
            expected.clear();
            unacknowledged.stream().filter(first -> !first.isAcknowledged()).forEach(expected::add);
            expected.addAll(notYet);
            unacknowledged.clear();
            return;
        }
        SharedDelivery oldest = unacknowledged.peek();
        while (oldest != null && oldest.isAcknowledged()) {
            unacknowledged.remove();
            oldest = unacknowledged.peek();
        }
    }
}
