package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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
 * <p>Each server that is left for another has its own unacknowledged messages, which it sends again when the client is back. None of
 * another server's is taken for one of them, however alike they are.
 *
 * <p>Messages of QoS 2 come once, which is the transport's affair while it stays with one server; acknowledgements wait for theirs as
 * well. It knows nothing of an earlier stay with the same server, so that those are known here then as others are.
 */
final class Redeliveries {

    /** Of how many servers it is known what they send again: those that name others can name ever new ones. */
    private static final int SERVERS_MAXIMUM = 8;

    private final AtomicInteger connections = new AtomicInteger();

    /** Connections to one server until there is an attempt at another; a transport has nothing of one in the next. */
    private record Stay(ServerAddress server, int number) {}

    /** Of the connection that there is, or that comes next. */
    private volatile @Nullable Stay stay;

    /**
     * Of the present connection, in the order of their arrival, from the first on that is not acknowledged. The thread that dispatches
     * adds to it; whoever acknowledges takes away.
     */
    private final Queue<SharedDelivery> unacknowledged = new ConcurrentLinkedQueue<>();

    /** Of earlier connections, in the order in which they come again. The thread that dispatches uses it, as all below. */
    private final Deque<SharedDelivery> expected = new ArrayDeque<>();

    /** What is expected of the servers that were left, the one that was left first in front. */
    private final Map<ServerAddress, List<SharedDelivery>> leftBehind = new LinkedHashMap<>();

    private int present;

    private @Nullable Stay presentStay;

    /** The number of the connection that there is, or that comes next. On any thread. */
    int connection() {
        return connections.get();
    }

    /** In the lane, before an attempt to connect to {@code to}. */
    void connecting(ServerAddress to) {
        Stay before = stay;
        if (before == null) {
            stay = new Stay(to, 0);
        } else if (!before.server().equals(to)) {
            stay = new Stay(to, before.number() + 1);
        }
    }

    /** On any thread, between {@link #connecting} and the connection: the transport has nothing of the stay that there was. */
    void transportStartsAnew() {
        Stay before = stay;
        if (before != null) {
            stay = new Stay(before.server(), before.number() + 1);
        }
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
        if (!delivery.isDuplicate()) {
            if (qos == Qos.AT_LEAST_ONCE) {
                expected.clear(); // those that have not come do not come any more
            }
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
        Stay latestStay = stay;
        boolean sameStay = Objects.equals(latestStay, presentStay);
        if (latest == present && sameStay) {
            return;
        }
        present = latest;
        // What has come again already comes before what has not.
        List<SharedDelivery> notYet = new ArrayList<>(expected);
        expected.clear();
        unacknowledged.stream()
                .dropWhile(SharedDelivery::isAcknowledged)
                .filter(unsent -> !sameStay || unsent.message().qos() == Qos.AT_LEAST_ONCE)
                .forEach(expected::add);
        expected.addAll(notYet);
        unacknowledged.clear();
        if (!sameStay) {
            change(presentStay, latestStay);
            presentStay = latestStay;
        }
    }

    private void change(@Nullable Stay from, @Nullable Stay to) {
        if (from != null && !expected.isEmpty()) {
            leftBehind.put(from.server(), List.copyOf(expected));
            if (leftBehind.size() > SERVERS_MAXIMUM) {
                leftBehind.remove(leftBehind.keySet().iterator().next());
            }
        }
        expected.clear();
        List<SharedDelivery> left = to == null ? null : leftBehind.remove(to.server());
        expected.addAll(left == null ? List.of() : left);
    }
}
