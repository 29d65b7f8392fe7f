package io.alicia.mqtt.broker.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Who a listener is.
 *
 * @param key its private key
 * @param chain its certificate and those above it, as clients are shown them
 */
record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {

    private static final byte[] PROBE = {1, 2, 3};

    /** {@return the identity of the two files; a chain that is not complete is completed from trusted certificates, as by OpenSSL} */
    static ServerIdentity read(Path certfile, Path keyfile, List<X509Certificate> trusted) throws TlsException {
        return read("server", "", certfile, keyfile, trusted);
    }

    /** The same for a bridge, whose options have another name. */
    static ServerIdentity read(
            String whose, String optionPrefix, Path certfile, Path keyfile, List<X509Certificate> trusted)
            throws TlsException {
        List<X509Certificate> chain;
        try {
            chain = Certificates.read(certfile);
        } catch (TlsException e) {
            throw new TlsException(
                    "Unable to load " + whose + " certificate \"" + certfile + "\". Check " + optionPrefix
                            + "certfile: " + e.getMessage() + ".",
                    e);
        }
        PrivateKey key;
        try {
            key = PrivateKeys.read(keyfile);
        } catch (TlsException e) {
            throw new TlsException(
                    "Unable to load " + whose + " key file \"" + keyfile + "\". Check " + optionPrefix + "keyfile: "
                            + e.getMessage() + ".",
                    e);
        }
        if (!fits(key, chain.get(0))) {
            throw new TlsException((whose.equals("server") ? "Server" : "Client")
                    + " certificate/key are inconsistent: the key in keyfile \"" + keyfile
                    + "\" is not that of the first certificate in certfile \"" + certfile + "\".");
        }
        return new ServerIdentity(key, completed(chain, trusted));
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate) throws TlsException {
        if (key instanceof RSAKey ours) {
            // As OpenSSL does; to sign with an RSA key would take a fifth of a second at each start.
            return certificate.getPublicKey() instanceof RSAKey theirs
                    && ours.getModulus().equals(theirs.getModulus());
        }
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            default ->
                throw new TlsException("Unable to use a key of type " + key.getAlgorithm()
                        + " in keyfile: the JDK's TLS has RSA and EC.");
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<X509Certificate> completed(List<X509Certificate> chain, List<X509Certificate> trusted) {
        if (chain.size() > 1) {
            return List.copyOf(chain);
        }
        List<X509Certificate> complete = new ArrayList<>(chain);
        X509Certificate last = chain.get(0);
        while (!Certificates.isSelfIssued(last)) {
            X509Certificate current = last;
            X509Certificate issuer = trusted.stream()
                    .filter(candidate -> !complete.contains(candidate))
                    .filter(candidate -> Certificates.isIssuedBy(current, candidate))
                    .findFirst()
                    .orElse(null);
            if (issuer == null) {
                break;
            }
            complete.add(issuer);
            last = issuer;
        }
        return List.copyOf(complete);
    }
}
