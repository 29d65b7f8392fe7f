package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.message.subscribe.MqttStatefulSubscribe;
import com.hivemq.client.internal.mqtt.message.subscribe.MqttSubscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import org.jspecify.annotations.Nullable;

/**
 * A SUBSCRIBE with a Subscription Identifier of this side's choice. The HiveMQ client chooses them itself, and anew in each process;
 * a session that the server kept would bring messages with the identifiers of an earlier one.
 */
final class IdentifiedSubscribe extends MqttSubscribe {

    private final int subscriptionIdentifier;

    IdentifiedSubscribe(Mqtt5Subscribe packet, int subscriptionIdentifier) {
        this((MqttSubscribe) packet, subscriptionIdentifier);
    }

    private IdentifiedSubscribe(MqttSubscribe packet, int subscriptionIdentifier) {
        super(packet.getSubscriptions(), packet.getUserProperties());
        this.subscriptionIdentifier = subscriptionIdentifier;
    }

    @Override
    public MqttStatefulSubscribe createStateful(int packetIdentifier, int theirs) {
        return super.createStateful(
                packetIdentifier,
                theirs == MqttStatefulSubscribe.DEFAULT_NO_SUBSCRIPTION_IDENTIFIER ? theirs : subscriptionIdentifier);
    }

    /** One packet is itself alone. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
