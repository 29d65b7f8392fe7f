package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.message.publish.MqttPublish;
import io.alicia.mqtt.spi.KeptHandshake;

/** A message on its way through the HiveMQ client whose handshake somebody keeps: recognised by its type where it goes on the wire. */
final class KeptPublish extends DistinctPublish {

    private final KeptHandshake handshake;

    KeptPublish(MqttPublish publish, KeptHandshake handshake) {
        super(publish);
        this.handshake = handshake;
    }

    KeptHandshake handshake() {
        return handshake;
    }
}
