package io.alicia.mqtt.connection;

import io.alicia.mqtt.connection.ConnectFailure.TlsCheck;
import io.alicia.mqtt.connection.ConnectFailure.TlsFailed;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Which check of a TLS handshake failed, read from the JDK's exception and what caused it. */
final class TlsFailures {

    /** Causes may go in a circle. */
    private static final int DEEPEST_CAUSE = 20;

    /** The alerts that say it (RFC 8446 §6.2), and the JDK's words when it has nothing to offer. */
    private static final List<String> NOTHING_IN_COMMON = List.of(
            "protocol_version",
            "handshake_failure",
            "insufficient_security",
            "no appropriate protocol",
            "no negotiable cipher suite");

    private TlsFailures() {}

    static Optional<TlsFailed> behind(Throwable failure) {
        return causes(failure)
                .filter(SSLException.class::isInstance)
                .findFirst()
                .map(tls -> new TlsFailed(check(tls), words(tls)));
    }

    private static TlsCheck check(Throwable tls) {
        if (isCausedBy(tls, CertificateExpiredException.class)) {
            return TlsCheck.CERTIFICATE_EXPIRED;
        }
        if (isCausedBy(tls, CertificateNotYetValidException.class)) {
            return TlsCheck.CERTIFICATE_NOT_YET_VALID;
        }
        String words = causes(tls)
                .map(TlsFailures::words)
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
        if (isCausedBy(tls, SSLPeerUnverifiedException.class)
                || words.contains("no subject alternative")
                || words.contains("no name matching")
                || words.contains("hostname")) {
            return TlsCheck.HOSTNAME_MISMATCH;
        }
        if (isCausedBy(tls, CertPathBuilderException.class)
                || isCausedBy(tls, CertPathValidatorException.class)
                || words.contains("unable to find valid certification path")) {
            return TlsCheck.CERTIFICATE_NOT_TRUSTED;
        }
        if (words.contains("received fatal alert") && (words.contains("certificate") || words.contains("unknown_ca"))) {
            return TlsCheck.CLIENT_CERTIFICATE_REFUSED;
        }
        return NOTHING_IN_COMMON.stream().anyMatch(words::contains) ? TlsCheck.PROTOCOL_OR_CIPHER : TlsCheck.HANDSHAKE;
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        return causes(failure).anyMatch(type::isInstance);
    }

    /** The failure itself, what caused it, and so on. */
    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST_CAUSE);
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
