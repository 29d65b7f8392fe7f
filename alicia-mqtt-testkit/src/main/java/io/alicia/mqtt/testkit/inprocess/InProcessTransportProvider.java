package io.alicia.mqtt.testkit.inprocess;

import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.transport.CodecTransport;
import io.alicia.mqtt.broker.transport.Conduct;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.spi.TransportOptions;

/**
 * Transports to an {@link EmbeddedBroker} of the same JVM, MQTT 5 and 3.1.1, without a port. Found by {@link
 * java.util.ServiceLoader}, so that a client needs nothing but the address:
 *
 * <pre>{@code
 * EmbeddedBroker broker = EmbeddedBroker.builder().inProcess().account("kitchen", secret).start();
 * AliciaMqtt alicia = AliciaMqttClient.builder()
 *         .server(InProcessTransportProvider.addressOf(broker))
 *         .account("kitchen", secret)
 *         .connect();
 * }</pre>
 */
public final class InProcessTransportProvider implements MqttTransportProvider {

    /** The scheme of addresses that this provider's transports connect to. */
    public static final String SCHEME = "in-process";

    /** A local address has no port, a server address must have one. */
    private static final int NO_PORT = 1;

    /** For {@link java.util.ServiceLoader} and for the client's builder. */
    public InProcessTransportProvider() {}

    /**
     * The address of a broker's in-process listener.
     *
     * @throws IllegalStateException if the broker has none
     */
    public static ServerAddress addressOf(EmbeddedBroker broker) {
        return new ServerAddress(SCHEME, broker.inProcessAddress(), NO_PORT, "");
    }

    @Override
    public String name() {
        return SCHEME;
    }

    @Override
    public boolean supports(MqttVersion version, ServerAddress server) {
        return version != MqttVersion.MQTT_3_1 && server.scheme().equals(SCHEME);
    }

    @Override
    public MqttTransport create(TransportOptions options) {
        return new CodecTransport(options, new LocalLine(options.clientIdentifier()), Conduct.CLIENT);
    }
}
