package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.tls.OpenSsl;
import io.alicia.mqtt.broker.tls.Pki;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
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

    @TempDir
    static Path directory;

    private static Pki pki;

    @BeforeAll
    static void make() {
        OpenSsl.require("openssl");
        pki = Pki.in(directory);
    }

    private static TlsConfig.Builder tls() {
        return TlsConfig.builder()
                .certfile(pki.file("server.crt"))
                .keyfile(pki.file("server.key"))
                .cafile(pki.file("ca.crt"));
    }

    private static ListenerConfig.Builder listener(TlsConfig tls) {
        return ListenerConfig.builder().tls(tls);
    }

    private static EmbeddedBroker start(ListenerConfig.Builder listener) {
        return EmbeddedBroker.builder()
                .listener(listener.build())
                .allowAnonymous()
                .start();
    }

    private static SSLSocket connect(int port, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(5000);
        return socket;
    }

    private static RawClient client(int port, SSLContext context) throws IOException {
        return RawClient.on(connect(port, context), MqttVersion.MQTT_5);
    }

    private static X509Certificate shownBy(SSLSocket socket) throws SSLException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    @Test
    void carries_packets_of_every_size_both_ways() throws IOException {
        try (EmbeddedBroker broker = start(listener(tls().build()));
                RawClient subscriber = client(broker.port(), pki.client("")).connected("s");
                RawClient publisher = client(broker.port(), pki.client("")).connected("p")) {
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
        TlsConfig.Builder tls = tls().tlsVersion(version);
        if (ciphers != null) {
            tls.ciphers(ciphers);
        }
        if (ciphersTls13 != null) {
            tls.ciphersTls13(ciphersTls13);
        }
        try (EmbeddedBroker broker = start(listener(tls.build()))) {
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
                pki.file("ca.crt").toString(),
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
        pki.issue("upstairs", "/CN=localhost", "floor", "server");
        Files.writeString(
                pki.file("chain.crt"), Files.readString(pki.file("ca.crt")) + Files.readString(pki.file("floor.crt")));
        TlsConfig tls = TlsConfig.builder()
                .certfile(pki.file("upstairs.crt"))
                .keyfile(pki.file("upstairs.key"))
                .cafile(pki.file("chain.crt"))
                .build();
        try (EmbeddedBroker broker = start(listener(tls))) {
            assertThat(sClient(broker.port(), "-tls1_3")).contains("Verify return code: 0 (ok)", "CN = Floor CA");
        }
    }

    @Test
    void tells_the_account_that_the_certificate_names_and_asks_for_no_password() throws IOException {
        Queue<ClientInfo> connected = new ConcurrentLinkedQueue<>();
        Queue<String> secured = new ConcurrentLinkedQueue<>();
        ListenerConfig listener = listener(tls().build())
                .requireCertificate(true)
                .useIdentityAsUsername(true)
                .useUsernameAsClientid(true)
                .build();
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                        .listener(listener)
                        .account("hall", "a password that nobody sends")
                        .access(AccessPolicy.unrestricted())
                        .brokerListener(new BrokerListener() {
                            @Override
                            public void connected(ClientInfo client) {
                                connected.add(client);
                            }

                            @Override
                            public void secured(ClientInfo client, String protocol, String cipherSuite) {
                                secured.add(client.clientIdentifier() + " " + protocol + " " + cipherSuite);
                            }
                        })
                        .start();
                RawClient client = client(broker.port(), pki.client("hall"))) {
            Connack connack = client.connect("given", "somebody else", "wrong");

            assertThat(connack.reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            assertThat(connack.properties().assignedClientIdentifier()).isNull();
            assertThat(connected).singleElement().satisfies(info -> {
                assertThat(info.account()).isEqualTo("hall");
                assertThat(info.clientIdentifier()).isEqualTo("hall");
            });
            assertThat(secured).singleElement().asString().startsWith("hall TLSv1.3 TLS_AES_");
        }
    }

    /** As Mosquitto, which asks nobody for a password whose certificate it takes. */
    @Test
    void keeps_who_came_by_its_certificate_when_a_password_is_changed_but_not_when_it_is_bound_to_others()
            throws IOException {
        ListenerConfig.Builder listener =
                listener(tls().build()).requireCertificate(true).useIdentityAsUsername(true);
        SecurityConfig.Builder rules = SecurityConfig.builder().access(AccessPolicy.unrestricted());
        Account hall = Account.of("hall", PasswordHash.plain("old"));
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                        .listener(listener.build())
                        .accounts(List.of(hall))
                        .access(AccessPolicy.unrestricted())
                        .start();
                RawClient client = client(broker.port(), pki.client("hall"))) {
            assertThat(client.connect("hall-1").reasonCode()).isEqualTo(ReasonCode.SUCCESS);

            Account changed = Account.of("hall", PasswordHash.plain("new"));
            assertThat(broker.reload(rules.accounts(List.of(changed)).build()).disconnected())
                    .isEmpty();
            assertThat(broker.reload(rules.accounts(List.of()).build()).disconnected())
                    .isEmpty();
            assertThat(client.isStillConnected()).isTrue();

            Account bound = Account.withoutPassword("hall").boundTo(List.of("hall-2"));
            assertThat(broker.reload(rules.accounts(List.of(bound)).build()).disconnected())
                    .extracting("clientIdentifier", "reason")
                    .containsExactly(tuple("hall-1", "the account is bound to other client identifiers"));
            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            client.expectClosed();
        }
    }

    @Test
    void refuses_who_has_no_name_in_its_certificate() throws IOException {
        ListenerConfig.Builder listener =
                listener(tls().build()).requireCertificate(true).useIdentityAsUsername(true);
        try (EmbeddedBroker broker = start(listener);
                RawClient mqtt5 = client(broker.port(), pki.client("nameless"));
                RawClient mqtt3 =
                        RawClient.on(connect(broker.port(), pki.client("nameless")), MqttVersion.MQTT_3_1_1)) {
            assertThat(mqtt5.connect("c").reasonCode()).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
            mqtt3.sendHex("10 0D 00 04 4D 51 54 54 04 02 00 3C 00 01 77");
            assertThat(mqtt3.receive(Connack.class).reasonCode()).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
        }
    }

    @ParameterizedTest
    @CsvSource({"expired", "early"})
    void takes_certificates_of_another_time_if_dates_are_not_checked(String certificate) throws IOException {
        ListenerConfig.Builder listener =
                listener(tls().disableClientCertDateChecks(true).build()).requireCertificate(true);
        try (EmbeddedBroker broker = start(listener);
                RawClient client = client(broker.port(), pki.client(certificate))) {
            client.connected("c");
            assertThatThrownBy(
                            () -> client(broker.port(), pki.client("stranger")).connected("c"))
                    .isInstanceOf(AssertionError.class);
        }
    }

    /** As in Mosquitto's own tests: what is between the client and the root was made when the client had expired. */
    @Test
    void needs_no_moment_at_which_a_whole_chain_is_valid_if_dates_are_not_checked() throws IOException {
        for (String name : List.of("loft", "cellar")) {
            pki.issue(
                    name,
                    "/CN=" + name,
                    "floor",
                    "client",
                    "-startdate",
                    "20180101000000Z",
                    "-enddate",
                    "20190101000000Z");
        }
        Files.writeString(
                pki.file("loft.crt"), Files.readString(pki.file("loft.crt")) + Files.readString(pki.file("floor.crt")));
        ListenerConfig.Builder listener = listener(tls().cafile(pki.file("ca.crt"))
                        .disableClientCertDateChecks(true)
                        .build())
                .requireCertificate(true);
        try (EmbeddedBroker broker = start(listener);
                RawClient client = client(broker.port(), pki.client("loft"))) {
            client.connected("c");

            // Everything else counts: without the certificate between it leads nowhere, and this one is for servers.
            for (String refused : List.of("cellar", "stranger", "webserver")) {
                assertThatThrownBy(
                                () -> client(broker.port(), pki.client(refused)).connected("c"))
                        .as(refused)
                        .isInstanceOf(AssertionError.class);
            }
        }
    }

    @Test
    void looks_at_revocation_lists_also_if_dates_are_not_checked() throws IOException {
        ListenerConfig.Builder listener = listener(tls().crlfile(pki.file("revoked.crl"))
                        .disableClientCertDateChecks(true)
                        .build())
                .requireCertificate(true);
        try (EmbeddedBroker broker = start(listener);
                RawClient client = client(broker.port(), pki.client("expired"))) {
            client.connected("c");

            assertThatThrownBy(
                            () -> client(broker.port(), pki.client("revoked")).connected("c"))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void renews_its_certificate_without_dropping_connections() throws IOException {
        pki.replace("current", "server");
        BrokerConfig config = BrokerConfig.fromMosquitto(Files.writeString(
                directory.resolve("renewed.conf"),
                "listener " + FreePort.find() + " 127.0.0.1\nallow_anonymous true\ncertfile " + pki.file("current.crt")
                        + "\nkeyfile " + pki.file("current.key") + "\n"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(config);
                SSLSocket before = connect(broker.port(), pki.client(""));
                RawClient client = RawClient.on(before, MqttVersion.MQTT_5).connected("c")) {
            assertThat(shownBy(before).getSubjectX500Principal().getName()).doesNotContain("renewed");

            Files.writeString(pki.file("current.key"), "half written");
            assertThatThrownBy(() -> broker.reload(config))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Check keyfile: it is not a PEM file");
            try (SSLSocket meanwhile = connect(broker.port(), pki.client(""))) {
                assertThat(shownBy(meanwhile)).isEqualTo(shownBy(before));
            }

            pki.replace("current", "second");
            broker.reload(config);
            try (SSLSocket after = connect(broker.port(), pki.client(""))) {
                assertThat(shownBy(after).getSubjectX500Principal().getName()).contains("renewed");
            }
            client.ping();
        }
    }

    @Test
    void takes_keys_of_a_program() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(pki.keys("server").getKeyManagers(), null, null);
        for (TlsConfig tls : List.of(TlsConfig.of(context), TlsConfig.of(pki.keys("server")))) {
            try (EmbeddedBroker broker = start(listener(tls));
                    RawClient client = client(broker.port(), pki.client(""))) {
                client.connected("c").ping();
            }
        }
    }

    @Test
    void carries_websocket() throws Exception {
        ListenerConfig.Builder listener = listener(tls().build())
                .protocol(ListenerProtocol.WEBSOCKETS)
                .requireCertificate(true)
                .useIdentityAsUsername(true);
        try (EmbeddedBroker broker = start(listener)) {
            String uri = broker.addresses().get(0).uri();
            assertThat(uri).isEqualTo("wss://127.0.0.1:" + broker.webSocketPort() + "/mqtt");
            try (MqttClient paho = new MqttClient(uri, "paho", new MemoryPersistence())) {
                MqttConnectOptions options = new MqttConnectOptions();
                options.setSocketFactory(pki.client("hall").getSocketFactory());
                Queue<String> received = new ConcurrentLinkedQueue<>();
                paho.connect(options);
                paho.subscribe("t", 1, (topic, message) -> received.add(message.toString()));
                paho.publish("t", "x".repeat(100_000).getBytes(StandardCharsets.UTF_8), 1, false);
                await().until(() -> received.size() == 1);
                paho.disconnect();
            }
        }
    }

    /** Mosquitto starts as well: OpenSSL looks into the directory when it looks for a certificate. */
    @Test
    void starts_although_the_directory_of_authorities_is_gone() throws IOException {
        try (EmbeddedBroker broker = start(listener(tls().cafile(pki.file("ca.crt"))
                                .capath(pki.file("gone"))
                                .build())
                        .requireCertificate(true));
                RawClient client = client(broker.port(), pki.client("hall"))) {
            client.connected("c");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upstairs|its certificate has expired",
                "tomorrow|its certificate is not valid yet",
                "burnt|its certificate has been revoked",
                "hall|crlfile has no list of CN=House CA, O=house"
            })
    void says_why_a_certificate_is_refused_also_with_another_one_between(String name, String reason) throws Exception {
        pki.issue(
                "upstairs",
                "/CN=upstairs",
                "floor",
                "client",
                "-startdate",
                "20200101000000Z",
                "-enddate",
                "20210101000000Z");
        pki.issue(
                "tomorrow",
                "/CN=tomorrow",
                "floor",
                "client",
                "-startdate",
                "20990101000000Z",
                "-enddate",
                "21000101000000Z");
        pki.issue("burnt", "/CN=burnt", "floor", "client");
        pki.revoke("burnt", "floor", "floor.crl");
        Path authorities = Files.writeString(
                pki.file("both.crt"), Files.readString(pki.file("ca.crt")) + Files.readString(pki.file("floor.crt")));
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                .listener(listener(tls().cafile(authorities)
                                .crlfile(pki.file("floor.crl"))
                                .build())
                        .requireCertificate(true)
                        .build())
                .allowAnonymous()
                .brokerListener(new BrokerListener() {
                    @Override
                    public void failed(String from, String client, ConnectionFailure cause, String why) {
                        failures.add(why);
                    }
                })
                .start()) {
            try (RawClient attic = client(broker.port(), pki.client("attic"))) {
                attic.connected("c");
            }
            failures.clear();
            try (SSLSocket refused = connect(broker.port(), pki.client(name))) {
                refused.startHandshake();
                await().until(() -> !failures.isEmpty());
            }
        }

        assertThat(failures).containsExactly(reason);
    }

    @Test
    void says_why_a_connection_came_to_nothing() throws Exception {
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        ListenerConfig listener =
                listener(tls().build()).requireCertificate(true).build();
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                .listener(listener)
                .allowAnonymous()
                .brokerListener(new BrokerListener() {
                    @Override
                    public void failed(String from, String name, ConnectionFailure cause, String reason) {
                        failures.add(cause + " " + reason);
                    }
                })
                .start()) {
            try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
                plain.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                await().until(() -> failures.contains("TLS it does not speak TLS"));
            }
            try (SSLSocket without = connect(broker.port(), pki.client(""))) {
                without.startHandshake();
                await().until(() -> failures.size() == 2);
            }
            try (SSLSocket stranger = connect(broker.port(), pki.client("stranger"))) {
                stranger.startHandshake();
                await().until(() -> failures.size() == 3);
            }
        }
        assertThat(failures)
                .allMatch(failure -> failure.startsWith("TLS "))
                .noneMatch(f -> f.contains("null") || f.contains("Exception"));
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
                directory.resolve("bad.conf"),
                changed.replaceAll("(?m)^(certfile|keyfile|cafile|capath|crlfile) ", "$1 " + directory + "/")));

        assertThatThrownBy(() -> EmbeddedBroker.start(config))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(error)
                .hasMessageNotContaining("\n");
    }
}
