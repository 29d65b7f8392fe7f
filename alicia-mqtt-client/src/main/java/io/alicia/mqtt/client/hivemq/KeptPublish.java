package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.checkpoint.Confirmable;
import com.hivemq.client.internal.mqtt.message.publish.MqttPublish;
import io.alicia.mqtt.spi.KeptHandshake;
import org.jspecify.annotations.Nullable;

/** A message on its way through the HiveMQ client whose handshake somebody keeps: recognised by its type where it goes on the wire. */
final class KeptPublish extends MqttPublish {

    private final KeptHandshake handshake;

    private KeptPublish(MqttPublish publish, KeptHandshake handshake, @Nullable Confirmable confirmable) {
        super(
                publish.getTopic(),
                publish.getRawPayload(),
                publish.getQos(),
                publish.isRetain(),
                publish.getRawMessageExpiryInterval(),
                publish.getRawPayloadFormatIndicator(),
                publish.getRawContentType(),
                publish.getRawResponseTopic(),
                publish.getRawCorrelationData(),
                publish.getUserProperties(),
                confirmable);
        this.handshake = handshake;
    }

    static KeptPublish of(MqttPublish publish, KeptHandshake handshake) {
        return new KeptPublish(publish, handshake, null);
    }

    KeptHandshake handshake() {
        return handshake;
    }

    @Override
    public MqttPublish withConfirmable(Confirmable confirmable) {
        return new KeptPublish(this, handshake, confirmable);
    }

    /** One message is itself alone. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
