package io.alicia.mqtt.client;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;

/**
 * What a stream subscribes to, and how.
 *
 * @param filter what to receive
 * @param qos the highest QoS to receive it with
 * @param manualAcknowledgement whether its subscriber says when a message is taken
 */
record StreamOptions(TopicFilter filter, Qos qos, boolean manualAcknowledgement) {}
