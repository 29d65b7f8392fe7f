package io.alicia.mqtt.client;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.spi.Delivery;
import java.util.concurrent.atomic.AtomicInteger;

/** A message on its way to several streams; acknowledged when each of them has taken it. */
final class SharedDelivery {

    private final Delivery delivery;
    private final AtomicInteger open;
    private final Runnable afterwards;

    /** For {@code streams} streams; {@code afterwards} is run after the acknowledgement. */
    SharedDelivery(Delivery delivery, int streams, Runnable afterwards) {
        this.delivery = delivery;
        this.open = new AtomicInteger(streams);
        this.afterwards = afterwards;
    }

    ApplicationMessage message() {
        return delivery.message();
    }

    /** One stream has taken it; to be called once by each. */
    void taken() {
        if (open.decrementAndGet() == 0) {
            delivery.acknowledge();
            afterwards.run();
        }
    }
}
