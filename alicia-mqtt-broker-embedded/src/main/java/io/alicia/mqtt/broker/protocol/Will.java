package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;

/**
 * The message that the server publishes for a client that is gone (MQTT 5 §3.1.2.5).
 *
 * @param topic where to
 * @param payload what, at most 65,535 bytes
 * @param qos the Will QoS
 * @param retain Will Retain
 * @param delayIntervalSeconds Will Delay Interval; 0 under 3.1.1
 * @param properties what travels with the message; none under 3.1.1
 */
public record Will(
        TopicName topic,
        BinaryData payload,
        Qos qos,
        boolean retain,
        long delayIntervalSeconds,
        PublishProperties properties) {}
