package io.alicia.mqtt.client;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Streams that no SUBSCRIBE of their own is acknowledged for yet, which would bring them the retained messages. Confined to the
 * client's {@link Lane}.
 */
final class Due {

    /** By filter, with the number of packets that were sent before they came. */
    private final Map<TopicFilter, Map<MessageFlow<?>, Long>> streams = new HashMap<>();

    private final FilterTrie filters = new FilterTrie();

    /** The filters of such streams, as they are at any time. */
    FilterTrie filters() {
        return filters;
    }

    /** A stream comes when {@code packets} were sent. */
    void add(MessageFlow<?> flow, long packets) {
        flow.filters().forEach(filter -> {
            streams.computeIfAbsent(filter, key -> new LinkedHashMap<>()).put(flow, packets);
            filters.add(filter);
        });
    }

    /** It needs nothing any more. */
    void remove(MessageFlow<?> flow) {
        flow.filters().forEach(filter -> {
            Map<MessageFlow<?>, Long> open = streams.get(filter);
            if (open != null) {
                open.remove(flow);
                tidyUp(filter, open);
            }
        });
    }

    /** Packet {@code number} was acknowledged, for a subscription that brings what {@code filter} needs. */
    void met(TopicFilter filter, long number) {
        Map<MessageFlow<?>, Long> open = streams.get(filter);
        if (open != null) {
            open.values().removeIf(cameAt -> cameAt <= number);
            tidyUp(filter, open);
        }
    }

    private void tidyUp(TopicFilter filter, Map<MessageFlow<?>, Long> open) {
        if (open.isEmpty()) {
            streams.remove(filter);
            filters.remove(filter);
        }
    }

    void clear() {
        streams.clear();
        filters.clear();
    }
}
