package io.alicia.mqtt.client;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.spi.Delivery;
import java.util.concurrent.atomic.AtomicInteger;

/** A message from a {@link FakeTransport} that counts how often it is acknowledged. */
record Arrived(ApplicationMessage message, AtomicInteger count) implements Delivery {

    @Override
    public void acknowledge() {
        count.incrementAndGet();
    }

    int acknowledged() {
        return count.get();
    }
}
