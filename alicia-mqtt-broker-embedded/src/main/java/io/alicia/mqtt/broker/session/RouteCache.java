package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.routing.Matches;
import io.alicia.mqtt.broker.routing.SharedGroup;
import io.alicia.mqtt.broker.routing.SubscriptionIndex;
import io.alicia.mqtt.broker.routing.Target;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Routes of topics that were published lately; a house's devices use the same few again and again. Belongs to one event
 * loop and holds for one state of the index, and for duplicates as they were allowed last.
 */
final class RouteCache {

    private static final int MAX_TOPICS = 4096;
    /** Of a topic that is kept; devices have no longer ones, and whoever wants the memory full has. */
    private static final int MAX_TOPIC_LENGTH = 512;

    /** In all routes together: where each topic has thousands of subscribers, few topics are remembered. */
    private static final int MAX_TARGETS = 200_000;

    /** The subscribers of one event loop. */
    record Batch(BrokerLoop loop, List<Target<Session>> targets) {}

    /** Everybody who gets a message, by event loop, and the shared groups of which one member each gets it. */
    record Route(List<Batch> batches, List<SharedGroup<Session>> shared) {

        boolean isEmpty() {
            return batches.isEmpty() && shared.isEmpty();
        }

        int size() {
            int size = shared.size();
            for (Batch batch : batches) {
                size += batch.targets().size();
            }
            return size;
        }
    }

    private final Map<String, Route> routes = new HashMap<>();
    private @Nullable Object state;
    private boolean withDuplicates;
    private int targets;

    Route routeOf(TopicName topic, SubscriptionIndex<Session> index, boolean allowDuplicates) {
        Object now = index.state();
        if (now != state || allowDuplicates != withDuplicates || routes.size() >= MAX_TOPICS) {
            forget();
            state = now;
            withDuplicates = allowDuplicates;
        }
        Route known = routes.get(topic.value());
        if (known == null) {
            // May already be that of a newer state: then the next call finds another state and starts anew.
            known = route(index.match(topic), allowDuplicates);
            if (topic.value().length() <= MAX_TOPIC_LENGTH) {
                remember(topic.value(), known);
            }
        }
        return known;
    }

    private void remember(String topic, Route route) {
        int more = route.size();
        if (more > MAX_TARGETS) {
            return;
        }
        if (targets > MAX_TARGETS - more) {
            forget();
        }
        routes.put(topic, route);
        targets += more;
    }

    private void forget() {
        routes.clear();
        targets = 0;
    }

    /** How many subscribers and groups the routes have together. */
    int targets() {
        return targets;
    }

    int size() {
        return routes.size();
    }

    private static Route route(Matches<Session> matches, boolean allowDuplicates) {
        Map<BrokerLoop, List<Target<Session>>> byLoop = new LinkedHashMap<>();
        for (Target<Session> target : allowDuplicates ? matches.unmerged() : matches.merged()) {
            byLoop.computeIfAbsent(target.subscriber().home(), loop -> new ArrayList<>())
                    .add(target);
        }
        List<Batch> batches = new ArrayList<>(byLoop.size());
        byLoop.forEach((loop, targets) -> batches.add(new Batch(loop, targets)));
        return new Route(batches, matches.shared());
    }
}
