package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.broker.routing.Subscription;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a session is subscribed to, with the mount point in the filters: in the index by which messages are routed, in the
 * store, and counted. Belongs to the session's event loop.
 */
final class SessionSubscriptions {

    private final Broker broker;
    private final Session session;
    private final Map<TopicFilter, Subscription<Session>> byFilter = new HashMap<>();

    SessionSubscriptions(Broker broker, Session session) {
        this.broker = broker;
        this.session = session;
    }

    int size() {
        return byFilter.size();
    }

    boolean contains(TopicFilter filter) {
        return byFilter.containsKey(filter);
    }

    /** All of them, as of now. */
    List<TopicFilter> filters() {
        return List.copyOf(byFilter.keySet());
    }

    /** Subscribes; tells whether the subscription is new. */
    boolean add(Subscription<Session> subscription) {
        TopicFilter filter = subscription.filter();
        broker.index().subscribe(subscription);
        session.journal().subscribed(subscription);
        boolean isNew = byFilter.put(filter, subscription) == null;
        if (isNew) {
            broker.budget().add(Weights.ofSubscription(filter));
            counterOf(filter).increment();
        }
        return isNew;
    }

    /** Ends a subscription; tells whether there was one. */
    boolean remove(TopicFilter filter) {
        broker.index().unsubscribe(session, filter);
        boolean existed = byFilter.remove(filter) != null;
        if (existed) {
            session.journal().unsubscribed(filter);
            broker.budget().add(-Weights.ofSubscription(filter));
            counterOf(filter).decrement();
        }
        return existed;
    }

    void clear() {
        filters().forEach(this::remove);
    }

    /** Ends those that a client with these rights may not have any more; tells why. */
    List<Decision> withdrawForbidden(ClientAccess access) {
        List<Decision> why = new ArrayList<>();
        for (TopicFilter filter : filters()) {
            access.withdrawal(filter).ifPresent(decision -> {
                why.add(decision);
                remove(filter);
            });
        }
        return why;
    }

    private LongAdder counterOf(TopicFilter filter) {
        return filter.shareName().isPresent()
                ? broker.counters().sharedSubscriptions()
                : broker.counters().subscriptions();
    }
}
