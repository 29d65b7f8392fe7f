package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;

/**
 * A subscription of a session (MQTT 5 §3.8.3); Retain Handling is over once it is made.
 *
 * @param filter the Topic Filter, with mount point and {@code $share/NAME/}
 * @param maximumQos the highest QoS that messages are sent with
 * @param noLocal whether the client's own messages are left out
 * @param retainAsPublished whether forwarded messages keep their RETAIN flag
 * @param identifier the Subscription Identifier, 0 for none
 * @param retainedDue 0 when its retained messages have been offered to the session; until then the number of the last
 *     message that there was when that began
 */
public record StoredSubscription(
        TopicFilter filter,
        Qos maximumQos,
        boolean noLocal,
        boolean retainAsPublished,
        int identifier,
        long retainedDue) {}
