package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.client.server.Certificates;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.TlsOptions;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole client over {@code wss://}, with Mosquitto at the other end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class SecureWebSocketTest {

    private final int port = FreePort.find();
    private Certificates certificates;
    private Mosquitto mosquitto;

    @BeforeAll
    void startServer(@TempDir Path directory) {
        certificates = new Certificates(directory);
        certificates.issue("good", "ca", "server");
        mosquitto = Mosquitto.start(List.of(
                "per_listener_settings false",
                "allow_anonymous true",
                "listener " + port + " 127.0.0.1",
                "protocol websockets",
                "certfile " + certificates.file("good.crt"),
                "keyfile " + certificates.file("good.key")));
    }

    @AfterAll
    void stopServer() {
        if (mosquitto != null) {
            mosquitto.close();
        }
    }

    private AliciaMqttClient client(MqttVersion version, String authority) {
        return AliciaMqttClient.builder()
                .server("wss://localhost:" + port + "/mqtt")
                .version(version)
                .tls(TlsOptions.builder()
                        .trustManagerFactory(certificates.trust(authority))
                        .build())
                .build();
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void a_reading_goes_there_and_comes_back(MqttVersion version) {
        try (AliciaMqttClient esp32 = client(version, "ca");
                AliciaMqttClient alicia = client(version, "ca")) {
            esp32.connect();
            alicia.connect();
            TestSubscriber<SensorReading> readings =
                    alicia.sensors().readings("cellar-" + version).test();
            alicia.subscribed().blockingAwait();

            esp32.sensors()
                    .publish(RealServers.reading("cellar-" + version, 12.5))
                    .blockingAwait();

            readings.awaitCount(1);
            assertThat(readings.values()).extracting(RealServers::temperature).containsExactly(12.5);
        }
    }

    @Test
    void a_server_of_an_authority_that_is_not_trusted_is_refused() {
        try (AliciaMqttClient untrusting = client(MqttVersion.MQTT_5, "other")) {
            assertThatThrownBy(untrusting::connect)
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageContaining("wss://localhost:" + port + "/mqtt");
        }
    }
}
