package io.alicia.mqtt.message;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.RetainHandling;
import io.alicia.mqtt.topic.TopicFilter;

/**
 * A Topic Filter with its Subscription Options (MQTT 5 §3.8.3.1). Over 3.1.1 only filter and QoS reach the server.
 *
 * @param topicFilter what to receive
 * @param maximumQos the highest QoS to receive it with
 * @param noLocal whether the client's own messages are left out
 * @param retainAsPublished whether messages keep the RETAIN flag of their publisher
 * @param retainHandling when retained messages are sent
 */
public record Subscription(
        TopicFilter topicFilter,
        Qos maximumQos,
        boolean noLocal,
        boolean retainAsPublished,
        RetainHandling retainHandling) {

    /** With the options that 3.1.1 knows: retained messages at each SUBSCRIBE, own messages included. */
    public Subscription(TopicFilter topicFilter, Qos maximumQos) {
        this(topicFilter, maximumQos, false, false, RetainHandling.SEND_AT_SUBSCRIBE);
    }
}
