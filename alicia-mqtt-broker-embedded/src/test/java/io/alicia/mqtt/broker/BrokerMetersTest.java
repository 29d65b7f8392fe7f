package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.protocol.Qos;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrokerMetersTest {

    private final EmbeddedBroker broker =
            EmbeddedBroker.builder().tcp(0).allowAnonymous().start();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void stop() {
        broker.close();
    }

    private double counter(String name, String... tags) {
        return registry.get("mqtt.broker." + name).tags(tags).functionCounter().count();
    }

    private double gauge(String name) {
        return registry.get("mqtt.broker." + name).gauge().value();
    }

    @Test
    void show_what_happened_and_what_is_there() {
        new BrokerMeters(broker, Tags.of("house", "ours")).bindTo(registry);
        try (RawClient away = RawClient.v5(broker)) {
            away.connect("away", true, RawClient.expiry(60));
            away.subscribed("a", Qos.AT_LEAST_ONCE);
        }
        try (RawClient client = RawClient.v5(broker).connected("client")) {
            await().until(() -> broker.connectedClients().size() == 1);
            client.publishAndAwait("a", "1", Qos.AT_LEAST_ONCE, true);
            client.publishAndAwait("a", "22", Qos.AT_MOST_ONCE, false);

            assertThat(counter("connects", "house", "ours")).isEqualTo(2);
            assertThat(counter("publish.messages.received")).isEqualTo(2);
            assertThat(counter("publish.bytes.received")).isEqualTo(3);
            assertThat(counter("publish.messages.dropped", "cause", "client_away"))
                    .isEqualTo(1);
            await().untilAsserted(() -> {
                assertThat(gauge("clients.connected")).isEqualTo(1);
                assertThat(gauge("clients.total")).isEqualTo(2);
                assertThat(gauge("subscriptions")).isEqualTo(1);
                assertThat(gauge("retained.messages")).isEqualTo(1);
                assertThat(gauge("retained.bytes")).isEqualTo(1);
                assertThat(gauge("queued.messages")).isEqualTo(1);
                assertThat(gauge("queued.bytes")).isPositive();
                assertThat(gauge("packet.out")).isZero();
            });
        }
    }

    @Test
    void stay_as_they_were_when_the_broker_is_closed() {
        new BrokerMeters(broker).bindTo(registry);
        try (RawClient client = RawClient.v5(broker).connected("client")) {
            await().until(() -> gauge("clients.total") == 1);
            client.ping();
        }

        broker.close();

        assertThat(gauge("clients.total")).isBetween(0.0, 1.0);
        assertThat(counter("connects")).isEqualTo(1);
    }
}
