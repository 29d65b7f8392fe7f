package io.alicia.mqtt.broker.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Keys that both sides share instead of certificates (RFC 4279): refused, for as long as the TLS of Java has none. */
class TlsPskTest {

    @Test
    void java_has_no_psk_cipher_suites() throws NoSuchAlgorithmException {
        assertThat(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites())
                .as("with such suites psk_hint could be honoured")
                .noneMatch(suite -> suite.contains("_PSK_"));
    }

    @Test
    void who_chooses_psk_cipher_suites_alone_is_told_why_that_cannot_be() {
        assertThatThrownBy(() -> CipherSuites.tls12(Optional.of("PSK-AES128-GCM-SHA256:ECDHE-PSK-CHACHA20-POLY1305")))
                .isInstanceOf(TlsException.class)
                .hasMessageEndingWith("the TLS of Java has no PSK cipher suites; use certificates.");
        assertThatThrownBy(() -> CipherSuites.tls12(Optional.of("NONSENSE")))
                .hasMessageEndingWith("Java has none of them.");
    }
}
