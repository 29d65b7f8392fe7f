package io.alicia.mqtt.testkit.tck;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key of a server and the certificate that it has signed itself (RFC 5280), new each time: the JDK reads certificates and has no
 * API that makes them, and a TCK needs no OpenSSL.
 */
final class ServerCertificate {

    private static final char[] NO_PASSWORD = {};

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0C;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int VERSION = 0xA0;
    private static final int EXTENSIONS = 0xA3;
    private static final int IP_ADDRESS = 0x87;
    private static final int DNS_NAME = 0x82;

    /** 1.2.840.10045.4.3.2. */
    private static final byte[] ECDSA_WITH_SHA256 = {0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x04, 0x03, 0x02};

    /** 2.5.4.3. */
    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};

    /** 2.5.29.17. */
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = {0x55, 0x1D, 0x11};

    private final KeyPair keys;
    private final Certificate certificate;

    private ServerCertificate(byte[] host) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
            byte[] algorithm = der(SEQUENCE, der(OBJECT_IDENTIFIER, ECDSA_WITH_SHA256));
            byte[] signed = toBeSigned(host, algorithm);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed);
            byte[] whole = der(SEQUENCE, signed, algorithm, der(BIT_STRING, new byte[1], signature.sign()));
            certificate = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a server at 127.0.0.1. */
    static ServerCertificate ofLoopback() {
        return new ServerCertificate(der(IP_ADDRESS, new byte[] {127, 0, 0, 1}));
    }

    /** For a server that is elsewhere. */
    static ServerCertificate ofElsewhere() {
        return new ServerCertificate(der(DNS_NAME, ascii("elsewhere.example")));
    }

    private byte[] toBeSigned(byte[] host, byte[] algorithm) {
        byte[] name = der(
                SEQUENCE,
                der(SET, der(SEQUENCE, der(OBJECT_IDENTIFIER, COMMON_NAME), der(UTF8_STRING, ascii("transport TCK")))));
        return der(
                SEQUENCE,
                der(VERSION, der(INTEGER, new byte[] {2})),
                der(INTEGER, new byte[] {1}),
                algorithm,
                name,
                der(
                        SEQUENCE,
                        der(GENERALIZED_TIME, ascii("20200101000000Z")),
                        der(GENERALIZED_TIME, ascii("21200101000000Z"))),
                name,
                keys.getPublic().getEncoded(),
                der(
                        EXTENSIONS,
                        der(
                                SEQUENCE,
                                der(
                                        SEQUENCE,
                                        der(OBJECT_IDENTIFIER, SUBJECT_ALTERNATIVE_NAME),
                                        der(OCTET_STRING, der(SEQUENCE, host))))));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A tag, the length and the contents (X.690 §8.1). */
    private static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        try {
            for (byte[] content : contents) {
                inner.write(content);
            }
            outer.write(tag);
            int length = inner.size();
            if (length > 0xFF) {
                outer.write(0x82);
                outer.write(length >> 8);
            } else if (length > 0x7F) {
                outer.write(0x81);
            }
            outer.write(length);
            inner.writeTo(outer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return outer.toByteArray();
    }

    /** What the server shows. */
    KeyManagerFactory keys() {
        try {
            KeyStore store = empty();
            store.setKeyEntry("server", keys.getPrivate(), NO_PASSWORD, new Certificate[] {certificate});
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, NO_PASSWORD);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Trusts this one alone. */
    TrustManagerFactory trust() {
        try {
            KeyStore store = empty();
            store.setCertificateEntry("server", certificate);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, NO_PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return store;
    }
}
