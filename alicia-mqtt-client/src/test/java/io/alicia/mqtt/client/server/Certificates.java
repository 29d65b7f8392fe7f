package io.alicia.mqtt.client.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Certificates made by OpenSSL, in one directory: {@code ca.crt}, {@code other.crt}, and what they issue. */
public final class Certificates {

    private static final String CONFIGURATION = """
            [ca]
            default_ca = house
            [house]
            dir = .
            database = index.txt
            new_certs_dir = .
            rand_serial = yes
            default_md = sha256
            policy = anything
            unique_subject = no
            [anything]
            commonName = supplied
            [req]
            distinguished_name = none
            prompt = no
            [none]
            [root]
            basicConstraints = critical, CA:TRUE
            [server]
            subjectAltName = DNS:localhost, IP:127.0.0.1
            [elsewhere]
            subjectAltName = DNS:elsewhere.example
            [client]
            extendedKeyUsage = clientAuth
            """;

    private final Path directory;

    /** Makes both authorities; skips the test where there is no OpenSSL. */
    public Certificates(Path directory) {
        this.directory = directory;
        try {
            Files.writeString(directory.resolve("openssl.cnf"), CONFIGURATION);
            Files.writeString(directory.resolve("index.txt"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        authority("ca");
        authority("other");
    }

    private void authority(String name) {
        openssl("req -x509 -extensions root -days 30 -out " + name + ".crt", name);
    }

    /** Issues {@code name.crt} with its key beside it, valid from now on. */
    public void issue(String name, String issuer, String extensions) {
        issue(name, issuer, extensions, "-days 30");
    }

    /** Issues {@code name.crt}, with OpenSSL's {@code validity}. */
    public void issue(String name, String issuer, String extensions, String validity) {
        openssl("req -new -out " + name + ".csr", name);
        openssl(
                ("ca -batch -notext -config openssl.cnf -extensions %s -cert %s.crt -keyfile %s.key -in %s.csr -out %s.crt "
                                + validity)
                        .formatted(extensions, issuer, issuer, name, name));
    }

    private void openssl(String command, String name) {
        openssl(command + " -config openssl.cnf -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + name
                + " -keyout " + name + ".key");
    }

    private void openssl(String command) {
        List<String> words = new ArrayList<>(List.of("openssl"));
        words.addAll(List.of(command.split(" ", -1)));
        try {
            Process process = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Assertions.assertEquals(0, process.waitFor(), () -> command + ": " + said);
        } catch (IOException e) {
            String reason = "no openssl: " + e.getMessage();
            if (Mosquitto.isRequired()) {
                Assertions.fail(reason, e);
            }
            Assumptions.abort(reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A file in the directory. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Trusts one authority alone. */
    public TrustManagerFactory trust(String authority) {
        try (InputStream in = Files.newInputStream(file(authority + ".crt"))) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    authority, CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            return trust;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A key and its certificate as the JDK takes them. */
    public KeyManagerFactory keys(String name) {
        openssl("pkcs12 -export -passout pass:secret -in %s.crt -inkey %s.key -out %s.p12".formatted(name, name, name));
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
}
