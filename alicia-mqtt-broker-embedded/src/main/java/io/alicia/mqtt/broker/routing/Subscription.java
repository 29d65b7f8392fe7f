package io.alicia.mqtt.broker.routing;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;

/**
 * One subscription of one subscriber (MQTT 5 §3.8.3).
 *
 * @param <S> who subscribes
 * @param subscriber who subscribes
 * @param filter the Topic Filter, with {@code $share/NAME/} if it is shared
 * @param maximumQos the highest QoS that messages are sent with
 * @param noLocal whether the subscriber's own messages are left out
 * @param retainAsPublished whether forwarded messages keep their RETAIN flag
 * @param identifier the Subscription Identifier, 0 for none
 */
public record Subscription<S extends Subscriber>(
        S subscriber, TopicFilter filter, Qos maximumQos, boolean noLocal, boolean retainAsPublished, int identifier) {}
