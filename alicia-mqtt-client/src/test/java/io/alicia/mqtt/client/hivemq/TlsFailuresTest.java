package io.alicia.mqtt.client.hivemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alicia.mqtt.client.server.Certificates;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ConnectFailure.TlsCheck;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.connection.TlsOptions;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which check of TLS failed, with Mosquitto, and so OpenSSL, at the other end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class TlsFailuresTest {

    private static final Duration ENOUGH = Duration.ofSeconds(20);

    private final HiveMqTransportProvider provider = new HiveMqTransportProvider();
    private final Map<String, Integer> ports = new HashMap<>();
    private Certificates certificates;
    private Mosquitto mosquitto;

    @BeforeAll
    void startServer(@TempDir Path directory) {
        certificates = new Certificates(directory);
        certificates.issue("good", "ca", "server");
        certificates.issue("expired", "ca", "server", "-startdate 20200101000000Z -enddate 20210101000000Z");
        certificates.issue("early", "ca", "server", "-startdate 20990101000000Z -enddate 21000101000000Z");
        certificates.issue("elsewhere", "ca", "elsewhere");
        certificates.issue("hall", "ca", "client");
        certificates.issue("stranger", "other", "client");
        List<String> lines = new ArrayList<>(List.of("per_listener_settings false", "allow_anonymous true"));
        listener(lines, "good", "good");
        listener(lines, "expired", "expired");
        listener(lines, "early", "early");
        listener(lines, "elsewhere", "elsewhere");
        listener(lines, "modern", "good", "tls_version tlsv1.3");
        listener(lines, "picky", "good", "tls_version tlsv1.2", "ciphers ECDHE-ECDSA-AES256-GCM-SHA384");
        listener(lines, "asks-1.3", "good", "require_certificate true", "tls_version tlsv1.3");
        listener(lines, "asks-1.2", "good", "require_certificate true", "tls_version tlsv1.2");
        mosquitto = Mosquitto.start(lines);
    }

    private void listener(List<String> lines, String name, String certificate, String... more) {
        int port = FreePort.find();
        ports.put(name, port);
        lines.add("listener " + port + " 127.0.0.1");
        lines.add("cafile " + certificates.file("ca.crt"));
        lines.add("certfile " + certificates.file(certificate + ".crt"));
        lines.add("keyfile " + certificates.file(certificate + ".key"));
        lines.addAll(List.of(more));
    }

    @AfterAll
    void stopServer() {
        if (mosquitto != null) {
            mosquitto.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void connects_to_a_server_whose_authority_it_trusts(String protocol) {
        connect("good", trusting().addProtocols(protocol).build());
    }

    @ParameterizedTest
    @CsvSource({
        "expired, CERTIFICATE_EXPIRED, TLSv1.2",
        "expired, CERTIFICATE_EXPIRED, TLSv1.3",
        "early, CERTIFICATE_NOT_YET_VALID, TLSv1.2",
        "early, CERTIFICATE_NOT_YET_VALID, TLSv1.3",
        "elsewhere, HOSTNAME_MISMATCH, TLSv1.2",
        "elsewhere, HOSTNAME_MISMATCH, TLSv1.3",
        "modern, PROTOCOL_OR_CIPHER, TLSv1.2",
        "asks-1.2, PROTOCOL_OR_CIPHER, TLSv1.2",
        "asks-1.3, CLIENT_CERTIFICATE_REFUSED, TLSv1.3"
    })
    void says_which_check_failed(String listener, TlsCheck check, String protocol) {
        assertThat(check(listener, trusting().addProtocols(protocol).build())).isEqualTo(check);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void does_not_trust_an_authority_that_it_was_not_told_to(String protocol) {
        TlsOptions trustingOther = TlsOptions.builder()
                .trustManagerFactory(certificates.trust("other"))
                .addProtocols(protocol)
                .build();
        TlsOptions trustingTheJdksAlone =
                TlsOptions.builder().addProtocols(protocol).build();

        assertThat(check("good", trustingOther)).isEqualTo(TlsCheck.CERTIFICATE_NOT_TRUSTED);
        assertThat(check("good", trustingTheJdksAlone)).isEqualTo(TlsCheck.CERTIFICATE_NOT_TRUSTED);
    }

    @Test
    void says_that_no_cipher_suite_is_in_common() {
        TlsOptions other = trusting()
                .addProtocols("TLSv1.2")
                .addCipherSuites("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
                .build();

        assertThat(check("picky", other)).isEqualTo(TlsCheck.PROTOCOL_OR_CIPHER);
    }

    @ParameterizedTest
    @CsvSource({"asks-1.2, TLSv1.2", "asks-1.3, TLSv1.3"})
    void says_that_the_server_refuses_its_certificate_and_connects_with_another(String listener, String protocol) {
        TlsOptions stranger = trusting()
                .addProtocols(protocol)
                .keyManagerFactory(certificates.keys("stranger"))
                .build();
        TlsOptions hall = trusting()
                .addProtocols(protocol)
                .keyManagerFactory(certificates.keys("hall"))
                .build();

        assertThat(check(listener, stranger)).isEqualTo(TlsCheck.CLIENT_CERTIFICATE_REFUSED);
        connect(listener, hall);
    }

    @Test
    void looks_at_no_host_name_when_it_is_told_so() {
        connect("elsewhere", trusting().verifiesHostname(false).build());
    }

    @Test
    void says_that_a_server_without_tls_hangs_up() {
        ports.put("plain", mosquitto.tcp().port());

        assertThat(failure("plain", trusting().build()))
                .isInstanceOf(ConnectFailure.ClosedEarly.class)
                .extracting(ConnectFailure::description)
                .isEqualTo("closed before CONNACK: the server closed the connection during the TLS handshake;"
                        + " does the port speak TLS?");
    }

    /** Waiting may heal it, unlike what the checks find: the next attempt must not be a minute away. */
    @Test
    void says_that_the_time_was_up_when_the_server_never_answers_the_handshake() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ports.put("silent", silent.getLocalPort());

            ConnectFailure failure = failure("silent", trusting().build(), Duration.ofMillis(300));

            assertThat(failure).isEqualTo(new ConnectFailure.TimedOut(Duration.ofMillis(300)));
            assertThat(failure.mayPass()).isTrue();
        }
    }

    private TlsOptions.Builder trusting() {
        TlsOptions.Builder options = TlsOptions.builder();
        options.trustManagerFactory(certificates.trust("ca"));
        return options;
    }

    private void connect(String listener, TlsOptions tls) {
        MqttTransport transport = transport();
        try {
            transport.connect(request(listener, tls, ENOUGH)).ignoreElement().blockingAwait();
        } finally {
            transport.close().blockingAwait();
        }
    }

    private TlsCheck check(String listener, TlsOptions tls) {
        ConnectFailure failure = failure(listener, tls);
        assertThat(failure).isInstanceOf(ConnectFailure.TlsFailed.class);
        assertThat(failure.mayPass()).as("worth an attempt soon").isFalse();
        return ((ConnectFailure.TlsFailed) failure).check();
    }

    private ConnectFailure failure(String listener, TlsOptions tls) {
        return failure(listener, tls, ENOUGH);
    }

    private ConnectFailure failure(String listener, TlsOptions tls, Duration limit) {
        MqttTransport transport = transport();
        try {
            return catchThrowableOfType(
                            ConnectFailedException.class,
                            () -> transport
                                    .connect(request(listener, tls, limit))
                                    .blockingGet())
                    .failure();
        } finally {
            assertThat(transport.close().blockingAwait(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    private MqttTransport transport() {
        return provider.create(TransportOptions.builder()
                .version(MqttVersion.MQTT_5)
                .clientIdentifier("secure")
                .build());
    }

    private ConnectRequest request(String listener, TlsOptions tls, Duration limit) {
        return ConnectRequest.builder()
                .server(ServerAddress.of("mqtts://127.0.0.1:" + ports.get(listener)))
                .tls(tls)
                .timeout(limit)
                .build();
    }
}
