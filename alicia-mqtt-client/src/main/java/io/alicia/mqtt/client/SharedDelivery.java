package io.alicia.mqtt.client;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.spi.Delivery;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.IntSupplier;

/**
 * A message on its way to several streams; acknowledged when each of them has taken it. One whose connection ended before that is
 * acknowledged for the copy that comes on the next one, see {@link Redeliveries}.
 */
final class SharedDelivery {

    /** Rather than an object of its own in each message. */
    private static final AtomicIntegerFieldUpdater<SharedDelivery> OPEN =
            AtomicIntegerFieldUpdater.newUpdater(SharedDelivery.class, "open");

    /** How many streams have not taken it yet. */
    private volatile int open;

    private final Runnable afterwards;
    private final IntSupplier connection;

    /** The latest, and the number of the connection that it came by. */
    private volatile Delivery delivery;

    private volatile int cameBy;

    private volatile boolean acknowledged;

    /**
     * For {@code streams} streams; {@code afterwards} is run after the acknowledgement.
     *
     * @param cameBy the number of the connection that it came by
     * @param connection the number of the one that there is, or that comes next
     */
    SharedDelivery(Delivery delivery, int streams, int cameBy, IntSupplier connection, Runnable afterwards) {
        this.delivery = delivery;
        this.open = streams;
        this.cameBy = cameBy;
        this.connection = connection;
        this.afterwards = afterwards;
    }

    ApplicationMessage message() {
        return delivery.message();
    }

    /** One stream has taken it; to be called once by each. */
    void taken() {
        if (OPEN.decrementAndGet(this) == 0) {
            acknowledge();
            afterwards.run();
        }
    }

    /**
     * Says so before it is done: what is not said when the connection ends was certainly not sent, and what was said may have been.
     */
    private void acknowledge() {
        if (connection.getAsInt() == cameBy) {
            acknowledged = true;
        }
        delivery.acknowledge();
    }

    /** Whether it was given to the transport to be acknowledged, before the connection that it came by ended. */
    boolean isAcknowledged() {
        return acknowledged;
    }

    /** Its connection has ended: the transport need not keep it for its acknowledgement. */
    void release() {
        if (!acknowledged) {
            delivery.acknowledge();
        }
    }

    /** Whether {@code copy} is this very message. */
    boolean isOf(Delivery copy) {
        Delivery first = delivery;
        return first.subscriptionIdentifiers().equals(copy.subscriptionIdentifiers())
                && isSame(first.message(), copy.message());
    }

    /** What is left of a Message Expiry Interval is less the second time. */
    private static boolean isSame(ApplicationMessage first, ApplicationMessage copy) {
        return first.topic().equals(copy.topic())
                && first.payload().equals(copy.payload())
                && (first.equals(copy)
                        || first.toBuilder()
                                .messageExpiryInterval(copy.messageExpiryInterval())
                                .build()
                                .equals(copy));
    }

    /**
     * It came once more, by connection {@code number}: from now on that one is acknowledged, at once if the streams are through.
     * Whoever takes it at this moment sees the copy, or is seen here.
     */
    void cameAgain(Delivery copy, int number) {
        delivery = copy;
        cameBy = number;
        acknowledged = false;
        if (open == 0) {
            acknowledge();
        }
    }
}
