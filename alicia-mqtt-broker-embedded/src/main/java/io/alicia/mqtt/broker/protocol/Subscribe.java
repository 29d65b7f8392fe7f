package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.UserProperty;
import java.util.List;

/**
 * A client asks for messages (MQTT 5 §3.8).
 *
 * @param packetIdentifier 1 to 65,535
 * @param subscriptions at least one, in the order of the packet
 * @param subscriptionIdentifier 1 to 268,435,455; 0 for none
 * @param userProperties in their order
 */
public record Subscribe(
        int packetIdentifier,
        List<Subscription> subscriptions,
        int subscriptionIdentifier,
        List<UserProperty> userProperties)
        implements Packet {

    /** Keeps its own copies of the lists. */
    public Subscribe {
        subscriptions = List.copyOf(subscriptions);
        userProperties = List.copyOf(userProperties);
    }

    @Override
    public PacketType type() {
        return PacketType.SUBSCRIBE;
    }
}
