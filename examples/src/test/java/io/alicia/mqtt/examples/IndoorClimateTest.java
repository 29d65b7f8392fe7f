package io.alicia.mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.SecurityConfig;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.AliciaMqttClientBuilder;
import io.alicia.mqtt.client.Backoff;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.testkit.homeassistant.FakeHomeAssistant;
import io.alicia.mqtt.topic.DeviceId;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three things that happen to every service sooner or later, one after the other. */
@Timeout(60)
class IndoorClimateTest {

    private volatile String password = "first-" + UUID.randomUUID();
    private EmbeddedBroker broker = start(0);

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void stays_right_through_a_broker_restart_a_password_rotation_and_a_home_assistant_restart() {
        try (IndoorClimate climate = new IndoorClimate(client());
                AliciaMqtt esp32 = client().connect();
                FakeHomeAssistant homeAssistant = FakeHomeAssistant.start(this::client)) {
            showsAfter(esp32, 20, homeAssistant);

            int port = broker.port();
            broker.close();
            broker = start(port);
            showsAfter(esp32, 21, homeAssistant);

            Set<String> before = broker.connectedClients();
            password = "second-" + UUID.randomUUID();
            broker.reload(security());
            before.forEach(broker::disconnect);
            showsAfter(esp32, 22, homeAssistant);

            homeAssistant.restart();
            homeAssistant.awaitEntity("house_indoor").awaitState(EntityState.of("22"));
            showsAfter(esp32, 23, homeAssistant);
            Awaitility.await("everybody, and nobody twice")
                    .until(() -> broker.connectedClients().size() == 3);
            assertThat(climate.rooms()).isEqualTo(1);
        }
    }

    @Test
    void stays_right_when_the_broker_is_away_for_longer_than_a_message_is_kept() {
        int port = broker.port();
        broker.close();
        try (IndoorClimate climate = new IndoorClimate(impatientClientOf(port));
                AliciaMqtt esp32 = impatientClientOf(port).start()) {
            assertThatThrownBy(() -> publish(esp32, 19))
                    .as("what was published before it has been given up as well")
                    .isInstanceOf(PublishFailedException.class);

            broker = start(port);
            try (FakeHomeAssistant homeAssistant = FakeHomeAssistant.start(this::client)) {
                Awaitility.await().until(() -> broker.connectedClients().size() == 3);
                showsAfter(esp32, 20, homeAssistant);
            }
            assertThat(climate.rooms()).isEqualTo(1);
        }
    }

    private AliciaMqttClientBuilder impatientClientOf(int port) {
        return AliciaMqttClient.builder()
                .server("mqtt://127.0.0.1:" + port)
                .account("alicia", this::credentials)
                .backoff(new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)))
                .publishDeadline(Duration.ofMillis(300));
    }

    private void showsAfter(AliciaMqtt esp32, int celsius, FakeHomeAssistant homeAssistant) {
        publish(esp32, celsius);
        homeAssistant.awaitEntity("house_indoor").awaitState(EntityState.of(Integer.toString(celsius)));
    }

    private static void publish(AliciaMqtt esp32, int celsius) {
        esp32.sensors()
                .publish(SensorReading.builder()
                        .deviceId(DeviceId.of("hall"))
                        .temperatureCelsius(celsius)
                        .build())
                .blockingAwait();
    }

    private EmbeddedBroker start(int port) {
        SecurityConfig security = security();
        return EmbeddedBroker.builder()
                .tcp(port)
                .accounts(security.accounts())
                .access(security.access())
                .start();
    }

    private SecurityConfig security() {
        return SecurityConfig.builder()
                .addAccounts(Account.of("alicia", PasswordHash.plain(password)))
                .access(ExampleBroker.POLICY)
                .build();
    }

    private Credentials credentials() {
        return new Credentials("alicia", password);
    }

    private AliciaMqttClientBuilder client() {
        return AliciaMqttClient.builder()
                .server(broker.uri())
                .account("alicia", this::credentials)
                .backoff(new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)));
    }
}
