package io.alicia.mqtt.client;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.spi.Delivery;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to several streams; acknowledged when each of them has taken it. One whose connection ended before that is
 * acknowledged for the copy that comes on the next one, see {@link Redeliveries}.
 */
final class SharedDelivery {

    private static final int NOT_YET = -1;

    private final AtomicInteger open;
    private final Runnable afterwards;
    private final IntSupplier connection;

    /** Null once it is acknowledged on the connection that it came by. */
    private volatile @Nullable Delivery delivery;

    private volatile int cameBy;
    private volatile int takenBy = NOT_YET;

    /**
     * For {@code streams} streams; {@code afterwards} is run after the acknowledgement.
     *
     * @param connection the number of the connection that there is, or that comes next
     */
    SharedDelivery(Delivery delivery, int streams, IntSupplier connection, Runnable afterwards) {
        this.delivery = delivery;
        this.open = new AtomicInteger(streams);
        this.connection = connection;
        this.cameBy = connection.getAsInt();
        this.afterwards = afterwards;
    }

    /** For whoever has not {@linkplain #taken() taken} it. */
    ApplicationMessage message() {
        return Objects.requireNonNull(delivery, "acknowledged").message();
    }

    /** One stream has taken it; to be called once by each. */
    void taken() {
        if (open.decrementAndGet() == 0) {
            takenBy = connection.getAsInt();
            acknowledge();
            afterwards.run();
        }
    }

    private void acknowledge() {
        Delivery latest = delivery;
        if (latest != null) {
            latest.acknowledge();
        }
        if (isAcknowledged()) {
            delivery = null;
        }
    }

    /** Whether it was acknowledged on the connection that it came by. */
    boolean isAcknowledged() {
        return takenBy == cameBy;
    }

    /** Its connection has ended: the transport need not keep it for its acknowledgement. */
    void release() {
        Delivery old = delivery;
        if (old != null && !isAcknowledged()) {
            old.acknowledge();
        }
    }

    /** Whether {@code copy} is this very message, which was not acknowledged. */
    boolean isOf(Delivery copy) {
        Delivery first = delivery;
        return first != null
                && first.subscriptionIdentifiers().equals(copy.subscriptionIdentifiers())
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

    /** It came once more, by the present connection: from now on that one is acknowledged, at once if the streams are through. */
    void cameAgain(Delivery copy) {
        cameBy = connection.getAsInt();
        delivery = copy;
        if (open.get() == 0) {
            takenBy = connection.getAsInt();
            acknowledge();
        }
    }
}
