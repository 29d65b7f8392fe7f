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
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates of clients: whose are taken, what account they name, and why others are refused. */
@Timeout(60)
@ExtendWith(LeakExtension.class)
class ClientCertificateTest {

    private static TlsScene tls;

    @BeforeAll
    static void make(@TempDir Path directory) {
        tls = TlsScene.in(directory);
    }

    @Test
    void tells_the_account_that_the_certificate_names_and_asks_for_no_password() throws IOException {
        Queue<ClientInfo> connected = new ConcurrentLinkedQueue<>();
        Queue<String> secured = new ConcurrentLinkedQueue<>();
        ListenerConfig listener = tls.strict(tls.server())
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
                RawClient client = tls.client(broker, "hall")) {
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
        ListenerConfig.Builder listener = tls.strict(tls.server()).useIdentityAsUsername(true);
        SecurityConfig.Builder rules = SecurityConfig.builder().access(AccessPolicy.unrestricted());
        Account hall = Account.of("hall", PasswordHash.plain("old"));
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                        .listener(listener.build())
                        .accounts(List.of(hall))
                        .access(AccessPolicy.unrestricted())
                        .start();
                RawClient client = tls.client(broker, "hall")) {
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
        ListenerConfig.Builder listener = tls.strict(tls.server()).useIdentityAsUsername(true);
        try (EmbeddedBroker broker = tls.start(listener);
                RawClient mqtt5 = tls.client(broker, "nameless");
                RawClient mqtt3 = RawClient.on(tls.connect(broker, "nameless"), MqttVersion.MQTT_3_1_1)) {
            assertThat(mqtt5.connect("c").reasonCode()).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
            mqtt3.sendHex("10 0D 00 04 4D 51 54 54 04 02 00 3C 00 01 77");
            assertThat(mqtt3.receive(Connack.class).reasonCode()).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
        }
    }

    @ParameterizedTest
    @CsvSource({"expired", "early"})
    void takes_certificates_of_another_time_if_dates_are_not_checked(String certificate) throws IOException {
        TlsConfig.Builder config = tls.server().disableClientCertDateChecks(true);
        try (EmbeddedBroker broker = tls.start(tls.strict(config));
                RawClient client = tls.client(broker, certificate)) {
            client.connected("c");

            expectRefused(broker, "stranger");
        }
    }

    /** As in Mosquitto's own tests: what is between the client and the root was made when the client had expired. */
    @Test
    void needs_no_moment_at_which_a_whole_chain_is_valid_if_dates_are_not_checked() throws IOException {
        for (String name : List.of("loft", "cellar")) {
            issue(name, 2018);
        }
        tls.bundle("loft.crt", "loft.crt", "floor.crt");
        TlsConfig.Builder config = tls.server().disableClientCertDateChecks(true);
        try (EmbeddedBroker broker = tls.start(tls.strict(config));
                RawClient client = tls.client(broker, "loft")) {
            client.connected("c");

            // Everything else counts: without the certificate between it leads nowhere, and this one is for servers.
            for (String refused : List.of("cellar", "stranger", "webserver")) {
                expectRefused(broker, refused);
            }
        }
    }

    /** A certificate of one year, made by the authority of the floor. */
    private static void issue(String name, int year) {
        String start = year + "0101000000Z";
        String end = (year + 1) + "0101000000Z";
        tls.pki().issue(name, "/CN=" + name, "floor", "client", "-startdate", start, "-enddate", end);
    }

    private static void expectRefused(EmbeddedBroker broker, String certificate) {
        assertThatThrownBy(() -> tls.client(broker, certificate).connected("c"))
                .as(certificate)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void looks_at_revocation_lists_also_if_dates_are_not_checked() throws IOException {
        TlsConfig.Builder config = tls.server().crlfile(tls.file("revoked.crl")).disableClientCertDateChecks(true);
        try (EmbeddedBroker broker = tls.start(tls.strict(config));
                RawClient client = tls.client(broker, "expired")) {
            client.connected("c");

            expectRefused(broker, "revoked");
        }
    }

    /** Mosquitto starts as well: OpenSSL looks into the directory when it looks for a certificate. */
    @Test
    void starts_although_the_directory_of_authorities_is_gone() throws IOException {
        try (EmbeddedBroker broker = tls.start(tls.strict(tls.server().capath(tls.file("gone"))));
                RawClient client = tls.client(broker, "hall")) {
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
        issue("upstairs", 2020);
        issue("tomorrow", 2099);
        tls.pki().issue("burnt", "/CN=burnt", "floor", "client");
        tls.pki().revoke("burnt", "floor", "floor.crl");
        TlsConfig.Builder config = tls.server()
                .cafile(tls.bundle("both.crt", "ca.crt", "floor.crt"))
                .crlfile(tls.file("floor.crl"));
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        try (EmbeddedBroker broker = telling(failures, tls.strict(config))) {
            try (RawClient attic = tls.client(broker, "attic")) {
                attic.connected("c");
            }
            failures.clear();
            try (SSLSocket refused = tls.connect(broker, name)) {
                refused.startHandshake();
                await().until(() -> !failures.isEmpty());
            }
        }

        assertThat(failures).containsExactly("TLS " + reason);
    }

    /** Notes why connections came to nothing. */
    private static EmbeddedBroker telling(Queue<String> failures, ListenerConfig.Builder listener) {
        return EmbeddedBroker.builder()
                .listener(listener.build())
                .allowAnonymous()
                .brokerListener(new BrokerListener() {
                    @Override
                    public void failed(String from, String name, ConnectionFailure cause, String reason) {
                        failures.add(cause + " " + reason);
                    }
                })
                .start();
    }

    @Test
    void says_why_a_connection_came_to_nothing() throws Exception {
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        try (EmbeddedBroker broker = telling(failures, tls.strict(tls.server()))) {
            try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
                plain.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                await().until(() -> failures.contains("TLS it does not speak TLS"));
            }
            try (SSLSocket without = tls.connect(broker, "")) {
                without.startHandshake();
                await().until(() -> failures.size() == 2);
            }
            try (SSLSocket stranger = tls.connect(broker, "stranger")) {
                stranger.startHandshake();
                await().until(() -> failures.size() == 3);
            }
        }
        assertThat(failures)
                .allMatch(failure -> failure.startsWith("TLS "))
                .noneMatch(f -> f.contains("null") || f.contains("Exception"));
    }
}
