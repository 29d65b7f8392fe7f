package io.alicia.mqtt.broker.bridge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.BrokerConfig;
import io.alicia.mqtt.broker.ConfigFileException;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.RawClient;
import io.alicia.mqtt.broker.tls.OpenSsl;
import io.alicia.mqtt.broker.tls.Pki;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.Qos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bridges over TLS to the real Mosquitto, configured as Mosquitto's own. */
class BridgeTlsTest {

    @TempDir
    static Path directory;

    @BeforeAll
    static void make() {
        OpenSsl.require("openssl", "mosquitto");
        Pki.in(directory);
    }

    private BrokerConfig bridgeTo(int port, String options) throws IOException {
        Stream<String> lines = Stream.of(options.split(";"))
                .map(line -> line.replaceAll("(\\S+\\.(crt|key)|trusted)$", directory + "/$1"));
        String file = "listener " + FreePort.find() + " 127.0.0.1\nallow_anonymous true\nconnection c\n"
                + "address 127.0.0.1:" + port + "\nremote_clientid c\nrestart_timeout 1\ntopic # both 1\n"
                + String.join("\n", lines.toList()) + "\n";
        return BrokerConfig.fromMosquitto(Files.writeString(directory.resolve("bridge.conf"), file));
    }

    private static MosquittoServer remote(String certificate) {
        return MosquittoServer.start(
                "certfile " + directory.resolve(certificate + ".crt"),
                "keyfile " + directory.resolve(certificate + ".key"),
                "cafile " + directory.resolve("ca.crt"),
                "require_certificate true",
                "use_identity_as_username true");
    }

    @ParameterizedTest
    @CsvSource({
        "server, bridge_cafile ca.crt;bridge_certfile hall.crt;bridge_keyfile hall.key",
        "server, bridge_capath trusted;bridge_certfile hall.crt;bridge_keyfile hall.key;bridge_tls_version tlsv1.3",
        "server, bridge_cafile ca.crt;bridge_certfile hall.crt;bridge_keyfile hall.key;bridge_alpn mqtt;"
                + "bridge_ciphers ECDHE-ECDSA-AES128-GCM-SHA256;bridge_protocol_version mqttv50",
        "webserver, bridge_cafile ca.crt;bridge_certfile hall.crt;bridge_keyfile hall.key;bridge_insecure true",
    })
    void a_bridge_connects_with_a_certificate_of_its_own(String server, String options) throws IOException {
        try (MosquittoServer mosquitto = remote(server);
                EmbeddedBroker broker = EmbeddedBroker.start(bridgeTo(mosquitto.port(), options))) {
            await("the bridge, as hall")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> mosquitto.log().contains(" as c (")
                            && mosquitto.log().contains("u'hall'"));
            assertThat(broker.port()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "server, bridge_cafile other.crt;bridge_certfile hall.crt;bridge_keyfile hall.key",
        "webserver, bridge_cafile ca.crt;bridge_certfile hall.crt;bridge_keyfile hall.key",
        "server, bridge_cafile ca.crt;bridge_certfile hall.crt;bridge_keyfile hall.key;bridge_require_ocsp true",
    })
    void a_remote_broker_that_cannot_be_trusted_gets_no_connect(String server, String options) throws IOException {
        try (MosquittoServer mosquitto = remote(server);
                EmbeddedBroker broker = EmbeddedBroker.start(bridgeTo(mosquitto.port(), options))) {
            await("two attempts")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> mosquitto.log().split("New connection from", -1).length > 3);
            assertThat(mosquitto.log()).doesNotContain(" as c (");
            assertThat(broker.port()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bridge_cafile ca.crt;bridge_certfile hall.crt | must be given both or neither",
                "bridge_cafile ca.crt;bridge_tls_version tlsv1.1 | expected tlsv1.2 or tlsv1.3",
            })
    void what_cannot_be_used_is_refused_with_the_line_of_the_file(String options, String refusal) {
        assertThatThrownBy(() -> bridgeTo(1, options))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining(refusal)
                .hasMessageContaining("bridge.conf:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bridge_certfile hall.crt;bridge_keyfile hall.key | alone does not encrypt the bridge; add bridge_cafile",
                "bridge_require_ocsp true | 'bridge_require_ocsp' alone does not encrypt the bridge; add bridge_cafile",
                "bridge_tls_version tlsv1.3 | 'bridge_tls_version' alone does not encrypt the bridge; add bridge_cafile",
                "bridge_cafile missing.crt | Check bridge_cafile",
                "bridge_cafile ca.crt;bridge_certfile hall.crt;bridge_keyfile server.key | inconsistent",
                "bridge_cafile ca.crt;bridge_certfile missing.crt;bridge_keyfile hall.key | Check bridge_certfile",
                "bridge_cafile floor.crt | no self-signed certificate",
                "bridge_cafile ca.crt;bridge_ciphers NONSENSE | Unable to set TLS ciphers",
            })
    void files_that_cannot_be_used_leave_out_the_bridge_and_not_the_broker(String options, String reason)
            throws IOException {
        BrokerConfig config = bridgeTo(1, options);

        assertThat(config.bridges()).isEmpty();
        assertThat(config.unusableBridges()).containsOnlyKeys("c");
        assertThat(config.unusableBridges().get("c")).contains(reason).contains("bridge.conf:3)");
        try (EmbeddedBroker broker = EmbeddedBroker.start(config)) {
            assertThat(broker.port()).isPositive();
        }
    }

    @Test
    void a_wish_for_nothing_is_none_to_encrypt() throws IOException {
        assertThat(bridgeTo(1, "bridge_require_ocsp false").bridges()).hasSize(1);
    }

    @Test
    void a_bridge_that_was_left_out_comes_with_a_reload_and_stays_when_its_files_are_gone_again() throws IOException {
        String own = "bridge_certfile hall.crt;bridge_keyfile hall.key;bridge_cafile ";
        try (MosquittoServer mosquitto = remote("server");
                EmbeddedBroker broker = EmbeddedBroker.start(bridgeTo(mosquitto.port(), own + "missing.crt"))) {
            broker.reload(bridgeTo(mosquitto.port(), own + "ca.crt"));
            await("the bridge")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> mosquitto.log().contains(" as c ("));

            broker.reload(bridgeTo(mosquitto.port(), own + "missing.crt"));

            try (RawClient local = RawClient.v5(broker).connected("local")) {
                local.publishAndAwait("still/here", "1", Qos.AT_LEAST_ONCE, false);
            }
            await("what was published, on the other side")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> mosquitto.log().contains("'still/here'"));
        }
    }

    @Test
    void the_certificates_that_java_trusts_are_enough_to_encrypt() throws IOException {
        assertThat(bridgeTo(1, "bridge_tls_use_os_certs true").bridges().get(0).addresses())
                .singleElement()
                .matches(address -> address.isEncrypted(), "encrypted");
    }
}
