package io.alicia.mqtt.testkit.tck;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.testkit.TestBroker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What transports of either protocol version must do; extend {@link Mqtt5TransportTck} or {@link Mqtt3TransportTck}. */
@Timeout(60)
abstract class MqttTransportTck
        implements ConnectRules,
                PublishRules,
                SubscribeRules,
                DeliveryRules,
                SessionRules,
                KeptHandshakeRules,
                SuccessionRules,
                LazinessRules,
                TlsRules,
                EndRules {

    private @Nullable TransportFixture fixture;

    MqttTransportTck() {}

    /** Makes the transports under test; asked once for each test. */
    protected abstract MqttTransportProvider provider();

    /** Where they find the broker; default its TCP listener. */
    protected ServerAddress addressOf(TestBroker broker) {
        return ServerAddress.of(broker.uri());
    }

    abstract MqttVersion version();

    @BeforeEach
    final void startBroker() {
        fixture = new TransportFixture(provider(), version(), this::addressOf);
    }

    @AfterEach
    final void stopBroker() {
        fixture().close();
    }

    @Override
    public final TransportFixture fixture() {
        TransportFixture current = fixture;
        if (current == null) {
            throw new IllegalStateException("there is a fixture during a test alone");
        }
        return current;
    }
}
