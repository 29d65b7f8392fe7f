package io.alicia.mqtt.client;

import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which streams a message is for. The filters stand in a tree of their levels, so that a message costs what its own topic is long,
 * however many streams there are, and no garbage. Changed in the client's {@link Lane}, read by the dispatching thread meanwhile.
 */
final class Routes {

    /** One filter of a stream, with the identifier of its subscription. */
    private record Route(MessageFlow<?> flow, int identifier) {

        boolean isFor(Delivery delivery, boolean identified) {
            return !identified || delivery.subscriptionIdentifiers().contains(identifier);
        }
    }

    private final Node root = new Node();
    private final AtomicInteger streams = new AtomicInteger();

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
     * The streams whose filter matches {@code delivery}, each of them once.
     *
     * @param identified whether only those are meant whose subscription it names
     */
    List<MessageFlow<?>> of(Delivery delivery, boolean identified) {
        Search search = new Search(delivery, identified);
        search.in(root, 0);
        return search.found;
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

    /** Children by name in the order of their names. A value, so that a reader sees names and nodes of one moment. */
    private record Children(List<String> names, List<Node> nodes) {

        static final Children NONE = new Children(List.of(), List.of());

        Children with(int index, String name, Node node) {
            return new Children(inserted(names, index, name), inserted(nodes, index, node));
        }

        private static <E> List<E> inserted(List<E> elements, int index, E more) {
            List<E> all = new ArrayList<>(elements);
            all.add(index, more);
            return List.copyOf(all);
        }

        Children without(int index) {
            return new Children(removed(names, index), removed(nodes, index));
        }

        private static <E> List<E> removed(List<E> elements, int index) {
            List<E> rest = new ArrayList<>(elements);
            rest.remove(index);
            return List.copyOf(rest);
        }

        /** Where the level of {@code topic} from {@code start} to {@code end} is; negative as in {@link Collections#binarySearch}. */
        int indexOf(String topic, int start, int end) {
            int low = 0;
            int high = names.size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = compare(names.get(middle), topic, start, end);
                if (order == 0) {
                    return middle;
                }
                if (order < 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return -(low + 1);
        }

        private static int compare(String name, String topic, int start, int end) {
            int common = Math.min(name.length(), end - start);
            for (int i = 0; i < common; i++) {
                int order = Character.compare(name.charAt(i), topic.charAt(start + i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(name.length(), end - start);
        }
    }

    private static final class Node {

        /** Filters that end here. */
        final Place here = new Place();

        /** Filters that end with {@code #} here: they match the topic of this node and all below. */
        final Place below = new Place();

        volatile @Nullable Node any;
        volatile Children children = Children.NONE;

        boolean isEmpty() {
            return here.isEmpty()
                    && below.isEmpty()
                    && any == null
                    && children.names().isEmpty();
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
            int index = children.indexOf(level, 0, level.length());
            if (index < 0) {
                index = -(index + 1);
                children = children.with(index, level, new Node());
            }
            return children.nodes().get(index);
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
            int index = level.equals("+") ? -1 : children.indexOf(level, 0, level.length());
            Node next = level.equals("+")
                    ? any
                    : index < 0 ? null : children.nodes().get(index);
            if (next == null) {
                return false;
            }
            boolean removed = next.remove(levels, depth + 1, flow);
            if (next.isEmpty()) {
                if (next == any) {
                    any = null;
                } else {
                    children = children.without(index);
                }
            }
            return removed;
        }
    }

    /** The way of one message down the tree. */
    private static final class Search {

        private final Delivery delivery;
        private final boolean identified;
        private final String topic;
        private final List<MessageFlow<?>> found = new ArrayList<>(2);

        Search(Delivery delivery, boolean identified) {
            this.delivery = delivery;
            this.identified = identified;
            this.topic = delivery.message().topic().value();
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
            Children children = node.children;
            int index = children.indexOf(topic, start, end);
            if (index >= 0) {
                in(children.nodes().get(index), end + 1);
            }
        }

        private void take(Place place) {
            for (Route route : place.routes) {
                boolean several = route.flow().filters().size() > 1;
                if (route.isFor(delivery, identified) && !(several && found.contains(route.flow()))) {
                    found.add(route.flow());
                }
            }
        }
    }
}
