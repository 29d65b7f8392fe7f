package io.alicia.mqtt.broker.tls;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files and choices that make a listener's TLS, as in {@code mosquitto.conf}.
 *
 * @param certfile the server's certificate, its chain behind it
 * @param keyfile its private key
 * @param cafile certificates that are trusted when checking those of clients; null for none
 * @param capath a directory of such certificates; null for none
 * @param crlfile which client certificates are revoked; null for none
 * @param policy what else there is to choose
 */
public record TlsSettings(
        Path certfile,
        Path keyfile,
        @Nullable Path cafile,
        @Nullable Path capath,
        @Nullable Path crlfile,
        Policy policy) {

    /**
     * What does not depend on where keys and certificates come from.
     *
     * @param tls13Only whether TLS 1.2 is refused
     * @param ciphers the suites of TLS 1.2 in OpenSSL's form; empty for the JDK's
     * @param ciphersTls13 the suites of TLS 1.3, parted by colons; empty for all
     * @param requireCertificate whether a client has to show a certificate
     * @param disableClientCertDateChecks whether client certificates that have expired, or are not valid yet, are taken
     */
    public record Policy(
            boolean tls13Only,
            Optional<String> ciphers,
            Optional<String> ciphersTls13,
            boolean requireCertificate,
            boolean disableClientCertDateChecks) {}
}
