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
    /** Those whose retained messages were not offered yet, if that is to outlive the broker. */
    private final Map<TopicFilter, RetainedDue> retainedDue = new HashMap<>();

    /**
     * That retained messages are due.
     *
     * @param subscription the newest that they are to be offered for
     * @param lastNumber the newest message that there was
     */
    private record RetainedDue(Subscription<Session> subscription, long lastNumber) {}

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

    /**
     * Subscribes.
     *
     * @param wantsRetained whether retained messages are to be offered for it, which {@link #retainedOffered} ends
     */
    void add(Subscription<Session> subscription, boolean wantsRetained) {
        TopicFilter filter = subscription.filter();
        broker.index().subscribe(subscription);
        if (wantsRetained && session.journal().isLasting() && session.outbox().keeps(subscription.maximumQos())) {
            // Only now: what has a larger number comes by the subscription itself.
            retainedDue.put(
                    filter, new RetainedDue(subscription, broker.journal().lastNumber()));
        }
        RetainedDue due = retainedDue.get(filter);
        session.journal().subscribed(subscription, due == null ? 0 : due.lastNumber());
        put(subscription);
    }

    /** A subscription as the store kept it. */
    void restore(Subscription<Session> subscription, long dueUpTo) {
        broker.index().subscribe(subscription);
        if (dueUpTo != 0) {
            retainedDue.put(subscription.filter(), new RetainedDue(subscription, dueUpTo));
        }
        put(subscription);
    }

    private void put(Subscription<Session> subscription) {
        TopicFilter filter = subscription.filter();
        if (byFilter.put(filter, subscription) == null) {
            broker.budget().add(Weights.ofSubscription(filter));
            counterOf(filter).increment();
        }
    }

    /** The retained messages of a subscription have all been offered. */
    void retainedOffered(Subscription<Session> subscription) {
        TopicFilter filter = subscription.filter();
        RetainedDue due = retainedDue.get(filter);
        Subscription<Session> present = byFilter.get(filter);
        // If it was made anew meanwhile, they are offered once more.
        if (due != null && present != null && due.subscription().equals(subscription)) {
            retainedDue.remove(filter);
            session.journal().retainedOffered(present);
        }
    }

    /** Whether retained messages are due that have to come before this one. */
    boolean owesRetainedBefore(Message message) {
        return retainedDue.entrySet().stream()
                .anyMatch(due -> message.number() > due.getValue().lastNumber()
                        && due.getKey().matches(message.topic()));
    }

    /** Ends a subscription; tells whether there was one. */
    boolean remove(TopicFilter filter) {
        broker.index().unsubscribe(session, filter);
        boolean existed = byFilter.remove(filter) != null;
        retainedDue.remove(filter);
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
