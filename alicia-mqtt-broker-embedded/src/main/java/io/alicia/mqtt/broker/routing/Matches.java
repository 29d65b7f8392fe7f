package io.alicia.mqtt.broker.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The subscriptions that a Topic Name matched in one state of the index.
 *
 * @param <S> who subscribes
 */
public final class Matches<S extends Subscriber> {

    private final List<Subscription<S>> direct = new ArrayList<>();
    private final List<SharedGroup<S>> shared = new ArrayList<>();
    private int filters;

    Matches() {}

    void add(PersistentMap<S, Subscription<S>> subscriptions, PersistentMap<String, SharedGroup<S>> groups) {
        if (!subscriptions.isEmpty()) {
            filters++;
            subscriptions.forEach((subscriber, subscription) -> direct.add(subscription));
        }
        groups.forEach((name, group) -> shared.add(group));
    }

    /** {@return the shared groups, of which one member each gets the message} */
    public List<SharedGroup<S>> shared() {
        return shared;
    }

    /** {@return every subscription that is not shared as a target of its own} */
    public List<Target<S>> unmerged() {
        List<Target<S>> targets = new ArrayList<>(direct.size());
        for (Subscription<S> subscription : direct) {
            targets.add(Target.of(subscription));
        }
        return targets;
    }

    /** {@return the subscriptions that are not shared, merged into one target a subscriber} */
    public List<Target<S>> merged() {
        // A subscriber is at most once at one filter: only several filters can meet in one subscriber.
        if (filters <= 1) {
            return unmerged();
        }
        Map<S, Target<S>> bySubscriber = new HashMap<>(direct.size() * 2);
        for (Subscription<S> subscription : direct) {
            Target<S> present = bySubscriber.get(subscription.subscriber());
            bySubscriber.put(
                    subscription.subscriber(), present == null ? Target.of(subscription) : present.and(subscription));
        }
        return new ArrayList<>(bySubscriber.values());
    }
}
