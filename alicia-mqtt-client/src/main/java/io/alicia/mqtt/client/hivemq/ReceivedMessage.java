package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.message.publish.MqttPublish;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message from the HiveMQ client; the acknowledgement is passed on once and with QoS 1 and 2 only. */
final class ReceivedMessage implements Delivery {

    private static final Logger LOGGER = LoggerFactory.getLogger(ReceivedMessage.class);

    /** Rather than an object of its own in each message. */
    private static final AtomicIntegerFieldUpdater<ReceivedMessage> ACKNOWLEDGED =
            AtomicIntegerFieldUpdater.newUpdater(ReceivedMessage.class, "acknowledged");

    private final MqttPublish received;
    private final ApplicationMessage message;
    private volatile int acknowledged;

    ReceivedMessage(MqttPublish received, ContentTypes contentTypes) {
        this.received = received;
        this.message = Mqtt5Mapping.message(received, contentTypes);
    }

    @Override
    public ApplicationMessage message() {
        return message;
    }

    @Override
    public List<Integer> subscriptionIdentifiers() {
        return ReceivedPublish.identifiersOf(received);
    }

    @Override
    public boolean isDuplicate() {
        return ReceivedPublish.isDuplicate(received);
    }

    @Override
    public void acknowledge() {
        if (message.qos() == Qos.AT_MOST_ONCE || acknowledged != 0 || !ACKNOWLEDGED.compareAndSet(this, 0, 1)) {
            return;
        }
        try {
            received.acknowledge();
        } catch (RejectedExecutionException e) {
            LOGGER.debug("acknowledgement of {} came after the transport was closed", message, e);
        }
    }

    @Override
    public String toString() {
        return message.toString();
    }
}
