package io.alicia.mqtt.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The JDK's hash functions over bytes. Its own PBKDF2 takes characters, and MQTT passwords are Binary Data. */
final class Digests {

    static final int SHA512_BYTES = 64;

    private Digests() {}

    static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw missing("SHA-512", e);
        }
    }

    /** PBKDF2 with HMAC-SHA-512 and as many bytes as one block has (RFC 8018 §5.2). */
    static byte[] pbkdf2Sha512(byte[] password, byte[] salt, int iterations) {
        return pbkdf2("HmacSHA512", password, salt, iterations);
    }

    /** PBKDF2 with HMAC-SHA-256 and as many bytes as one block has: {@code Hi} of SCRAM-SHA-256 (RFC 5802 §2.2). */
    static byte[] pbkdf2Sha256(byte[] password, byte[] salt, int iterations) {
        return pbkdf2("HmacSHA256", password, salt, iterations);
    }

    static byte[] hmacSha256(byte[] key, byte[] message) {
        try {
            return mac("HmacSHA256", key).doFinal(message);
        } catch (GeneralSecurityException e) {
            throw missing("HmacSHA256", e);
        }
    }

    static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (GeneralSecurityException e) {
            throw missing("SHA-256", e);
        }
    }

    private static byte[] pbkdf2(String algorithm, byte[] password, byte[] salt, int iterations) {
        try {
            Mac mac = mac(algorithm, password);
            mac.update(salt);
            mac.update(new byte[] {0, 0, 0, 1});
            byte[] round = mac.doFinal();
            byte[] block = round.clone();
            for (int i = 1; i < iterations; i++) {
                mac.update(round);
                mac.doFinal(round, 0);
                for (int b = 0; b < block.length; b++) {
                    block[b] ^= round[b];
                }
            }
            return block;
        } catch (GeneralSecurityException e) {
            throw missing(algorithm, e);
        }
    }

    private static Mac mac(String algorithm, byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        // HMAC fills a key up with zeros: one zero is the empty key, which the JDK's key type refuses.
        mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
        return mac;
    }

    private static IllegalStateException missing(String algorithm, GeneralSecurityException cause) {
        return new IllegalStateException("every Java platform has " + algorithm + ", but this one does not", cause);
    }
}
