package io.alicia.mqtt.client;

import io.alicia.mqtt.client.OfflineQueue.WhenFull;
import io.alicia.mqtt.protocol.Qos;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are published while the client's {@link Lane} is busy, until the outbox takes them from here: bounded like those that
 * wait there, since publishing costs less than taking. Callable from anywhere.
 */
final class Arrivals {

    /** Also where an {@link OfflineQueue} keeps nothing: two threads that publish at the same time must not cost a message. */
    private static final int MESSAGES_MINIMUM = 1_024;

    /** One may come however large it is. */
    private static final long BYTES_MINIMUM = 4L * 1_024 * 1_024;

    private final int maximumMessages;
    private final long maximumBytes;
    private final WhenFull whenFull;
    private final ClientCounts counts;
    private final Queue<Outgoing> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Arrivals(OfflineQueue bounds, ClientCounts counts) {
        this.maximumMessages = Math.max(MESSAGES_MINIMUM, bounds.maximumMessages());
        this.maximumBytes = Math.max(BYTES_MINIMUM, bounds.maximumBytes());
        this.whenFull = bounds.whenFull();
        this.counts = counts;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    int size() {
        return size.get();
    }

    /** Adds {@code message}; what gives way for it, itself perhaps, is returned, and nobody else has it. */
    List<Outgoing> add(Outgoing message) {
        boolean fits = count(message);
        if (!fits && (whenFull != WhenFull.DROP_OLDEST || message.bytes() > maximumBytes)) {
            uncount(message);
            return List.of(message);
        }
        messages.add(message);
        return fits ? List.of() : dropOldest();
    }

    private List<Outgoing> dropOldest() {
        List<Outgoing> dropped = new ArrayList<>();
        while (size.get() > maximumMessages || bytes.get() > maximumBytes) {
            Outgoing oldest = pollOrNull();
            if (oldest == null) {
                break;
            }
            dropped.add(oldest);
        }
        return dropped;
    }

    /** The next one, which is not here any more then. */
    @Nullable
    Outgoing pollOrNull() {
        Outgoing next = messages.poll();
        if (next != null) {
            uncount(next);
        }
        return next;
    }

    /** Tells whether it keeps within the bounds. QoS 0 has half of them where it is the first to give way. */
    private boolean count(Outgoing message) {
        long messageBytes = message.bytes();
        counts.waiting().increment();
        counts.waitingBytes().add(messageBytes);
        int sizeNow = size.incrementAndGet();
        long bytesNow = bytes.addAndGet(messageBytes);
        int part = whenFull == WhenFull.DROP_QOS_0_FIRST && message.qos() == Qos.AT_MOST_ONCE ? 2 : 1;
        return sizeNow == 1 || (sizeNow <= maximumMessages / part && bytesNow <= maximumBytes / part);
    }

    private void uncount(Outgoing message) {
        long messageBytes = message.bytes();
        counts.waiting().decrement();
        counts.waitingBytes().add(-messageBytes);
        size.decrementAndGet();
        bytes.addAndGet(-messageBytes);
    }
}
