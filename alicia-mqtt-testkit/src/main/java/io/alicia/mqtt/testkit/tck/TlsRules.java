package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.failureOf;
import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ConnectFailure.TlsCheck;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.connection.TlsOptions;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import org.junit.jupiter.api.Test;

/** Whom a transport trusts. For those alone that support addresses such as {@code mqtts://127.0.0.1:8883}. */
interface TlsRules extends TransportRules {

    @Test
    default void trusts_no_server_that_it_was_not_told_to_trust() {
        ServerCertificate certificate = ServerCertificate.ofLoopback();
        ConnectRequest.Builder request = fixture().requestOverTls(certificate);
        MqttTransport transport = fixture().transport("careful");

        failsAt(TlsCheck.CERTIFICATE_NOT_TRUSTED, transport, request.build());
        failsAt(
                TlsCheck.CERTIFICATE_NOT_TRUSTED,
                transport,
                request.tls(trusting(ServerCertificate.ofLoopback()).build()).build());
        MqttConnection connection = result(
                transport.connect(request.tls(trusting(certificate).build()).build()));

        assertFalse(result(connection.publish(message("tck/secret", "1", Qos.AT_LEAST_ONCE)))
                .reasonCode()
                .isError());
    }

    @Test
    default void trusts_no_server_whose_certificate_is_for_another_host() {
        ServerCertificate certificate = ServerCertificate.ofElsewhere();
        ConnectRequest.Builder request = fixture().requestOverTls(certificate);
        MqttTransport transport = fixture().transport("exact");

        failsAt(
                TlsCheck.HOSTNAME_MISMATCH,
                transport,
                request.tls(trusting(certificate).build()).build());
        result(transport.connect(
                request.tls(trusting(certificate).verifiesHostname(false).build())
                        .build()));
    }

    /** None of the checks has failed: it is the wrong port, or the wrong scheme, or a server that is being started. */
    @Test
    default void asks_whether_a_server_that_hangs_up_speaks_tls() {
        ConnectRequest.Builder request = fixture().requestOverTls(ServerCertificate.ofLoopback());
        ServerAddress plain = ServerAddress.of(fixture().broker().uri().replaceFirst("^mqtt:", "mqtts:"));

        ConnectFailure failure = failureOf(
                fixture().transport("greeting").connect(request.server(plain).build()));

        assertInstanceOf(ConnectFailure.ClosedEarly.class, failure);
        assertTrue(failure.description().contains("TLS"), failure.description());
    }

    private static TlsOptions.Builder trusting(ServerCertificate certificate) {
        return TlsOptions.builder().trustManagerFactory(certificate.trust());
    }

    private static void failsAt(TlsCheck check, MqttTransport transport, ConnectRequest request) {
        ConnectFailure failure = failureOf(transport.connect(request));
        assertEquals(
                check, assertInstanceOf(ConnectFailure.TlsFailed.class, failure).check(), failure.description());
        assertFalse(failure.mayPass(), "worth another attempt");
    }
}
