package io.alicia.mqtt.client;

import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which streams a message is for. The filters stand in a tree of their levels, so that a message costs what its own topic is long,
 * however many streams there are, and no garbage. Changed in the client's {@link Lane}, read by the dispatching thread meanwhile,
 * which is one at a time.
 */
final class Routes {

    /** One filter of a stream, with the identifier of its subscription, an object to be looked for in each message's list. */
    private record Route(MessageFlow<?> flow, Integer identifier) {}

    private final Node root = new Node();
    private final AtomicInteger streams = new AtomicInteger();
    private final Search search = new Search();

    /** How many streams there are. */
    int streams() {
        return streams.get();
    }

    void add(MessageFlow<?> flow) {
        for (TopicFilter filter : flow.filters()) {
            place(filter).add(new Route(flow, SubscriptionIdentifiers.of(filter)));
        }
        streams.incrementAndGet();
    }

    private Place place(TopicFilter filter) {
        Node node = root;
        for (String level : filter.levels()) {
            switch (level) {
                case "#" -> {
                    return node.below;
                }
                case "+" -> node = node.any();
                default -> node = node.child(level);
            }
        }
        return node.here;
    }

    /** Tells whether it was there. */
    boolean remove(MessageFlow<?> flow) {
        boolean found = false;
        for (TopicFilter filter : flow.filters()) {
            found |= root.remove(filter.levels(), 0, flow);
        }
        if (found) {
            streams.decrementAndGet();
        }
        return found;
    }

    /**
     * The streams whose filter matches {@code delivery}, each of them once; the list is the caller's until it {@linkplain #forget
     * forgets} it.
     *
     * @param identified whether only those are meant whose subscription it names
     */
    List<MessageFlow<?>> of(Delivery delivery, boolean identified) {
        search.begin(delivery, identified);
        search.in(root, 0);
        return search.found;
    }

    /** Nothing is to be held for the sake of a message that is through. */
    void forget() {
        search.found.clear();
    }

    /** The routes that end at one place of the tree; most often there is one. */
    private static final class Place {

        private volatile Route[] routes = {};

        void add(Route route) {
            Route[] more = Arrays.copyOf(routes, routes.length + 1);
            more[routes.length] = route;
            routes = more;
        }

        boolean remove(MessageFlow<?> flow) {
            Route[] before = routes;
            routes = Arrays.stream(before).filter(route -> route.flow() != flow).toArray(Route[]::new);
            return routes.length < before.length;
        }

        boolean isEmpty() {
            return routes.length == 0;
        }
    }

    private static final class Node {

        /** Filters that end here. */
        final Place here = new Place();

        /** Filters that end with {@code #} here: they match the topic of this node and all below. */
        final Place below = new Place();

        volatile @Nullable Node any;
        final LevelTable<Node> children = new LevelTable<>();

        boolean isEmpty() {
            return here.isEmpty() && below.isEmpty() && any == null && children.isEmpty();
        }

        Node any() {
            Node existing = any;
            if (existing == null) {
                existing = new Node();
                any = existing;
            }
            return existing;
        }

        Node child(String level) {
            return children.getOrAdd(level, Node::new);
        }

        /** Also takes away what is empty then. */
        boolean remove(List<String> levels, int depth, MessageFlow<?> flow) {
            if (depth == levels.size()) {
                return here.remove(flow);
            }
            String level = levels.get(depth);
            if (level.equals("#")) {
                return below.remove(flow);
            }
            Node next = level.equals("+") ? any : children.get(level, 0, level.length());
            if (next == null) {
                return false;
            }
            boolean removed = next.remove(levels, depth + 1, flow);
            if (next.isEmpty()) {
                if (next == any) {
                    any = null;
                } else {
                    children.remove(level);
                }
            }
            return removed;
        }
    }

    /** The way of one message after the other down the tree. */
    private static final class Search {

        private final List<MessageFlow<?>> found = new ArrayList<>();
        private List<Integer> identifiers = List.of();
        private boolean identified;
        private String topic = "";

        void begin(Delivery delivery, boolean onlyIdentified) {
            found.clear();
            identifiers = delivery.subscriptionIdentifiers();
            identified = onlyIdentified;
            topic = delivery.message().topic().value();
        }

        /** {@code start} is where the next level begins; behind the topic's end there is none. */
        void in(Node node, int start) {
            boolean reserved = start == 0 && topic.startsWith("$"); // for no wildcard there [MQTT-4.7.2-1]
            if (!reserved) {
                take(node.below);
            }
            if (start > topic.length()) {
                take(node.here);
                return;
            }
            int slash = topic.indexOf('/', start);
            int end = slash < 0 ? topic.length() : slash;
            Node any = node.any;
            if (any != null && !reserved) {
                in(any, end + 1);
            }
            Node child = node.children.get(topic, start, end);
            if (child != null) {
                in(child, end + 1);
            }
        }

        private boolean isMeant(Route route) {
            return !identified || identifiers.contains(route.identifier());
        }

        private void take(Place place) {
            for (Route route : place.routes) {
                boolean several = route.flow().filters().size() > 1;
                if (isMeant(route) && !(several && found.contains(route.flow()))) {
                    found.add(route.flow());
                }
            }
        }
    }
}
