package io.alicia.mqtt.testkit.tck;

import io.alicia.mqtt.protocol.MqttVersion;

/**
 * What a transport of MQTT 5 must do.
 *
 * <pre>{@code
 * class HiveMqMqtt5Test extends Mqtt5TransportTck {
 *     @Override
 *     protected MqttTransportProvider provider() {
 *         return new HiveMqTransportProvider();
 *     }
 * }
 * }</pre>
 */
public abstract class Mqtt5TransportTck extends MqttTransportTck
        implements Mqtt5Rules, Mqtt5PacketRules, Mqtt5KeptHandshakeRules {

    /** For subclasses. */
    protected Mqtt5TransportTck() {}

    @Override
    final MqttVersion version() {
        return MqttVersion.MQTT_5;
    }
}
