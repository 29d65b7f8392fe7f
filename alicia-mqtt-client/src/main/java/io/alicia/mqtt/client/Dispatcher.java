package io.alicia.mqtt.client;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each message that arrives to the streams that match it, once each. A server that has Subscription Identifiers may send a
 * copy for each subscription (MQTT 5 §3.3.4) and says which one that is for: its streams get it, and no others. Asks the transport for as many messages as may
 * wait in all streams together, and for another one whenever one is taken: that is how a stream's demand reaches the
 * connection. A stream that asks for nothing in the end stops them all.
 */
final class Dispatcher implements FlowableSubscriber<Delivery> {

    private static final Logger LOGGER = LoggerFactory.getLogger(Dispatcher.class);

    /** Filter by filter: without its share, and the identifier of its subscription. */
    private record Route(List<TopicFilter> unshared, List<Integer> identifiers, MessageFlow<?> flow) {

        Route(MessageFlow<?> flow) {
            this(
                    flow.filters().stream().map(TopicFilter::withoutShare).toList(),
                    flow.filters().stream().map(SubscriptionIdentifiers::of).toList(),
                    flow);
        }

        boolean matches(Delivery delivery, boolean identified) {
            TopicName topic = delivery.message().topic();
            for (int i = 0; i < unshared.size(); i++) {
                if ((!identified || delivery.subscriptionIdentifiers().contains(identifiers.get(i)))
                        && unshared.get(i).matches(topic)) {
                    return true;
                }
            }
            return false;
        }
    }

    private final int buffer;
    private final AtomicReference<@Nullable Subscription> upstream = new AtomicReference<>();
    private final ClientCounts counts;
    private volatile List<Route> routes = List.of();
    private volatile boolean stopped;

    Dispatcher(int buffer, ClientCounts counts) {
        this.buffer = buffer;
        this.counts = counts;
    }

    /** In the lane. */
    void add(MessageFlow<?> flow) {
        List<Route> more = new ArrayList<>(routes);
        more.add(new Route(flow));
        routes = List.copyOf(more);
    }

    /** In the lane. */
    void remove(MessageFlow<?> flow) {
        routes = routes.stream().filter(route -> route.flow() != flow).toList();
    }

    /** From here on messages stay unacknowledged: a server that keeps the session sends them again. */
    void stop() {
        stopped = true;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream.set(subscription);
        subscription.request(buffer);
    }

    @Override
    public void onNext(Delivery delivery) {
        if (stopped) {
            return;
        }
        counts.received().increment();
        ApplicationMessage message = delivery.message();
        boolean identified = SubscriptionIdentifiers.tell(delivery.subscriptionIdentifiers());
        List<MessageFlow<?>> matching = new ArrayList<>(2);
        for (Route route : routes) {
            if (route.matches(delivery, identified) && route.flow().accepts(message)) {
                matching.add(route.flow());
            }
        }
        if (matching.isEmpty()) {
            counts.unrouted().increment();
            LOGGER.debug("no stream for {}", message);
            delivery.acknowledge();
            requestOne();
            return;
        }
        SharedDelivery shared = new SharedDelivery(delivery, matching.size(), this::requestOne);
        for (MessageFlow<?> flow : matching) {
            flow.offer(shared);
        }
    }

    private void requestOne() {
        Subscription subscription = upstream.get();
        if (subscription != null) {
            subscription.request(1);
        }
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
