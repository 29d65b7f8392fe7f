package io.alicia.mqtt.broker.routing;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One value a Topic Name, found by Topic Filter: the retained messages. Read by any thread without a lock. A topic's new
 * value takes the place of its old one in one step; only a topic that comes or goes changes the trie.
 *
 * @param <V> what is kept
 */
public final class RetainedIndex<V> {

    private final AtomicRoot<Node<V>> root = new AtomicRoot<>(Node.empty());
    private final AtomicInteger size = new AtomicInteger();

    /** An index without values. */
    public RetainedIndex() {}

    /** {@return how many topics have a value} */
    public int size() {
        return size.get();
    }

    /**
     * {@return the value of exactly this topic, or null}
     *
     * @param name the Topic Name
     */
    public @Nullable V get(TopicName name) {
        Node<V> node = root.get().findOrNull(TopicLevels.split(name.value()));
        return node == null || node.value == null ? null : node.value.get();
    }

    /**
     * Keeps a value in place of the topic's old one.
     *
     * @param name the Topic Name
     * @param value what to keep
     * @return the old value, or null
     */
    public @Nullable V put(TopicName name, V value) {
        String[] levels = TopicLevels.split(name.value());
        while (true) {
            Node<V> before = root.get();
            Node<V> node = before.findOrNull(levels);
            Holder<V> holder = node == null ? null : node.value;
            V old = holder == null ? null : holder.get();
            if (holder != null && old != null) {
                if (holder.compareAndSet(old, value)) {
                    return old;
                }
            } else if (root.compareAndSet(before, before.with(levels, 0, new Holder<>(value)))) {
                size.incrementAndGet();
                return null;
            }
        }
    }

    /**
     * Forgets the topic's value.
     *
     * @param name the Topic Name
     * @return what was kept, or null
     */
    public @Nullable V remove(TopicName name) {
        return removeIf(name, (topic, value) -> true);
    }

    /**
     * Forgets the topic's value if it is still one that should go.
     *
     * @param name the Topic Name
     * @param condition asked with the value that is there
     * @return what was removed, or null
     */
    public @Nullable V removeIf(TopicName name, BiPredicate<TopicName, V> condition) {
        String[] levels = TopicLevels.split(name.value());
        while (true) {
            Node<V> node = root.get().findOrNull(levels);
            Holder<V> holder = node == null ? null : node.value;
            V old = holder == null ? null : holder.get();
            if (holder == null || old == null || !condition.test(name, old)) {
                return null;
            }
            // An empty holder is dead for ever: a put that comes now makes a new one, so cutting this one off is safe.
            if (holder.compareAndSet(old, null)) {
                size.decrementAndGet();
                cutOff(levels, holder);
                return old;
            }
        }
    }

    private void cutOff(String[] levels, Holder<V> dead) {
        while (true) {
            Node<V> before = root.get();
            Node<V> node = before.findOrNull(levels);
            if (node == null || node.value != dead) {
                return;
            }
            if (root.compareAndSet(before, before.with(levels, 0, null))) {
                return;
            }
        }
    }

    /**
     * {@return a search for the values of all topics that a filter matches, as they are when it comes to them; topics that
     * come later are not found}
     *
     * @param filter the Topic Filter; the part behind {@code $share/NAME/} of a shared one
     */
    public Search<V> search(TopicFilter filter) {
        return new Search<>(root.get(), TopicLevels.split(filter.withoutShare().value()));
    }

    /** {@return such a search for the values of all topics, those that begin with {@code $} among them} */
    public Search<V> searchAll() {
        return new Search<>(root.get());
    }

    /**
     * A walk through the topics that a filter matches, in small steps, however many topics there are. Belongs to one
     * thread at a time.
     *
     * @param <V> what is kept
     */
    public static final class Search<V> {

        private final String[] levels;
        private final ArrayDeque<Siblings<V>> open = new ArrayDeque<>();

