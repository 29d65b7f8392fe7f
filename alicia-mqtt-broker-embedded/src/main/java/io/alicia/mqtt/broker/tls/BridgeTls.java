package io.alicia.mqtt.broker.tls;

import io.alicia.mqtt.connection.TlsOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the TLS of a bridge, the client's side of it. Reads files: not for event loops. */
public final class BridgeTls {

    private static final char[] IN_MEMORY = "in memory only".toCharArray();

    private BridgeTls() {}

    /**
     * {@return the TLS of files}
     *
     * @param settings the files and choices
     * @throws TlsException if one of them can't be used, or no cipher suite is left
     */
    public static TlsOptions of(BridgeTlsSettings settings) throws TlsException {
        List<X509Certificate> authorities = authorities(settings);
        TlsOptions.Builder options = TlsOptions.builder();
        options.verifiesHostname(!settings.insecure())
                .addAllApplicationProtocols(settings.alpn().stream().toList())
                .addAllProtocols(settings.tls13Only() ? List.of("TLSv1.3") : List.of("TLSv1.3", "TLSv1.2"))
                .addAllCipherSuites(suites(settings));
        try {
            options.trustManagerFactory(trust(authorities, settings.requireOcsp()));
            Path certfile = settings.certfile();
            Path keyfile = settings.keyfile();
            if (certfile != null && keyfile != null) {
                options.keyManagerFactory(
                        keys(ServerIdentity.read("client", "bridge_", certfile, keyfile, authorities)));
            }
        } catch (TlsException e) {
            throw e;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("Unable to create TLS context: " + e.getMessage(), e);
        }
        return options.build();
    }

    private static List<X509Certificate> authorities(BridgeTlsSettings settings) throws TlsException {
        List<X509Certificate> authorities = new ArrayList<>();
        Path cafile = settings.cafile();
        if (cafile != null) {
            authorities.addAll(readFrom("bridge_cafile", cafile, () -> Certificates.read(cafile)));
        }
        Path capath = settings.capath();
        if (capath != null) {
            authorities.addAll(
                    readFrom("bridge_capath", capath, () -> Certificates.readDirectory("bridge_capath", capath)));
        }
        if (settings.useOsCerts()) {
            authorities.addAll(ofTheSystem());
        }
        if (authorities.stream().noneMatch(Certificates::isSelfIssued)) {
            throw new TlsException("Unable to load CA certificates. Check bridge_cafile"
                    + (cafile == null ? "" : " \"" + cafile + "\"") + " and bridge_capath"
                    + (capath == null ? "" : " \"" + capath + "\"")
                    + ": there is no self-signed certificate in them, so no remote broker could be trusted.");
        }
        return authorities;
    }

    private interface Reading {
        List<X509Certificate> read() throws TlsException;
    }

    private static List<X509Certificate> readFrom(String option, Path path, Reading reading) throws TlsException {
        try {
            return reading.read();
        } catch (TlsException e) {
            throw new TlsException(
                    "Unable to load CA certificates. Check " + option + " \"" + path + "\": " + e.getMessage() + ".",
                    e);
        }
    }

    private static List<X509Certificate> ofTheSystem() throws TlsException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((@Nullable KeyStore) null);
            List<X509Certificate> certificates = new ArrayList<>();
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager trusting) {
                    certificates.addAll(Arrays.asList(trusting.getAcceptedIssuers()));
                }
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new TlsException("Unable to load the certificates that Java trusts: " + e.getMessage() + ".", e);
        }
    }

    private static TrustManagerFactory trust(List<X509Certificate> authorities, boolean requireOcsp)
            throws GeneralSecurityException {
        Set<TrustAnchor> anchors = authorities.stream()
                .filter(Certificates::isSelfIssued)
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(Collectors.toUnmodifiableSet());
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(authorities)));
        parameters.setRevocationEnabled(false);
        if (requireOcsp) {
            parameters.addCertPathChecker(ocsp());
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory;
    }

    /** OCSP and nothing else for the remote broker's own certificate: stapled, or asked for where the certificate says. */
    private static PKIXRevocationChecker ocsp() throws GeneralSecurityException {
        PKIXRevocationChecker checker =
                (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
        checker.setOptions(
                EnumSet.of(PKIXRevocationChecker.Option.NO_FALLBACK, PKIXRevocationChecker.Option.ONLY_END_ENTITY));
        return checker;
    }

    private static KeyManagerFactory keys(ServerIdentity identity) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("bridge", identity.key(), IN_MEMORY, identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, IN_MEMORY);
        return factory;
    }

    /** Empty for what the JDK enables. */
    private static List<String> suites(BridgeTlsSettings settings) throws TlsException {
        if (settings.ciphers().isEmpty() && settings.ciphersTls13().isEmpty()) {
            return List.of();
        }
        List<String> suites = new ArrayList<>(CipherSuites.tls13(settings.ciphersTls13()));
        if (!settings.tls13Only()) {
            suites.addAll(CipherSuites.tls12(settings.ciphers()));
        }
        return suites;
    }
}
