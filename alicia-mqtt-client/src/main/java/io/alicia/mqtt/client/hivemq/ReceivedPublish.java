package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.checkpoint.Confirmable;
import com.hivemq.client.internal.mqtt.message.publish.MqttPublish;
import com.hivemq.client.internal.mqtt.message.publish.MqttStatefulPublish;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message that arrived, with its Subscription Identifiers and its DUP flag: the HiveMQ client reads them and hands over the message without. */
final class ReceivedPublish extends DistinctPublish {

    private final List<Integer> subscriptionIdentifiers;
    private final boolean duplicate;

    /** Of the first flow that it is given to, before anybody else sees it. */
    private @Nullable Confirmable confirmable;

    private ReceivedPublish(MqttPublish publish, List<Integer> subscriptionIdentifiers, boolean duplicate) {
        super(publish);
        this.subscriptionIdentifiers = subscriptionIdentifiers;
        this.duplicate = duplicate;
    }

    /** {@code received} with a message that keeps both; {@code identifiers} are its Subscription Identifiers. */
    static MqttStatefulPublish of(MqttStatefulPublish received, List<Integer> identifiers) {
        return new ReceivedPublish(received.stateless(), identifiers, received.isDup())
                .createStateful(
                        received.getPacketIdentifier(),
                        received.isDup(),
                        received.getTopicAlias(),
                        received.getSubscriptionIdentifiers());
    }

    static List<Integer> identifiersOf(MqttPublish publish) {
        return publish instanceof ReceivedPublish received ? received.subscriptionIdentifiers : List.of();
    }

    static boolean isDuplicate(MqttPublish publish) {
        return publish instanceof ReceivedPublish received && received.duplicate;
    }

    /** Itself for the one flow that there is most often: a copy would be made for each message. */
    @Override
    public MqttPublish withConfirmable(Confirmable given) {
        if (confirmable != null) {
            return new ReceivedPublish(this, subscriptionIdentifiers, duplicate).withConfirmable(given);
        }
        confirmable = given;
        return this;
    }

    @Override
    public void acknowledge() {
        Confirmable given = confirmable;
        if (given == null || !given.confirm()) {
            throw new IllegalStateException("acknowledged once more, or before anybody got it: " + this);
        }
    }
}