        /** Finds everything. */
        private Search(Node<V> root) {
            this.levels = new String[] {"#"};
            open.push(new Siblings<>(root.children.cursor(), 0, false));
        }

        private Search(Node<V> root, String[] levels) {
            this.levels = levels;
            if (levels[0].equals("+") || levels[0].equals("#")) {
                // What begins with a wildcard matches no topic that begins with "$" [MQTT-4.7.2-1].
                open.push(new Siblings<>(root.children.cursor(), levels[0].equals("#") ? 0 : 1, true));
            } else {
                // A map of its own, so that each search begins with siblings.
                Node<V> first = root.children.get(levels[0]);
                PersistentMap<String, Node<V>> alone = PersistentMap.empty();
                open.push(new Siblings<>((first == null ? alone : alone.with(levels[0], first)).cursor(), 1, false));
            }
        }

        /** {@return whether there is nothing more to be found} */
        public boolean isOver() {
            return open.isEmpty();
        }

        /** {@return the next value if it was found in one step, otherwise null, perhaps with more to be found} */
        public @Nullable V step() {
            Siblings<V> siblings = open.peek();
            if (siblings == null) {
                return null;
            }
            if (!siblings.nodes.advance()) {
                open.pop();
                return null;
            }
            if (siblings.withoutReserved && siblings.nodes.key().startsWith("$")) {
                return null;
            }
            return visit(siblings.nodes.value(), siblings.depth);
        }

        /** Matches what is below a node from a level on. */
        private @Nullable V visit(Node<V> start, int startDepth) {
            Node<V> node = start;
            for (int depth = startDepth; depth < levels.length; depth++) {
                switch (levels[depth]) {
                    case "#" -> {
                        // "a/#" matches "a" too (MQTT 5 §4.7.1.2).
                        open(node, depth);
                        return node.present();
                    }
                    case "+" -> {
                        open(node, depth + 1);
                        return null;
                    }
                    default -> {
                        Node<V> child = node.children.get(levels[depth]);
                        if (child == null) {
                            return null;
                        }
                        node = child;
                    }
                }
            }
            return node.present();
        }

        private void open(Node<V> parent, int depth) {
            if (!parent.children.isEmpty()) {
                open.push(new Siblings<>(parent.children.cursor(), depth, false));
            }
        }

        /** Nodes below one node, of which each is matched from the same level of the filter on. */
        private record Siblings<V>(PersistentMap.Cursor<String, Node<V>> nodes, int depth, boolean withoutReserved) {}
    }

    /** The value of one topic; null once it is removed, and then never anything else again. */
    private static final class Holder<V> extends AtomicReference<@Nullable V> {
        private static final long serialVersionUID = 1L;

        Holder(V value) {
            super(value);
        }
    }

    private static final class Node<V> {

        private final PersistentMap<String, Node<V>> children;
        private final @Nullable Holder<V> value;

        private Node(PersistentMap<String, Node<V>> children, @Nullable Holder<V> value) {
            this.children = children;
            this.value = value;
        }

        static <V> Node<V> empty() {
            return new Node<>(PersistentMap.empty(), null);
        }

        @Nullable
        Node<V> findOrNull(String[] levels) {
            Node<V> node = this;
            for (int i = 0; i < levels.length && node != null; i++) {
                node = node.children.get(levels[i]);
            }
            return node;
        }

        Node<V> with(String[] levels, int depth, @Nullable Holder<V> newValue) {
            if (depth == levels.length) {
                return new Node<>(children, newValue);
            }
            Node<V> below = children.get(levels[depth]);
            Node<V> changed = (below == null ? Node.<V>empty() : below).with(levels, depth + 1, newValue);
            boolean gone = changed.value == null && changed.children.isEmpty();
            return new Node<>(gone ? children.without(levels[depth]) : children.with(levels[depth], changed), value);
        }

        @Nullable
        V present() {
            return value == null ? null : value.get();
        }
    }
}
