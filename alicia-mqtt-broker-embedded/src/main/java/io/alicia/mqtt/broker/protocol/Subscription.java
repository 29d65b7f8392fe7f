package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.message.Qos;
import io.alicia.mqtt.topic.TopicFilter;

/**
 * One line of a SUBSCRIBE: a Topic Filter with its Subscription Options (MQTT 5 §3.8.3.1).
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

    /** With the options of 3.1.1: all that it can say is the QoS. */
    public Subscription(TopicFilter topicFilter, Qos maximumQos) {
        this(topicFilter, maximumQos, false, false, RetainHandling.SEND_AT_SUBSCRIBE);
    }
}
