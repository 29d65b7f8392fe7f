package io.alicia.mqtt.broker.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the TLS of a listener, with the JDK's implementation. Reads files: not for event loops. */
public final class ServerTls {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    private ServerTls() {}

    /**
     * {@return the TLS of files}
     *
     * @param settings the files
     * @throws TlsException if one of them can't be used, or no cipher suite is left
     */
    public static SslContext of(TlsSettings settings) throws TlsException {
        TlsSettings.Policy policy = settings.policy();
        List<X509Certificate> authorities = authorities(settings);
        ClientTrust trust =
                new ClientTrust(authorities, revocationLists(settings.crlfile()), policy.disableClientCertDateChecks());
        if (policy.requireCertificate() && !trust.trustsAnybody()) {
            LOG.warn(
                    "require_certificate is true, but neither cafile nor capath has a self-signed certificate:"
                            + " no client can connect to the listener with certfile \"{}\"",
                    settings.certfile());
        }
        ServerIdentity identity = ServerIdentity.read(settings.certfile(), settings.keyfile(), authorities);
        return of(context(new KeyManager[] {new OwnKey(identity)}, new TrustManager[] {trust}), policy);
    }

    /**
     * {@return the TLS of a program's own keys}
     *
     * @param keys the server's key and certificate
     * @param trust which client certificates are trusted; null for those that the JDK trusts
     * @param policy what else was chosen
     * @throws TlsException if no cipher suite is left
     */
    public static SslContext of(KeyManagerFactory keys, @Nullable TrustManagerFactory trust, TlsSettings.Policy policy)
            throws TlsException {
        return of(context(keys.getKeyManagers(), trust == null ? null : trust.getTrustManagers()), policy);
    }

    /**
     * {@return the TLS of a program's own context}
     *
     * @param context keys and trust
     * @param policy what else was chosen
     * @throws TlsException if no cipher suite is left
     */
    public static SslContext of(SSLContext context, TlsSettings.Policy policy) throws TlsException {
        List<String> suites = suites(policy);
        try {
            return new JdkSslContext(
                    context,
                    false,
                    suites,
                    IdentityCipherSuiteFilter.INSTANCE,
                    ApplicationProtocolConfig.DISABLED,
                    clientAuth(policy),
                    protocols(policy),
                    false);
        } catch (IllegalArgumentException e) {
            throw new TlsException("Unable to create TLS context: " + e.getMessage(), e);
        }
    }

    /**
     * Netty's own builder makes such a context as well, but tries Bouncy Castle's PEM reader first where that is on the
     * class path, as for argon2id: verifying and loading that provider takes a second or more of each start.
     */
    private static SSLContext context(KeyManager[] keys, TrustManager @Nullable [] trust) throws TlsException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new TlsException("Unable to create TLS context: " + e.getMessage(), e);
        }
    }

    private static ClientAuth clientAuth(TlsSettings.Policy policy) {
        return policy.requireCertificate() ? ClientAuth.REQUIRE : ClientAuth.NONE;
    }

    private static String[] protocols(TlsSettings.Policy policy) {
        return policy.tls13Only() ? new String[] {"TLSv1.3"} : new String[] {"TLSv1.3", "TLSv1.2"};
    }

    /** Null for what the JDK enables: without choice its order is as good, and it knows what has become weak. */
    private static @Nullable List<String> suites(TlsSettings.Policy policy) throws TlsException {
        if (policy.ciphers().isEmpty() && policy.ciphersTls13().isEmpty()) {
            return null;
        }
        List<String> suites = new ArrayList<>(CipherSuites.tls13(policy.ciphersTls13()));
        if (!policy.tls13Only()) {
            suites.addAll(CipherSuites.tls12(policy.ciphers()));
        }
        return suites;
    }

    private static List<X509Certificate> authorities(TlsSettings settings) throws TlsException {
        List<X509Certificate> authorities = new ArrayList<>();
        Path cafile = settings.cafile();
        if (cafile != null) {
            try {
                authorities.addAll(Certificates.read(cafile));
            } catch (TlsException e) {
                throw new TlsException(
                        "Unable to load CA certificates. Check cafile \"" + cafile + "\": " + e.getMessage() + ".", e);
            }
        }
        Path capath = settings.capath();
        if (capath != null) {
            try {
                Certificates.readDirectory("capath", capath).stream()
                        .filter(certificate -> !authorities.contains(certificate))
                        .forEach(authorities::add);
            } catch (TlsException e) {
                throw new TlsException(
                        "Unable to load CA certificates. Check capath \"" + capath + "\": " + e.getMessage() + ".", e);
            }
        }
        return authorities;
    }

    private static List<X509CRL> revocationLists(@Nullable Path crlfile) throws TlsException {
        if (crlfile == null) {
            return List.of();
        }
        try {
            return Certificates.readRevocationLists(crlfile);
        } catch (TlsException e) {
            throw new TlsException(
                    "Unable to load certificate revocation file \"" + crlfile + "\". Check crlfile: " + e.getMessage()
                            + ".",
                    e);
        }
    }
}
