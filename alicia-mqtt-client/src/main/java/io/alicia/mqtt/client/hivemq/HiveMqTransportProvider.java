package io.alicia.mqtt.client.hivemq;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.spi.TransportOptions;

/**
 * Transports over the HiveMQ MQTT Client, for {@code mqtt}, {@code mqtts}, {@code ws} and {@code wss}. Holds nothing; safe for
 * several threads.
 */
public final class HiveMqTransportProvider implements MqttTransportProvider {

    /** For {@link java.util.ServiceLoader} and for the client's builder. */
    public HiveMqTransportProvider() {}

    @Override
    public String name() {
        return "hivemq";
    }

    @Override
    public boolean supports(MqttVersion version, ServerAddress server) {
        return version != MqttVersion.MQTT_3_1
                && switch (server.scheme()) {
                    case "mqtt", "mqtts", "ws", "wss" -> true;
                    default -> false;
                };
    }

    @Override
    public MqttTransport create(TransportOptions options) {
        return new HiveMqTransport(options);
    }
}
