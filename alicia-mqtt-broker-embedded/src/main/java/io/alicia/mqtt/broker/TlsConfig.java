package io.alicia.mqtt.broker;

import io.alicia.mqtt.style.ValueStyle;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.immutables.value.Value;

/**
 * TLS of a listener: who the server is, which client certificates it trusts, and which versions and cipher suites it
 * speaks. Keys and certificates come from files in PEM, as in {@code mosquitto.conf}, or from a program of its own.
 *
 * <pre>{@code
 * ListenerConfig listener = ListenerConfig.builder()
 *         .port(8883)
 *         .tls(TlsConfig.builder()
 *                 .certfile(Path.of("server.crt"))
 *                 .keyfile(Path.of("server.key"))
 *                 .cafile(Path.of("ca.crt"))
 *                 .build())
 *         .requireCertificate(true)
 *         .useIdentityAsUsername(true)
 *         .build();
 * }</pre>
 *
 * <p>Files are read when the broker starts and again at {@link EmbeddedBroker#reload(BrokerConfig)}; new connections
 * then see the new certificates and those that there are go on. Immutable. A combination that makes no sense is refused
 * by {@code build()} with an {@link IllegalStateException} that names the option.
 */
@Value.Immutable
@ValueStyle
public abstract class TlsConfig {

    TlsConfig() {}

    /** {@return a builder without keys} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return TLS with a certificate and its key from files}
     *
     * @param certfile the certificate in PEM, its chain behind it
     * @param keyfile its private key in PEM
     */
    public static TlsConfig pem(Path certfile, Path keyfile) {
        return builder().certfile(certfile).keyfile(keyfile).build();
    }

    /**
     * {@return TLS with the keys of a program}
     *
     * @param context initialised with keys, and with what client certificates it trusts
     */
    public static TlsConfig of(SSLContext context) {
        return builder().sslContext(context).build();
    }

    /**
     * {@return TLS with the keys of a program}
     *
     * @param keys initialised with the server's key and certificate
     */
    public static TlsConfig of(KeyManagerFactory keys) {
        return builder().keyManagerFactory(keys).build();
    }

    /** {@return the file with the server's certificate in PEM, the chain up to its issuer behind it} */
    public abstract Optional<Path> certfile();

    /** {@return the file with the private key in PEM: PKCS#8, PKCS#1 (RSA) or RFC 5915 (EC), without a pass phrase} */
    public abstract Optional<Path> keyfile();

    /** {@return a file of certificates in PEM that are trusted when checking those of clients} */
    public abstract Optional<Path> cafile();

    /** {@return a directory of such files, named {@code *.pem} or as by {@code openssl rehash}} */
    public abstract Optional<Path> capath();

    /** {@return a file of revocation lists in PEM; a client certificate whose issuer has none there is refused, too} */
    public abstract Optional<Path> crlfile();

    /** {@return a program's own keys and trust, in place of files} */
    public abstract Optional<SSLContext> sslContext();

    /** {@return a program's own key and certificate, in place of files} */
    public abstract Optional<KeyManagerFactory> keyManagerFactory();

    /** {@return which client certificates are trusted, with {@link #keyManagerFactory()}; default those that the JDK trusts} */
    public abstract Optional<TrustManagerFactory> trustManagerFactory();

    /** {@return the lowest version that is spoken; default {@link TlsVersion#TLS_1_2}} */
    @Value.Default
    public TlsVersion tlsVersion() {
        return TlsVersion.TLS_1_2;
    }

    /** {@return the cipher suites of TLS 1.2 in the form of openssl-ciphers(1); default those that the JDK enables} */
    public abstract Optional<String> ciphers();

    /** {@return the cipher suites of TLS 1.3, parted by colons; default all three that the JDK has} */
    public abstract Optional<String> ciphersTls13();

    /** {@return whether client certificates that have expired, or are not valid yet, are taken; default false} */
    @Value.Default
    public boolean disableClientCertDateChecks() {
        return false;
    }

    @Value.Check
    void check() {
        ConfigCheck.that(
                Stream.of(certfile(), sslContext(), keyManagerFactory())
                                .filter(Optional::isPresent)
                                .count()
                        == 1,
                "TLS needs exactly one of certfile, sslContext and keyManagerFactory");
        ConfigCheck.that(
                certfile().isPresent() == keyfile().isPresent(), "certfile and keyfile must be given both or neither");
        ConfigCheck.that(
                certfile().isPresent()
                        || (cafile().isEmpty()
                                && capath().isEmpty()
                                && crlfile().isEmpty()
                                && !disableClientCertDateChecks()),
                "cafile, capath, crlfile and disableClientCertDateChecks need certfile and keyfile;"
                        + " otherwise the program's own trust decides");
        ConfigCheck.that(
                trustManagerFactory().isEmpty() || keyManagerFactory().isPresent(),
                "trustManagerFactory needs keyManagerFactory");
    }

    /** Makes a {@link TlsConfig}; not thread-safe. */
    public static final class Builder extends ImmutableTlsConfig.Builder {
        Builder() {}
    }
}
