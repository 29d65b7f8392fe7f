package io.alicia.mqtt.broker.tls;

import java.security.cert.CRLReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a client's chain of certificates was refused. Where a certificate is between the client's and the trusted one, the JDK
 * looks for another way as soon as this one does not hold, and says in the end only that it has found none.
 */
final class RefusedChain {

    /** Whether the chain would have been trusted if less had been asked of it. */
    interface Retry {
        boolean trusts(boolean ignoreDates, boolean revocation);
    }

    private final List<X509Certificate> chain;
    private final List<X509Certificate> helpers;

    RefusedChain(List<X509Certificate> chain, List<X509Certificate> helpers) {
        this.chain = chain;
        this.helpers = helpers;
    }

    /** {@return the reason that an operator can do something about, or what the JDK said} */
    CertificateException because(CertificateException said, List<X509CRL> revocationLists, Retry retry) {
        Optional<CertificateException> better = Optional.empty();
        if (retry.trusts(true, true)) {
            better = dates();
        } else if (!revocationLists.isEmpty() && retry.trusts(false, false)) {
            better = revocation(revocationLists);
        }
        better.ifPresent(reason -> reason.addSuppressed(said));
        return better.orElse(said);
    }

    private Optional<CertificateException> dates() {
        for (X509Certificate certificate :
                Stream.concat(chain.stream(), helpers.stream()).toList()) {
            try {
                certificate.checkValidity();
            } catch (CertificateException e) {
                return Optional.of(e);
            }
        }
        return Optional.empty();
    }

    private Optional<CertificateException> revocation(List<X509CRL> lists) {
        X509Certificate own = chain.get(0);
        List<X509CRL> ofIssuer = lists.stream()
                .filter(list -> list.getIssuerX500Principal().equals(own.getIssuerX500Principal()))
                .toList();
        if (ofIssuer.isEmpty()) {
            return Optional.of(new CertificateException("crlfile has no list of " + own.getIssuerX500Principal()));
        }
        return ofIssuer.stream()
                .map(list -> list.getRevokedCertificate(own))
                .filter(Objects::nonNull)
                .findFirst()
                .map(entry -> revoked(entry, own));
    }

    private static CertificateRevokedException revoked(X509CRLEntry entry, X509Certificate own) {
        return new CertificateRevokedException(
                entry.getRevocationDate(),
                Objects.requireNonNullElse(entry.getRevocationReason(), CRLReason.UNSPECIFIED),
                own.getIssuerX500Principal(),
                Map.of());
    }
}
