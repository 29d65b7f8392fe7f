package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS on TCP and WebSocket, with the JDK's, OpenSSL's and Paho's clients. */
@Timeout(60)
@ExtendWith(LeakExtension.class)
class TlsListenerTest {

    private static TlsScene tls;

    @BeforeAll
    static void make(@TempDir Path directory) {
        tls = TlsScene.in(directory);
    }

    @Test
    void carries_packets_of_every_size_both_ways() throws IOException {
        try (EmbeddedBroker broker = tls.start(tls.listener(tls.server().build()));
                RawClient subscriber = tls.client(broker, "").connected("s");
                RawClient publisher = tls.client(broker, "").connected("p")) {
            subscriber.subscribed("t", Qos.AT_LEAST_ONCE);
            for (int size : new int[] {0, 1, 16_383, 16_384, 200_000}) {
                String payload = "x".repeat(size);
                publisher.publishAndAwait("t", payload, Qos.AT_LEAST_ONCE, false);
                assertThat(RawClient.text(subscriber.receivePublish())).isEqualTo(payload);
            }
            assertThat(broker.uri()).isEqualTo("mqtts://127.0.0.1:" + broker.port());
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            TLS_1_2 | none                        | none                   | -tls1_3                           | TLSv1.3
            TLS_1_2 | none                        | none                   | -tls1_2                           | TLSv1.2
            TLS_1_2 | none                        | none                   | -tls1_1 -cipher ALL@SECLEVEL=0    | none
            TLS_1_3 | none                        | none                   | -tls1_2                           | none
            TLS_1_2 | ECDHE-ECDSA-AES128-SHA256   | none                   | -tls1_2                           | ECDHE-ECDSA-AES128-SHA256
            TLS_1_2 | ECDHE-ECDSA-AES128-SHA256   | none                   | -tls1_2 -cipher CHACHA20          | none
            TLS_1_2 | ECDHE-ECDSA-AES128-SHA256   | none                   | -tls1_3                           | TLSv1.3
            TLS_1_2 | none                        | TLS_AES_128_GCM_SHA256 | -tls1_3                           | TLS_AES_128_GCM_SHA256
            TLS_1_2 | AESGCM:-AES256              | none                   | -tls1_2                           | ECDHE-ECDSA-AES128-GCM-SHA256
            """)
    void speaks_the_versions_and_ciphers_that_were_chosen(
            TlsVersion version,
            @Nullable String ciphers,
            @Nullable String ciphersTls13,
            String options,
            @Nullable String agreed)
            throws Exception {
        TlsConfig.Builder config = tls.server().tlsVersion(version);
        if (ciphers != null) {
            config.ciphers(ciphers);
        }
        if (ciphersTls13 != null) {
            config.ciphersTls13(ciphersTls13);
        }
        try (EmbeddedBroker broker = tls.start(tls.listener(config.build()))) {
            String output = sClient(broker.port(), options);

            assertThat(output).contains(agreed == null ? "Cipher is (NONE)" : agreed);
        }
    }

    private static String sClient(int port, String options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-connect",
                "localhost:" + port,
                "-CAfile",
                tls.file("ca.crt").toString(),
                "-showcerts",
                "-verify_return_error"));
        command.addAll(List.of(options.split(" ", -1)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Test
    void completes_its_chain_from_cafile_as_openssl_does() throws Exception {
        tls.pki().issue("upstairs", "/CN=localhost", "floor", "server");
        TlsConfig config = TlsConfig.builder()
                .certfile(tls.file("upstairs.crt"))
                .keyfile(tls.file("upstairs.key"))
                .cafile(tls.bundle("chain.crt", "ca.crt", "floor.crt"))
                .build();
        try (EmbeddedBroker broker = tls.start(tls.listener(config))) {
            assertThat(sClient(broker.port(), "-tls1_3")).contains("Verify return code: 0 (ok)", "CN = Floor CA");
        }
    }

    @Test
    void renews_its_certificate_without_dropping_connections() throws IOException {
        tls.pki().replace("current", "server");
        BrokerConfig config = BrokerConfig.fromMosquitto(Files.writeString(
                tls.file("renewed.conf"),
                "listener " + FreePort.find() + " 127.0.0.1\nallow_anonymous true\ncertfile "
                        + tls.file("current.crt") + "\nkeyfile "
                        + tls.file("current.key") + "\n"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(config);
                SSLSocket before = tls.connect(broker, "");
                RawClient client = RawClient.on(before, MqttVersion.MQTT_5).connected("c")) {
            assertThat(TlsScene.shownBy(before).getSubjectX500Principal().getName())
                    .doesNotContain("renewed");

            Files.writeString(tls.file("current.key"), "half written");
            assertThatThrownBy(() -> broker.reload(config))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Check keyfile: it is not a PEM file");
            try (SSLSocket meanwhile = tls.connect(broker, "")) {
                assertThat(TlsScene.shownBy(meanwhile)).isEqualTo(TlsScene.shownBy(before));
            }

            tls.pki().replace("current", "second");
            broker.reload(config);
            try (SSLSocket after = tls.connect(broker, "")) {
                assertThat(TlsScene.shownBy(after).getSubjectX500Principal().getName())
                        .contains("renewed");
            }
            client.ping();
        }
    }

    @Test
    void takes_keys_of_a_program() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(tls.pki().keys("server").getKeyManagers(), null, null);
        for (TlsConfig config :
                List.of(TlsConfig.of(context), TlsConfig.of(tls.pki().keys("server")))) {
            try (EmbeddedBroker broker = tls.start(tls.listener(config));
                    RawClient client = tls.client(broker, "")) {
                client.connected("c").ping();
            }
        }
    }

    @Test
    void carries_websocket() throws Exception {
        ListenerConfig.Builder listener =
                tls.strict(tls.server()).protocol(ListenerProtocol.WEBSOCKETS).useIdentityAsUsername(true);
        try (EmbeddedBroker broker = tls.start(listener)) {
            String uri = broker.addresses().get(0).uri();
            assertThat(uri).isEqualTo("wss://127.0.0.1:" + broker.webSocketPort() + "/mqtt");
            try (MqttClient paho = new MqttClient(uri, "paho", new MemoryPersistence())) {
                MqttConnectOptions options = new MqttConnectOptions();
                options.setSocketFactory(tls.pki().client("hall").getSocketFactory());
                Queue<String> received = new ConcurrentLinkedQueue<>();
                paho.connect(options);
                paho.subscribe("t", 1, (topic, message) -> received.add(message.toString()));
                paho.publish("t", "x".repeat(100_000).getBytes(StandardCharsets.UTF_8), 1, false);
                await().until(() -> received.size() == 1);
                paho.disconnect();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            certfile | nothing     | Unable to load server certificate
            keyfile  | second.key  | Server certificate/key are inconsistent
            cafile   | server.key  | Unable to load CA certificates. Check cafile
            capath   | ca.crt      | Unable to load CA certificates. Check capath
            crlfile  | ca.crt      | Unable to load certificate revocation file
            ciphers  | NONSENSE    | Unable to set TLS ciphers. Check ciphers "NONSENSE"
            ciphers_tls1.3 | TLS_X | Unable to set TLS 1.3 ciphersuites. Check ciphers_tls1.3 "TLS_X"
            """)
    void that_can_not_be_set_up_says_so_in_one_line(String option, String value, String error) throws IOException {
        String file = "listener " + FreePort.find() + " 127.0.0.1\ncertfile server.crt\nkeyfile server.key\n";
        String changed = file.contains(option + " ")
                ? file.replaceFirst(option + " \\S+", option + " " + value)
                : file + option + " " + value + "\n";
        BrokerConfig config = BrokerConfig.fromMosquitto(Files.writeString(
                tls.file("bad.conf"),
                changed.replaceAll("(?m)^(certfile|keyfile|cafile|capath|crlfile) ", "$1 " + tls.file("") + "/")));

        assertThatThrownBy(() -> EmbeddedBroker.start(config))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(error)
                .hasMessageNotContaining("\n");
    }
}
