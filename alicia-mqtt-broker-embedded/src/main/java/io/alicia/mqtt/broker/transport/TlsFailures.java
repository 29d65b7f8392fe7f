package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.connection.ConnectFailure.TlsCheck;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Which check of a TLS handshake failed, read from the JDK's exception and what caused it. */
final class TlsFailures {

    private static final int DEEPEST_CAUSE = 20;

    private static final List<String> NOTHING_IN_COMMON = List.of(
            "protocol_version",
            "handshake_failure",
            "insufficient_security",
            "no appropriate protocol",
            "no negotiable cipher suite");

    private TlsFailures() {}

    /** The exception of TLS behind a failure; null if it was none. */
    static @Nullable SSLException of(Throwable failure) {
        return causeOf(failure, SSLException.class);
    }

    static TlsCheck check(SSLException failure) {
        if (causeOf(failure, CertificateExpiredException.class) != null) {
            return TlsCheck.CERTIFICATE_EXPIRED;
        }
        if (causeOf(failure, CertificateNotYetValidException.class) != null) {
            return TlsCheck.CERTIFICATE_NOT_YET_VALID;
        }
        String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("no subject alternative") || words.contains("no name matching")) {
            return TlsCheck.HOSTNAME_MISMATCH;
        }
        if (causeOf(failure, CertPathBuilderException.class) != null
                || causeOf(failure, CertPathValidatorException.class) != null) {
            return TlsCheck.CERTIFICATE_NOT_TRUSTED;
        }
        if (words.contains("received fatal alert") && (words.contains("certificate") || words.contains("unknown_ca"))) {
            return TlsCheck.CLIENT_CERTIFICATE_REFUSED;
        }
        return NOTHING_IN_COMMON.stream().anyMatch(words::contains) ? TlsCheck.PROTOCOL_OR_CIPHER : TlsCheck.HANDSHAKE;
    }

    private static <T extends Throwable> @Nullable T causeOf(Throwable failure, Class<T> type) {
        Throwable current = failure;
        for (int depth = 0; current != null && depth < DEEPEST_CAUSE; depth++) {
            if (type.isInstance(current)) {
                return type.cast(current);
            }
            current = current.getCause();
        }
        return null;
    }
}
