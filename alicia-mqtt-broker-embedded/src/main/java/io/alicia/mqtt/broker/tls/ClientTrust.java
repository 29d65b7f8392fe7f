package io.alicia.mqtt.broker.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which client certificates are trusted, by OpenSSL's rules as Mosquitto uses them: a chain must reach a self-signed
 * certificate among the trusted ones, the others of these may help it there; with revocation lists the client's own
 * certificate must be covered by one and not be on it.
 */
final class ClientTrust extends X509ExtendedTrustManager {

    private final List<X509Certificate> authorities;
    private final Set<TrustAnchor> anchors;
    private final List<X509CRL> revocationLists;
    private final boolean ignoreDates;

    ClientTrust(List<X509Certificate> authorities, List<X509CRL> revocationLists, boolean ignoreDates) {
        this.authorities = List.copyOf(authorities);
        this.anchors = authorities.stream()
                .filter(Certificates::isSelfIssued)
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(Collectors.toUnmodifiableSet());
        this.revocationLists = List.copyOf(revocationLists);
        this.ignoreDates = ignoreDates;
    }

    /** {@return whether any client can be trusted at all} */
    boolean trustsAnybody() {
        return !anchors.isEmpty();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, authType, (checking, dated) -> checking.checkClientTrusted(dated, authType, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, authType, (checking, dated) -> checking.checkClientTrusted(dated, authType, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, authType, (checking, dated) -> checking.checkClientTrusted(dated, authType));
    }

    private interface Check {
        void ask(X509ExtendedTrustManager checking, X509Certificate[] chain) throws CertificateException;
    }

    private void check(X509Certificate[] chain, String authType, Check check) throws CertificateException {
        try {
            check.ask(checking(ignoreDates, true), dated(chain, ignoreDates));
        } catch (CertificateException e) {
            throw new RefusedChain(List.of(chain), authorities)
                    .because(
                            e,
                            revocationLists,
                            (undated, revocation) -> trusts(chain, authType, ignoreDates || undated, revocation));
        }
    }

    private boolean trusts(X509Certificate[] chain, String authType, boolean undated, boolean revocation) {
        try {
            checking(undated, revocation).checkClientTrusted(dated(chain, undated), authType);
            return true;
        } catch (CertificateException e) {
            return false; // for a reason of its own; the first one is told
        }
    }

    /** The JDK's own check, with our parameters: it knows key usages and weak algorithms as well. */
    private X509ExtendedTrustManager checking(boolean undated, boolean revocation) throws CertificateException {
        if (anchors.isEmpty()) {
            throw new CertificateException("no certificate authority is trusted");
        }
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
            parameters.addCertStore(CertStore.getInstance(
                    "Collection",
                    new CollectionCertStoreParameters(
                            List.of(dated(authorities.toArray(X509Certificate[]::new), undated)))));
            parameters.setRevocationEnabled(false);
            if (revocation && !revocationLists.isEmpty()) {
                parameters.addCertStore(
                        CertStore.getInstance("Collection", new CollectionCertStoreParameters(revocationLists)));
                parameters.addCertPathChecker(revocation());
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new CertificateException("the JDK has no PKIX trust manager");
        } catch (GeneralSecurityException e) {
            throw e instanceof CertificateException certificate ? certificate : new CertificateException(e);
        }
    }

    /** The certificates, with their dates or without. */
    private static X509Certificate[] dated(X509Certificate[] certificates, boolean undated) {
        return undated
                ? Arrays.stream(certificates).map(UndatedCertificate::new).toArray(X509Certificate[]::new)
                : certificates;
    }

    private static PKIXRevocationChecker revocation() throws GeneralSecurityException {
        PKIXRevocationChecker checker =
                (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
        checker.setOptions(EnumSet.of(
                PKIXRevocationChecker.Option.PREFER_CRLS,
                PKIXRevocationChecker.Option.NO_FALLBACK,
                PKIXRevocationChecker.Option.ONLY_END_ENTITY));
        return checker;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw notForServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw notForServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw notForServers();
    }

    private static CertificateException notForServers() {
        return new CertificateException("a listener trusts clients only");
    }

    /** The names that clients are told, so that those with several certificates know which one to show. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.toArray(X509Certificate[]::new);
    }
}
