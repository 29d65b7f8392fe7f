package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each message that arrives to the streams that match it, once each. A server that has Subscription Identifiers may send a
 * copy for each subscription (MQTT 5 §3.3.4) and says which one that is for: its streams get it, and no others. What the streams do not ask for waits in them.
 * QoS 1 and 2 stay unacknowledged meanwhile, so that the Receive Maximum bounds them and a stream's demand reaches the connection: a
 * stream that asks for nothing in the end stops them all. Nothing holds QoS 0 back: of that only so many may wait, and what comes
 * beyond is dropped here for the streams that are behind, where it is counted and told.
 */
final class Dispatcher implements FlowableSubscriber<Delivery> {

    private static final Logger LOGGER = LoggerFactory.getLogger(Dispatcher.class);

    private final int qos0Maximum;
    private final AtomicInteger qos0Waiting = new AtomicInteger();
    private long droppedInARow;
    private final ClientCounts counts;
    private final Redeliveries redeliveries = new Redeliveries();
    private final Routes routes = new Routes();

    // Once, and not for each message.
    private final IntSupplier connection = redeliveries::connection;
    private final Runnable taken = this::taken;
    private final Runnable takenQos0 = this::takenQos0;
    private volatile boolean stopped;

    /**
     * Without streams yet.
     *
     * @param qos0Maximum how many messages of QoS 0 may wait for the streams to ask for them
     */
    Dispatcher(int qos0Maximum, ClientCounts counts) {
        this.qos0Maximum = qos0Maximum;
        this.counts = counts;
    }

    /** In the lane. */
    void add(MessageFlow<?> flow) {
        routes.add(flow);
    }

    /** In the lane. */
    void remove(MessageFlow<?> flow) {
        routes.remove(flow);
    }

    /** In the lane, before each attempt to connect. */
    void connecting(ServerAddress to) {
        redeliveries.connecting(to);
    }

    /** Before a connection to the same server of which the transport knows nothing any more; on any thread. */
    void transportStartsAnew() {
        redeliveries.transportStartsAnew();
    }

    /** In the lane, before there is another connection; also when an attempt has failed, after which messages may have come. */
    void connectionEnded() {
        if (!stopped) {
            redeliveries.connectionEnded();
        }
    }

    /** From here on messages stay unacknowledged: a server that keeps the session sends them again. */
    void stop() {
        stopped = true;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Delivery delivery) {
        if (stopped) {
            return;
        }
        counts.received().increment();
        if (redeliveries.takesOver(delivery)) {
            LOGGER.debug("{} came again", delivery.message());
            return;
        }
        List<MessageFlow<?>> matching =
                routes.of(delivery, SubscriptionIdentifiers.tell(delivery.subscriptionIdentifiers()));
        try {
            give(delivery, matching);
        } finally {
            routes.forget();
        }
    }

    private void give(Delivery delivery, List<MessageFlow<?>> matching) {
        ApplicationMessage message = delivery.message();
        int latest = redeliveries.connection();
        for (int i = matching.size() - 1; i >= 0; i--) {
            if (!matching.get(i).accepts(message, latest)) {
                matching.remove(i);
            }
        }
        if (matching.isEmpty()) {
            counts.unrouted().increment();
            LOGGER.debug("no stream for {}", message);
            delivery.acknowledge();
            return;
        }
        boolean qos0 = message.qos() == Qos.AT_MOST_ONCE;
        List<MessageFlow<?>> receivers = qos0 ? withRoom(matching, message) : matching;
        if (receivers.isEmpty()) {
            return;
        }
        counts.receivedWaiting().increment();
        SharedDelivery shared = new SharedDelivery(
                delivery, receivers.size(), redeliveries.present(), connection, qos0 ? takenQos0 : taken);
        if (!qos0) {
            redeliveries.add(shared);
        }
        for (int i = 0; i < receivers.size(); i++) {
            receivers.get(i).offer(shared);
        }
    }

    private void takenQos0() {
        qos0Waiting.decrementAndGet();
        counts.receivedWaiting().decrement();
    }

    private void taken() {
        redeliveries.acknowledged();
        counts.receivedWaiting().decrement();
    }

    /**
     * Those of {@code matching} that have room for one more message of QoS 0: all of them, or once too many wait those that are not
     * behind, so that a slow stream takes nothing from the others. Calls are serialised, so that only what is taken meanwhile
     * changes the number.
     */
    private List<MessageFlow<?>> withRoom(List<MessageFlow<?>> matching, ApplicationMessage message) {
        boolean full = qos0Waiting.get() >= qos0Maximum;
        List<MessageFlow<?>> receivers = full ? notBehind(matching) : matching;
        if (receivers.size() < matching.size()) {
            matching.stream().filter(flow -> !receivers.contains(flow)).forEach(flow -> flow.missed(message));
            dropped(message);
        } else if (!full && droppedInARow > 0) {
            LOGGER.warn("{} messages of QoS 0 were dropped; there is room again", droppedInARow);
            droppedInARow = 0;
        }
        if (!receivers.isEmpty()) {
            qos0Waiting.incrementAndGet();
        }
        return receivers;
    }

    private List<MessageFlow<?>> notBehind(List<MessageFlow<?>> matching) {
        int share = Math.max(1, qos0Maximum / Math.max(1, routes.streams()));
        return matching.stream().filter(flow -> flow.lag() < share).toList();
    }

    private void dropped(ApplicationMessage message) {
        if (droppedInARow == 0) {
            LOGGER.warn(
                    "{} messages of QoS 0 wait for streams that do not ask for them: dropping {} and what else comes,"
                            + " until there is room",
                    qos0Maximum,
                    message.topic());
        }
        droppedInARow++;
        counts.dropped().increment();
    }

    @Override
    public void onError(Throwable failure) {
        LOGGER.error("the transport's stream of messages failed; nothing will arrive any more", failure);
    }

    @Override
    public void onComplete() {
        LOGGER.debug("the transport's stream of messages has ended");
    }
}
