package io.alicia.mqtt.broker.routing;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
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
     * Shows the values of all topics that a filter matches; changes meanwhile may be seen or not.
     *
     * @param filter the Topic Filter; the part behind {@code $share/NAME/} of a shared one
     * @param found gets each value
     */
    public void match(TopicFilter filter, Consumer<? super V> found) {
        String[] levels = TopicLevels.split(filter.withoutShare().value());
        root.get().match(levels, 0, true, found);
    }

    /**
     * Shows the value of every topic, those that begin with {@code $} among them.
     *
     * @param found gets each value
     */
    public void forEach(Consumer<? super V> found) {
        root.get().visitAll(false, found);
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

        void match(String[] levels, int depth, boolean atRoot, Consumer<? super V> found) {
            if (depth == levels.length) {
                show(found);
                return;
            }
            switch (levels[depth]) {
                case "#" -> visitAll(atRoot, found);
                case "+" ->
                    children.forEach((level, child) -> {
                        if (!atRoot || !level.startsWith("$")) {
                            child.match(levels, depth + 1, false, found);
                        }
                    });
                default -> {
                    Node<V> child = children.get(levels[depth]);
                    if (child != null) {
                        child.match(levels, depth + 1, false, found);
                    }
                }
            }
        }

        void visitAll(boolean withoutReserved, Consumer<? super V> found) {
            show(found);
            children.forEach((level, child) -> {
                if (!withoutReserved || !level.startsWith("$")) {
                    child.visitAll(false, found);
                }
            });
        }

        private void show(Consumer<? super V> found) {
            V present = value == null ? null : value.get();
            if (present != null) {
                found.accept(present);
            }
        }
    }
}
