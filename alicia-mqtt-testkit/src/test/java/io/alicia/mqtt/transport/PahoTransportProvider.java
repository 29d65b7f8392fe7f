package io.alicia.mqtt.transport;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.spi.TransportOptions;

/** Transports over Eclipse Paho's client for MQTT 5, TCP alone. */
final class PahoTransportProvider implements MqttTransportProvider {

    @Override
    public String name() {
        return "paho";
    }

    @Override
    public boolean supports(MqttVersion version, ServerAddress server) {
        return version == MqttVersion.MQTT_5 && server.scheme().equals("mqtt");
    }

    @Override
    public MqttTransport create(TransportOptions options) {
        return new PahoTransport(options.clientIdentifier());
    }
}
