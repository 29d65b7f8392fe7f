package io.alicia.mqtt.broker.tls;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files and choices that make a bridge's TLS, as in {@code mosquitto.conf}.
 *
 * @param cafile certificates that are trusted; null for none
 * @param capath a directory of such certificates; null for none
 * @param useOsCerts whether those that the JDK trusts are trusted, too
 * @param certfile the bridge's own certificate, its chain behind it; null for none
 * @param keyfile its private key; null for none
 * @param insecure whether the remote broker's certificate may be for another host
 * @param tls13Only whether TLS 1.2 is not offered
 * @param alpn the application protocol to offer
 * @param ciphers the suites of TLS 1.2 in OpenSSL's form; empty for the JDK's
 * @param ciphersTls13 the suites of TLS 1.3, parted by colons; empty for all
 * @param requireOcsp whether the remote broker's certificate must be vouched for by OCSP
 */
public record BridgeTlsSettings(
        @Nullable Path cafile,
        @Nullable Path capath,
        boolean useOsCerts,
        @Nullable Path certfile,
        @Nullable Path keyfile,
        boolean insecure,
        boolean tls13Only,
        Optional<String> alpn,
        Optional<String> ciphers,
        Optional<String> ciphersTls13,
        boolean requireOcsp) {}
