package io.alicia.mqtt.client.hivemq;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message from the HiveMQ client; the acknowledgement is passed on once and with QoS 1 and 2 only. */
final class ReceivedMessage implements Delivery {

    private static final Logger LOGGER = LoggerFactory.getLogger(ReceivedMessage.class);

    private final ApplicationMessage message;
    private final List<Integer> subscriptionIdentifiers;
    private final boolean duplicate;
    private final Runnable acknowledgement;
    private final AtomicBoolean acknowledged = new AtomicBoolean();

    ReceivedMessage(
            ApplicationMessage message,
            List<Integer> subscriptionIdentifiers,
            boolean duplicate,
            Runnable acknowledgement) {
        this.message = message;
        this.subscriptionIdentifiers = subscriptionIdentifiers;
        this.duplicate = duplicate;
        this.acknowledgement = acknowledgement;
    }

    @Override
    public ApplicationMessage message() {
        return message;
    }

    @Override
    public List<Integer> subscriptionIdentifiers() {
        return subscriptionIdentifiers;
    }

    @Override
    public boolean isDuplicate() {
        return duplicate;
    }

    @Override
    public void acknowledge() {
        if (message.qos() == Qos.AT_MOST_ONCE || !acknowledged.compareAndSet(false, true)) {
            return;
        }
        try {
            acknowledgement.run();
        } catch (RejectedExecutionException e) {
            LOGGER.debug("acknowledgement of {} came after the transport was closed", message, e);
        }
    }

    @Override
    public String toString() {
        return message.toString();
    }
}
