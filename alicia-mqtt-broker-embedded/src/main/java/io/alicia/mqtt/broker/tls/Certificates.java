package io.alicia.mqtt.broker.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Certificates and revocation lists in PEM. */
final class Certificates {

    /** What {@code openssl rehash} calls certificates: the hash of the subject and a number. */
    private static final Pattern REHASHED = Pattern.compile("[0-9a-f]{8}\\.\\d+");

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private Certificates() {}

    /** {@return the certificates of a file in their order, at least one} */
    static List<X509Certificate> read(Path file) throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Pem.Block block : Pem.read(file)) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                certificates.add(certificate(block.der()));
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsException("there is no certificate in it, expected \"-----BEGIN CERTIFICATE-----\"");
        }
        return certificates;
    }

    private static X509Certificate certificate(byte[] der) throws TlsException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new TlsException("a certificate in it is damaged", e);
        }
    }

    /**
     * {@return the certificates of the files in a directory that OpenSSL would find there: {@code *.pem}, rehashed; none, with a
     * warning, if there is no such directory, as there Mosquitto starts as well}
     */
    static List<X509Certificate> readDirectory(String option, Path directory) throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Certificates::isCertificate)
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList()) {
                for (X509Certificate certificate : read(file)) {
                    if (!certificates.contains(certificate)) {
                        certificates.add(certificate);
                    }
                }
            }
        } catch (TlsException e) {
            throw e;
        } catch (NoSuchFileException e) {
            LOG.warn("{} \"{}\": there is no such directory, so nobody is trusted by it", option, directory);
        } catch (IOException e) {
            throw new TlsException(Pem.reason(e), e);
        }
        return certificates;
    }

    private static boolean isCertificate(Path file) {
        String name = String.valueOf(file.getFileName());
        return Files.isRegularFile(file)
                && (name.endsWith(".pem") || REHASHED.matcher(name).matches());
    }

    /** {@return the revocation lists of a file, at least one} */
    static List<X509CRL> readRevocationLists(Path file) throws TlsException {
        List<X509CRL> lists = new ArrayList<>();
        for (Pem.Block block : Pem.read(file)) {
            if (block.label().equals("X509 CRL")) {
                lists.add(revocationList(block.der()));
            }
        }
        if (lists.isEmpty()) {
            throw new TlsException("there is no revocation list in it, expected \"-----BEGIN X509 CRL-----\"");
        }
        return lists;
    }

    private static X509CRL revocationList(byte[] der) throws TlsException {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (CertificateException | CRLException e) {
            throw new TlsException("a revocation list in it is damaged", e);
        }
    }

    /** {@return whether one certificate was signed with the key of another} */
    static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
