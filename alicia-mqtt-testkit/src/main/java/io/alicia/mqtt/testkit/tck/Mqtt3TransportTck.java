package io.alicia.mqtt.testkit.tck;

import io.alicia.mqtt.protocol.MqttVersion;

/** What a transport of MQTT 3.1.1 must do; used as {@link Mqtt5TransportTck} is. */
public abstract class Mqtt3TransportTck extends MqttTransportTck implements Mqtt3Rules {

    /** For subclasses. */
    protected Mqtt3TransportTck() {}

    @Override
    final MqttVersion version() {
        return MqttVersion.MQTT_3_1_1;
    }
}
