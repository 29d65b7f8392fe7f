package io.alicia.mqtt.client;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Topic Filters in the order in which they came, with an index by level: which of them contains another filter, and which ones
 * another contains, is found without looking at them all. A filter contains another if it matches whatever that matches. A shared
 * subscription contains itself alone and is contained in nothing else.
 */
final class FilterTrie {

    private final Set<TopicFilter> members = new LinkedHashSet<>();
    private final Node root = new Node();

    private static final class Node {

        /** Several where they say the same, as {@code #} and {@code +/#} do. */
        private final Set<TopicFilter> here = new LinkedHashSet<>(2);

        private final Map<String, Node> below = new LinkedHashMap<>(4);

        boolean isEmpty() {
            return here.isEmpty() && below.isEmpty();
        }
    }

    /** A node that a search has come to, and the level of the filter that it goes on with. */
    private record Step(Node node, int level) {}

    /** What is in it, as it is at any time. */
    Set<TopicFilter> all() {
        return Collections.unmodifiableSet(members);
    }

    boolean contains(TopicFilter filter) {
        return members.contains(filter);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** Whether it was not in it before. */
    boolean add(TopicFilter filter) {
        if (!members.add(filter)) {
            return false;
        }
        if (!isShared(filter)) {
            Node node = root;
            for (String level : spelledOut(filter)) {
                node = node.below.computeIfAbsent(level, key -> new Node());
            }
            node.here.add(filter);
        }
        return true;
    }

    /** Whether it was in it before. */
    boolean remove(TopicFilter filter) {
        if (!members.remove(filter)) {
            return false;
        }
        if (!isShared(filter)) {
            takeOut(filter);
        }
        return true;
    }

    private void takeOut(TopicFilter filter) {
        List<String> levels = spelledOut(filter);
        List<Node> path = new ArrayList<>(levels.size() + 1);
        Node last = root;
        path.add(last);
        for (String level : levels) {
            last = Objects.requireNonNull(last.below.get(level), "a member without its place");
            path.add(last);
        }
        last.here.remove(filter);
        for (int i = levels.size(); i > 0 && path.get(i).isEmpty(); i--) {
            path.get(i - 1).below.remove(levels.get(i - 1));
        }
    }

    void clear() {
        members.clear();
        root.here.clear();
        root.below.clear();
    }

    /** One that contains {@code narrow}, itself rather than another; null if there is none. */
    @Nullable
    TopicFilter containing(TopicFilter narrow) {
        if (members.contains(narrow)) {
            return narrow;
        }
        if (isShared(narrow)) {
            return null;
        }
        List<String> levels = spelledOut(narrow);
        Deque<Step> open = new ArrayDeque<>();
        open.push(new Step(root, 0));
        while (!open.isEmpty()) {
            Step step = open.pop();
            Node node = step.node();
            int i = step.level();
            Node multi = node.below.get("#");
            if (multi != null) {
                return first(multi);
            }
            if (i == levels.size()) {
                if (!node.here.isEmpty()) {
                    return first(node);
                }
                continue;
            }
            String level = levels.get(i);
            push(open, isWildcard(level) ? null : node.below.get(level), i + 1);
            if (!level.equals("#") && !(i == 0 && isReserved(level))) {
                push(open, node.below.get("+"), i + 1);
            }
        }
        return null;
    }

    private static TopicFilter first(Node node) {
        return node.here.iterator().next();
    }

    /** All that {@code wide} contains, itself included. */
    List<TopicFilter> containedIn(TopicFilter wide) {
        List<TopicFilter> found = new ArrayList<>();
        if (isShared(wide)) {
            if (members.contains(wide)) {
                found.add(wide);
            }
            return found;
        }
        List<String> levels = spelledOut(wide);
        Deque<Step> open = new ArrayDeque<>();
        open.push(new Step(root, 0));
        while (!open.isEmpty()) {
            Step step = open.pop();
            Node node = step.node();
            int i = step.level();
            if (i == levels.size()) {
                found.addAll(node.here);
                continue;
            }
            switch (levels.get(i)) {
                case "#" -> addWithAllBelow(node, found);
                case "+" ->
                    node.below.forEach((level, child) -> {
                        if (!level.equals("#") && !(i == 0 && isReserved(level))) {
                            open.push(new Step(child, i + 1));
                        }
                    });
                default -> push(open, node.below.get(levels.get(i)), i + 1);
            }
        }
        return found;
    }

    private static void addWithAllBelow(Node top, List<TopicFilter> found) {
        Deque<Node> open = new ArrayDeque<>();
        open.push(top);
        while (!open.isEmpty()) {
            Node node = open.pop();
            found.addAll(node.here);
            node.below.values().forEach(open::push);
        }
    }

    private static void push(Deque<Step> open, @Nullable Node node, int level) {
        if (node != null) {
            open.push(new Step(node, level));
        }
    }

    /** A name has one level at least and is not empty: {@code #} is {@code +/#}, and {@code /#} is {@code /+/#}. */
    private static List<String> spelledOut(TopicFilter filter) {
        return switch (filter.value()) {
            case "#" -> List.of("+", "#");
            case "/#" -> List.of("", "+", "#");
            default -> filter.levels();
        };
    }

    private static boolean isShared(TopicFilter filter) {
        return filter.shareName().isPresent();
    }

    private static boolean isWildcard(String level) {
        return level.equals("+") || level.equals("#");
    }

    /** Names that begin so are for no wildcard in the first level [MQTT-4.7.2-1]. */
    private static boolean isReserved(String firstLevel) {
        return firstLevel.startsWith("$");
    }
}
