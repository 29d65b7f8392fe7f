package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.List;

/**
 * A client ends subscriptions (MQTT 5 §3.10).
 *
 * @param packetIdentifier 1 to 65,535
 * @param topicFilters at least one, in the order of the packet
 * @param userProperties in their order
 */
public record Unsubscribe(int packetIdentifier, List<TopicFilter> topicFilters, List<UserProperty> userProperties)
        implements Packet {

    /** Keeps its own copies of the lists. */
    public Unsubscribe {
        topicFilters = List.copyOf(topicFilters);
        userProperties = List.copyOf(userProperties);
    }

    @Override
    public PacketType type() {
        return PacketType.UNSUBSCRIBE;
    }
}
