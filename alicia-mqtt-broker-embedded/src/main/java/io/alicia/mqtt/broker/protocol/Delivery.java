package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs from subscriber to subscriber when one Application Message goes to many.
 *
 * @param version what the subscriber speaks; under 3.1.1 the last four are not sent
 * @param qos with which it gets the message
 * @param retain the RETAIN flag that it sees [MQTT-3.3.1-8], [MQTT-3.3.1-12], [MQTT-3.3.1-13]
 * @param dup whether it may have got the message before [MQTT-3.3.1-1]
 * @param packetIdentifier 1 to 65,535; not sent with QoS 0
 * @param subscriptionIdentifiers of all its subscriptions that match [MQTT-3.3.4-3], [MQTT-3.3.4-4]
 * @param topicAlias 1 to its Topic Alias Maximum, or 0 for none
 * @param topicOmitted whether the alias is already known there and stands for the topic
 * @param messageExpiryIntervalSeconds what is left of it after waiting [MQTT-3.3.2-6], or null for none
 */
public record Delivery(
        MqttVersion version,
        Qos qos,
        boolean retain,
        boolean dup,
        int packetIdentifier,
        List<Integer> subscriptionIdentifiers,
        int topicAlias,
        boolean topicOmitted,
        @Nullable Long messageExpiryIntervalSeconds) {

    /** Without Subscription Identifiers, Topic Alias and Message Expiry Interval. */
    public static Delivery plain(MqttVersion version, Qos qos, boolean retain, int packetIdentifier) {
        return new Delivery(version, qos, retain, false, packetIdentifier, List.of(), 0, false, null);
    }

    /** The same message sent once more, as it is after a reconnect [MQTT-4.4.0-1]. */
    public Delivery again() {
        return new Delivery(
                version,
                qos,
                retain,
                qos != Qos.AT_MOST_ONCE,
                packetIdentifier,
                subscriptionIdentifiers,
                topicAlias,
                topicOmitted,
                messageExpiryIntervalSeconds);
    }

    /** What {@code publish} says. */
    static Delivery of(MqttVersion version, Publish publish) {
        return new Delivery(
                version,
                publish.qos(),
                publish.retain(),
                publish.dup(),
                publish.packetIdentifier(),
                publish.subscriptionIdentifiers(),
                publish.topicAlias(),
                publish.topic() == null,
                publish.properties().messageExpiryIntervalSeconds());
    }
}
