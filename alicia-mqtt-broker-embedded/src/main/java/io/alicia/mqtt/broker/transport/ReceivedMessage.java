package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A message that arrived; with QoS 1 and 2 under a Packet Identifier. */
final class ReceivedMessage implements Delivery {

    private final ApplicationMessage message;
    private final List<Integer> subscriptionIdentifiers;
    private final boolean duplicate;
    private final int packetIdentifier;
    private final Runnable whenAcknowledged;
    private final AtomicBoolean acknowledged = new AtomicBoolean();
    private volatile boolean handedOver;

    ReceivedMessage(
            ApplicationMessage message,
            List<Integer> subscriptionIdentifiers,
            boolean duplicate,
            int packetIdentifier,
            Runnable whenAcknowledged) {
        this.message = message;
        this.subscriptionIdentifiers = subscriptionIdentifiers;
        this.duplicate = duplicate;
        this.packetIdentifier = packetIdentifier;
        this.whenAcknowledged = whenAcknowledged;
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
        if (message.qos() != Qos.AT_MOST_ONCE && acknowledged.compareAndSet(false, true)) {
            whenAcknowledged.run();
        }
    }

    boolean isAcknowledged() {
        return acknowledged.get();
    }

    int packetIdentifier() {
        return packetIdentifier;
    }

    boolean isHandedOver() {
        return handedOver;
    }

    void markHandedOver() {
        handedOver = true;
    }

    @Override
    public String toString() {
        return message.toString();
    }
}
