package io.alicia.mqtt.broker.tls;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cipher suites that an operator chose, and what OpenSSL calls them. */
public final class CipherSuites {

    private static final Logger LOG = LoggerFactory.getLogger(CipherSuites.class);

    private static final List<String> TLS_1_3 =
            List.of("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");

    /** Suites that are right, but that the JDK does not have. */
    private static final Set<String> OPENSSL_ONLY = Set.of("TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256");

    private CipherSuites() {}

    /**
     * {@return what OpenSSL calls a suite}
     *
     * @param suite what the JDK calls it
     */
    public static String openSslName(String suite) {
        return TLS_1_3.contains(suite) ? suite : OpenSslCiphers.nameOf(suite);
    }

    /** {@return the suites of {@code ciphers_tls1.3}} */
    static List<String> tls13(Optional<String> given) throws TlsException {
        if (given.isEmpty()) {
            return TLS_1_3;
        }
        List<String> suites = new ArrayList<>();
        for (String name : given.get().split(":", -1)) {
            String suite = name.strip();
            if (TLS_1_3.contains(suite)) {
                suites.add(suite);
            } else if (OPENSSL_ONLY.contains(suite)) {
                LOG.warn("the cipher suite {} of ciphers_tls1.3 is not available in Java and left out", suite);
            } else {
                throw refused("TLS 1.3 ciphersuites", "ciphers_tls1.3", given.get(), "\"" + suite + "\" is none");
            }
        }
        if (suites.isEmpty()) {
            throw refused("TLS 1.3 ciphersuites", "ciphers_tls1.3", given.get(), "Java has none of them");
        }
        return suites;
    }

    /** {@return the suites of {@code ciphers} that this JVM allows} */
    static List<String> tls12(Optional<String> given) throws TlsException {
        List<String> enabled = enabled();
        if (given.isEmpty()) {
            return enabled.stream().filter(suite -> !TLS_1_3.contains(suite)).toList();
        }
        List<String> suites = OpenSslCiphers.select(given.get()).stream()
                .filter(enabled::contains)
                .toList();
        if (suites.isEmpty()) {
            throw refused(
                    "TLS ciphers",
                    "ciphers",
                    given.get(),
                    given.get().contains("PSK")
                            ? "the TLS of Java has no PSK cipher suites; use certificates"
                            : "Java has none of them");
        }
        return suites;
    }

    private static List<String> enabled() throws TlsException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // Without trust managers of its own it would read the JDK's trusted certificates, which takes its time.
            context.init(null, new TrustManager[0], null);
            return List.of(context.getSupportedSSLParameters().getCipherSuites());
        } catch (GeneralSecurityException e) {
            throw new TlsException("Unable to create TLS context: " + e.getMessage(), e);
        }
    }

    private static TlsException refused(String what, String option, String list, String reason) {
        return new TlsException("Unable to set " + what + ". Check " + option + " \"" + list + "\": " + reason + ".");
    }
}
