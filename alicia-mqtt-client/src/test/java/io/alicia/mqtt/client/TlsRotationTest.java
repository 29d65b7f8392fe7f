package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.client.server.Certificates;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ConnectFailure.TlsCheck;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.TlsOptions;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A house whose authority is replaced while a service runs; with Mosquitto, and so OpenSSL, at the other end. */
@Timeout(60)
class TlsRotationTest {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("story/{room}/note");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void a_service_takes_up_new_certificates_without_being_started_again(MqttVersion version) {
        Certificates certificates = new Certificates(directory);
        for (String authority : List.of("ca", "other")) {
            certificates.issue("server-" + authority, authority, "server");
            certificates.issue("hall-" + authority, authority, "client");
        }
        int port = FreePort.find();
        useOnServer(certificates, "ca");
        AtomicReference<TlsOptions> material = new AtomicReference<>(hall(certificates, "ca"));

        try (Mosquitto mosquitto = Mosquitto.start(List.of(
                        "per_listener_settings false",
                        "allow_anonymous true",
                        "listener " + port + " 127.0.0.1",
                        "cafile " + certificates.file("trusted.crt"),
                        "certfile " + certificates.file("server.crt"),
                        "keyfile " + certificates.file("server.key"),
                        "require_certificate true"));
                AliciaMqttClient hall = AliciaMqttClient.builder()
                        .server("mqtts://127.0.0.1:" + port)
                        .version(version)
                        .clientIdentifier("hall")
                        .tls(material::get)
                        .backoff(new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)))
                        .connect()) {
            TypedTopic<String, String> notes = hall.topic(NOTES, PayloadCodec.text());
            TestSubscriber<Received<String, String>> received = notes.messages().test();
            hall.subscribed().blockingAwait();

            mosquitto.kill();
            useOnServer(certificates, "other");
            mosquitto.startAgain();
            Awaitility.await("refused for the old authority")
                    .atMost(20, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(failedCheck(hall)).contains(TlsCheck.CERTIFICATE_NOT_TRUSTED));
            TestObserver<PublishResult> waiting =
                    notes.publishForResult("hall", "still here").test();
            material.set(hall(certificates, "other"));

            assertThat(waiting.awaitDone(20, TimeUnit.SECONDS).values())
                    .singleElement()
                    .satisfies(result -> assertThat(result.isAcknowledged()).isTrue());
            Awaitility.await()
                    .untilAsserted(() -> assertThat(received.values())
                            .extracting(Received::payload)
                            .containsExactly("still here"));
        }
    }

    private static Optional<TlsCheck> failedCheck(AliciaMqttClient client) {
        return client.connectionState() instanceof ConnectionState.Waiting waiting
                        && waiting.failure().orElse(null) instanceof ConnectFailure.TlsFailed failed
                ? Optional.of(failed.check())
                : Optional.empty();
    }

    private static TlsOptions hall(Certificates certificates, String authority) {
        TlsOptions.Builder options = TlsOptions.builder();
        options.trustManagerFactory(certificates.trust(authority));
        options.keyManagerFactory(certificates.keys("hall-" + authority));
        return options.build();
    }

    /** Puts what {@code authority} issued where the server's configuration looks. */
    private static void useOnServer(Certificates certificates, String authority) {
        copy(certificates.file(authority + ".crt"), certificates.file("trusted.crt"));
        copy(certificates.file("server-" + authority + ".crt"), certificates.file("server.crt"));
        copy(certificates.file("server-" + authority + ".key"), certificates.file("server.key"));
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
