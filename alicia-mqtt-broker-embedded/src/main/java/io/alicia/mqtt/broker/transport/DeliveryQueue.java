package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.spi.Delivery;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.processors.UnicastProcessor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What arrived and was not asked for yet, for the one subscriber. QoS 1 and 2 are bounded by the Receive Maximum, QoS 0 by
 * {@value #QOS_0_BOUND} messages. Filled on the event loop, emptied there or on the thread that requests.
 */
final class DeliveryQueue {

    private static final Logger LOGGER = LoggerFactory.getLogger(DeliveryQueue.class);

    static final int QOS_0_BOUND = 1_024;

    private final UnicastProcessor<ReceivedMessage> waiting = UnicastProcessor.create();
    private final AtomicInteger qos0Waiting = new AtomicInteger();

    Flowable<Delivery> deliveries() {
        return waiting.map(this::handOver);
    }

    private Delivery handOver(ReceivedMessage message) {
        message.markHandedOver();
        if (message.packetIdentifier() == 0) {
            qos0Waiting.decrementAndGet();
        }
        return message;
    }

    void offer(ReceivedMessage message) {
        waiting.onNext(message);
    }

    /** QoS 0, which may get lost. */
    void offerUnlessFull(ReceivedMessage message) {
        if (qos0Waiting.incrementAndGet() > QOS_0_BOUND) {
            qos0Waiting.decrementAndGet();
            LOGGER.debug("{} QoS 0 messages wait; {} is dropped", QOS_0_BOUND, message);
        } else {
            waiting.onNext(message);
        }
    }

    void complete() {
        waiting.onComplete();
    }
}
