package io.alicia.mqtt.client;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.List;

/**
 * What a stream subscribes to, and how.
 *
 * @param filters what to receive, at least one; messages come in their order, whichever of the filters they match
 * @param qos the highest QoS to receive it with
 * @param manualAcknowledgement whether its subscriber says when a message is taken
 */
record StreamOptions(List<TopicFilter> filters, Qos qos, boolean manualAcknowledgement) {

    StreamOptions {
        filters = List.copyOf(filters);
    }

    StreamOptions(TopicFilter filter, Qos qos, boolean manualAcknowledgement) {
        this(List.of(filter), qos, manualAcknowledgement);
    }
}
