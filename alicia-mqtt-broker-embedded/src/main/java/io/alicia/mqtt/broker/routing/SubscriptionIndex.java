package io.alicia.mqtt.broker.routing;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions of a broker as a trie of topic levels. Each state is immutable: any thread matches against the latest
 * one without a lock, and a change copies the few nodes on its filter's path and swaps the root, whatever the size of the
 * rest.
 *
 * @param <S> who subscribes
 */
public final class SubscriptionIndex<S extends Subscriber> {

    private final AtomicRoot<Node<S>> root = new AtomicRoot<>(Node.empty());

    /** An index without subscriptions. */
    public SubscriptionIndex() {}

    /**
     * Adds a subscription, in place of the subscriber's subscription with the same filter [MQTT-3.8.4-3].
     *
     * @param subscription what to add
     * @return the subscription that it took the place of, or null
     */
    public @Nullable Subscription<S> subscribe(Subscription<S> subscription) {
        TopicFilter filter = subscription.filter();
        String[] levels = TopicLevels.split(filter.withoutShare().value());
        return change(levels, filter, subscription.subscriber(), node -> node.with(subscription));
    }

    /**
     * Removes the subscriber's subscription with exactly this filter.
     *
     * @param subscriber who no longer subscribes
     * @param filter the Topic Filter, with {@code $share/NAME/} if it is shared
     * @return the subscription that was removed, or null if there was none
     */
    public @Nullable Subscription<S> unsubscribe(S subscriber, TopicFilter filter) {
        String[] levels = TopicLevels.split(filter.withoutShare().value());
        return change(levels, filter, subscriber, node -> node.without(subscriber, filter));
    }

    private @Nullable Subscription<S> change(
            String[] levels, TopicFilter filter, S subscriber, UnaryOperator<Node<S>> leafChange) {
        while (true) {
            Node<S> before = root.get();
            Node<S> leaf = before.findOrNull(levels);
            Subscription<S> present = leaf == null ? null : leaf.subscriptionOrNull(subscriber, filter);
            Node<S> after = before.change(levels, 0, leafChange);
            if (root.compareAndSet(before, after)) {
                return present;
            }
        }
    }

    /**
     * {@return the subscriptions whose filters match the name}
     *
     * @param name the Topic Name of a message
     */
    public Matches<S> match(TopicName name) {
        Matches<S> matches = new Matches<>();
        root.get().match(TopicLevels.split(name.value()), 0, name.isReserved(), matches);
        return matches;
    }

    /**
     * {@return the members of a shared subscription, or null if there is none}
     *
     * @param filter the Topic Filter with {@code $share/NAME/}
     */
    public @Nullable SharedGroup<S> groupOrNull(TopicFilter filter) {
        Node<S> node =
                root.get().findOrNull(TopicLevels.split(filter.withoutShare().value()));
        return node == null ? null : node.groups.get(filter.shareName().orElse(""));
    }

    /** {@return something that is another object after every change: what was matched under the same one still holds} */
    public Object state() {
        return root.get();
    }

    /**
     * The filters that begin with the same levels.
     *
     * @param children by next level, {@code +} and {@code #} among them
     * @param plus the child {@code +}, once more, as matching asks for it at every node
     * @param hash the child {@code #}, likewise
     */
    private record Node<S extends Subscriber>(
            PersistentMap<String, Node<S>> children,
            @Nullable Node<S> plus,
            @Nullable Node<S> hash,
            PersistentMap<S, Subscription<S>> subscriptions,
            PersistentMap<String, SharedGroup<S>> groups) {

        static <S extends Subscriber> Node<S> empty() {
            return new Node<>(PersistentMap.empty(), null, null, PersistentMap.empty(), PersistentMap.empty());
        }

        boolean isEmpty() {
            return children.isEmpty() && subscriptions.isEmpty() && groups.isEmpty();
        }

        @Nullable
        Node<S> findOrNull(String[] levels) {
            Node<S> node = this;
            for (int i = 0; i < levels.length && node != null; i++) {
                node = node.children.get(levels[i]);
            }
            return node;
        }

        @Nullable
        Subscription<S> subscriptionOrNull(S subscriber, TopicFilter filter) {
            if (filter.shareName().isEmpty()) {
                return subscriptions.get(subscriber);
            }
            SharedGroup<S> group = groups.get(filter.shareName().get());
            return group == null ? null : group.memberOrNull(subscriber);
        }

        Node<S> change(String[] levels, int depth, UnaryOperator<Node<S>> leafChange) {
            if (depth == levels.length) {
                return leafChange.apply(this);
            }
            Node<S> below = children.get(levels[depth]);
            Node<S> changed = (below == null ? Node.<S>empty() : below).change(levels, depth + 1, leafChange);
            return child(levels[depth], changed.isEmpty() ? null : changed);
        }

        private Node<S> child(String level, @Nullable Node<S> child) {
            return new Node<>(
                    child == null ? children.without(level) : children.with(level, child),
                    level.equals("+") ? child : plus,
                    level.equals("#") ? child : hash,
                    subscriptions,
                    groups);
        }

        Node<S> with(Subscription<S> subscription) {
            String share = subscription.filter().shareName().orElse(null);
            if (share == null) {
                return subscribed(subscriptions.with(subscription.subscriber(), subscription), groups);
            }
            SharedGroup<S> group = groups.get(share);
            return subscribed(
                    subscriptions,
                    groups.with(share, group == null ? SharedGroup.of(subscription) : group.with(subscription)));
        }

        Node<S> without(S subscriber, TopicFilter filter) {
            String share = filter.shareName().orElse(null);
            if (share == null) {
                return subscribed(subscriptions.without(subscriber), groups);
            }
            SharedGroup<S> group = groups.get(share);
            SharedGroup<S> left = group == null ? null : group.without(subscriber);
            return subscribed(subscriptions, left == null ? groups.without(share) : groups.with(share, left));
        }

        private Node<S> subscribed(
                PersistentMap<S, Subscription<S>> newSubscriptions, PersistentMap<String, SharedGroup<S>> newGroups) {
            return new Node<>(children, plus, hash, newSubscriptions, newGroups);
        }

        void match(String[] levels, int depth, boolean noWildcard, Matches<S> into) {
            // "a/#" matches "a" too: the wildcard counts at this node's own end as well (MQTT 5 §4.7.1.2).
            if (hash != null && !noWildcard) {
                into.add(hash.subscriptions, hash.groups);
            }
            if (depth == levels.length) {
                into.add(subscriptions, groups);
                return;
            }
            Node<S> exact = children.get(levels[depth]);
            if (exact != null) {
                exact.match(levels, depth + 1, false, into);
            }
            if (plus != null && !noWildcard) {
                plus.match(levels, depth + 1, false, into);
            }
        }
    }
}
