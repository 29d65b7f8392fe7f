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
 * <p>What the streams have taken while something that came before it was not yet is no different: a transport acknowledges in the
 * order of arrival [MQTT-4.6.0-2], so that the server cannot know of it. What alone is handled twice is a message whose
 * acknowledgement may have been sent and was lost with the connection: whether its copy is a copy, or another message that says
 * the same, nobody can tell then.
 *
 * <p>Messages of QoS 2 come once, which is the transport's affair; acknowledgements wait for theirs as well.
 */
final class Redeliveries {

    private final AtomicInteger connections = new AtomicInteger();

    /**
     * Of the present connection, in the order of their arrival, from the first on that is not acknowledged. The thread that dispatches
     * adds to it; whoever acknowledges takes away.
     */
    private final Queue<SharedDelivery> unacknowledged = new ConcurrentLinkedQueue<>();

    /** Of earlier connections, in the order in which they come again. The thread that dispatches uses it, as all below. */
    private final Deque<SharedDelivery> expected = new ArrayDeque<>();

    private int present;

    /** The number of the connection that there is, or that comes next. On any thread. */
    int connection() {
        return connections.get();
    }

    /** In the lane, before there is another connection; also if something has come and no connection came about. */
    void connectionEnded() {
        connections.incrementAndGet();
        unacknowledged.forEach(Redeliveries::release);
    }

    /** One of QoS 2 is still to be acknowledged, on whichever connection there is. */
    private static void release(SharedDelivery delivery) {
        if (delivery.message().qos() == Qos.AT_LEAST_ONCE) {
            delivery.release();
        }
    }

    /** The number of the connection that what is dispatched now came by. */
    int present() {
        return present;
    }

    /** Something of QoS 1 or 2 that was not there yet goes to the streams. */
    void add(SharedDelivery first) {
        unacknowledged.add(first);
        if (connections.get() != present) {
            release(first); // its connection has just ended
        }
    }

    /** On any thread: something was acknowledged. */
    void acknowledged() {
        SharedDelivery oldest = unacknowledged.peek();
        while (oldest != null && oldest.isAcknowledged()) {
            unacknowledged.remove(oldest);
            oldest = unacknowledged.peek();
        }
    }

    /** Whether {@code delivery} is a copy of what is here; it is seen to then. */
    boolean takesOver(Delivery delivery) {
        Qos qos = delivery.message().qos();
        if (qos == Qos.AT_MOST_ONCE) {
            return false;
        }
        bringUpToDate();
        if (qos == Qos.EXACTLY_ONCE || expected.isEmpty()) {
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
                first.cameAgain(delivery, present);
                add(first);
                acknowledged();
                return true;
            }
        }
        return false;
    }

    private void bringUpToDate() {
        int latest = connections.get();
        if (latest == present) {
            return;
        }
        present = latest;
        // What has come again already comes before what has not.
        List<SharedDelivery> notYet = new ArrayList<>(expected);
        expected.clear();
        unacknowledged.stream()
                .dropWhile(SharedDelivery::isAcknowledged)
                .filter(unsent -> unsent.message().qos() == Qos.AT_LEAST_ONCE)
                .forEach(expected::add);
        expected.addAll(notYet);
        unacknowledged.clear();
    }
}
