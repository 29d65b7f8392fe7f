package io.alicia.mqtt.broker.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificates of a house, made by OpenSSL, in one directory:
 *
 * <pre>
 * ca.crt ── server.crt          localhost, 127.0.0.1
 *        ├─ hall.crt            CN=hall,O=house
 *        ├─ expired.crt         CN=expired, since years
 *        ├─ early.crt           CN=early, not for years
 *        ├─ revoked.crt         CN=revoked, in revoked.crl
 *        ├─ nameless.crt        no CN
 *        ├─ webserver.crt       CN=webserver, not for clients
 *        └─ floor.crt ── attic.crt   CN=attic; its file has both
 * other.crt ── stranger.crt     CN=stranger
 * </pre>
 *
 * <p>Each has its key beside it. {@code second.crt} is another certificate for localhost, for a renewal.
 */
public final class Pki {

    private static final String CONFIGURATION = """
            [ca]
            default_ca = house
            [house]
            dir = .
            database = index.txt
            new_certs_dir = .
            rand_serial = yes
            default_md = sha256
            default_days = 30
            default_crl_days = 30
            policy = anything
            unique_subject = no
            copy_extensions = none
            string_mask = utf8only
            [anything]
            organizationName = optional
            organizationalUnitName = optional
            commonName = optional
            emailAddress = optional
            [req]
            distinguished_name = none
            prompt = no
            utf8 = yes
            string_mask = utf8only
            [none]
            [root]
            basicConstraints = critical, CA:TRUE
            keyUsage = keyCertSign, cRLSign
            subjectKeyIdentifier = hash
            [server]
            basicConstraints = CA:FALSE
            extendedKeyUsage = serverAuth
            subjectAltName = DNS:localhost, IP:127.0.0.1, IP:::1
            [client]
            basicConstraints = CA:FALSE
            extendedKeyUsage = clientAuth
            [webserver]
            basicConstraints = CA:FALSE
            extendedKeyUsage = serverAuth
            """;

    private final Path directory;

    private Pki(Path directory) {
        this.directory = directory;
    }

    /** Makes all of it in an empty directory. */
    public static Pki in(Path directory) {
        try {
            Pki pki = new Pki(directory);
            Files.writeString(directory.resolve("openssl.cnf"), CONFIGURATION);
            Files.writeString(directory.resolve("index.txt"), "");
            pki.root("ca", "/O=house/CN=House CA");
            pki.root("other", "/O=somebody/CN=Other CA");
            pki.issue("server", "/O=house/CN=localhost", "ca", "server");
            pki.issue("second", "/O=house/CN=localhost/OU=renewed", "ca", "server");
            pki.issue("hall", "/O=house/CN=hall", "ca", "client");
            pki.issue(
                    "expired",
                    "/CN=expired",
                    "ca",
                    "client",
                    "-startdate",
                    "20200101000000Z",
                    "-enddate",
                    "20210101000000Z");
            pki.issue(
                    "early",
                    "/CN=early",
                    "ca",
                    "client",
                    "-startdate",
                    "20990101000000Z",
                    "-enddate",
                    "21000101000000Z");
            pki.issue("revoked", "/CN=revoked", "ca", "client");
            pki.issue("nameless", "/O=house", "ca", "client");
            pki.issue("webserver", "/CN=webserver", "ca", "webserver");
            pki.issue("floor", "/O=house/CN=Floor CA", "ca", "root");
            pki.issue("attic", "/CN=attic", "floor", "client");
            pki.issue("stranger", "/CN=stranger", "other", "client");
            Files.writeString(
                    pki.file("attic.crt"),
                    Files.readString(pki.file("attic.crt")) + Files.readString(pki.file("floor.crt")));
            pki.revoke("revoked", "ca", "revoked.crl");
            Files.createDirectory(pki.file("trusted"));
            Files.copy(pki.file("ca.crt"), pki.file("trusted/ca.pem"));
            pki.openssl("rehash", "trusted");
            return pki;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void root(String name, String subject) {
        openssl(
                "req",
                "-x509",
                "-config",
                "openssl.cnf",
                "-extensions",
                "root",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "30",
                "-subj",
                subject,
                "-keyout",
                name + ".key",
                "-out",
                name + ".crt");
    }

    /** Makes a key, and a certificate for it. */
    public void issue(String name, String subject, String issuer, String extensions, String... validity) {
        openssl(
                "req",
                "-new",
                "-config",
                "openssl.cnf",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                subject,
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr");
        String[] command = {
            "ca",
            "-batch",
            "-notext",
            "-config",
            "openssl.cnf",
            "-extensions",
            extensions,
            "-cert",
            issuer + ".crt",
            "-keyfile",
            issuer + ".key",
            "-preserveDN",
            "-in",
            name + ".csr",
            "-out",
            name + ".crt"
        };
        String[] all = Arrays.copyOf(command, command.length + validity.length);
        System.arraycopy(validity, 0, all, command.length, validity.length);
        openssl(all);
    }

    /** Revokes a certificate, and writes the list of what its issuer has revoked. */
    public void revoke(String name, String issuer, String list) {
        String certificate = issuer + ".crt";
        String key = issuer + ".key";
        openssl("ca", "-config", "openssl.cnf", "-cert", certificate, "-keyfile", key, "-revoke", name + ".crt");
        openssl("ca", "-config", "openssl.cnf", "-cert", certificate, "-keyfile", key, "-gencrl", "-out", list);
    }

    /** What a Java client connects with: it trusts {@code ca.crt}, and shows a certificate unless the name is empty. */
    public SSLContext client(String name) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            try (InputStream in = Files.newInputStream(file("ca.crt"))) {
                trusted.setCertificateEntry(
                        "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(name.isEmpty() ? null : keys(name).getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A key and its certificate as the JDK takes them. */
    public KeyManagerFactory keys(String name) {
        openssl(
                "pkcs12",
                "-export",
                "-in",
                name + ".crt",
                "-inkey",
                name + ".key",
                "-passout",
                "pass:secret",
                "-out",
                name + ".p12");
        try (InputStream in = Files.newInputStream(file(name + ".p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, "secret".toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, "secret".toCharArray());
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Puts one certificate and its key in the place of another. */
    public void replace(String name, String by) throws IOException {
        for (String end : new String[] {".crt", ".key"}) {
            Files.copy(file(by + end), file(name + end), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What OpenSSL prints, run in the directory. */
    public String openssl(String... arguments) {
        return OpenSsl.run(directory, arguments);
    }

    /** A file in its directory. */
    public Path file(String name) {
        return directory.resolve(name);
    }
}
