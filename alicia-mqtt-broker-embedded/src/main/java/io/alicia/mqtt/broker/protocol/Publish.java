package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An Application Message on its way (MQTT 5 §3.3).
 *
 * <p>A decoded PUBLISH owns one reference of {@link #payload()}, a slice of the network buffer without a copy: whoever
 * takes it calls {@link #release()} once. Who keeps a message for long copies the payload, so that a few bytes do not
 * hold a whole network buffer.
 *
 * @param topic the Topic Name, or null if only the Topic Alias names it
 * @param payload the bytes, from reader index to writer index
 * @param qos how hard to try
 * @param retain whether it is to be kept for later subscribers, or was
 * @param dup whether it may have been sent before
 * @param packetIdentifier 1 to 65,535; 0 with QoS 0
 * @param topicAlias 1 to 65,535; 0 for none
 * @param subscriptionIdentifiers of the matching subscriptions; always empty from a client [MQTT-3.3.4-6]
 * @param properties what goes on to subscribers
 */
public record Publish(
        @Nullable TopicName topic,
        ByteBuf payload,
        Qos qos,
        boolean retain,
        boolean dup,
        int packetIdentifier,
        int topicAlias,
        List<Integer> subscriptionIdentifiers,
        PublishProperties properties)
        implements Packet {

    /** Without Topic Alias, Subscription Identifiers and properties. */
    public Publish(TopicName topic, ByteBuf payload, Qos qos, boolean retain, boolean dup, int packetIdentifier) {
        this(topic, payload, qos, retain, dup, packetIdentifier, 0, List.of(), PublishProperties.NONE);
    }

    /** Gives its reference of the payload back. */
    public void release() {
        payload.release();
    }

    @Override
    public PacketType type() {
        return PacketType.PUBLISH;
    }
}
