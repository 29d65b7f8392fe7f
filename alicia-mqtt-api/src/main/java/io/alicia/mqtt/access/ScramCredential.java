package io.alicia.mqtt.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a server keeps of a password for SCRAM-SHA-256 (RFC 5802, RFC 7677), MQTT 5's enhanced authentication: enough to
 * check a client's proof and to prove itself, too little to log in elsewhere. Checks a password in the clear, too.
 *
 * <p>Its text form is {@code SCRAM-SHA-256$iterations:salt$storedKey:serverKey}, with the three in Base64.
 */
public final class ScramCredential extends PasswordHash {

    /** The Authentication Method of the exchange (MQTT 5 §4.12). */
    public static final String AUTHENTICATION_METHOD = "SCRAM-SHA-256";

    /** What RFC 7677 §4 asks for at least. */
    public static final int LEAST_ITERATIONS = 4_096;

    /** What guards against guessing on today's machines (OWASP's advice for PBKDF2 with HMAC-SHA-256). */
    public static final int RECOMMENDED_SCRAM_ITERATIONS = 600_000;

    static final String PREFIX = AUTHENTICATION_METHOD + "$";

    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final String EXPECTED = "expected SCRAM-SHA-256$iterations:salt$storedKey:serverKey";

    private final int iterations;
    private final byte[] salt;
    private final byte[] storedKey;
    private final byte[] serverKey;

    private ScramCredential(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
        this.iterations = iterations;
        this.salt = salt;
        this.storedKey = storedKey;
        this.serverKey = serverKey;
    }

    /**
     * Derives a credential with a salt from {@code random}. Takes as long as its iterations: never on an event loop.
     *
     * @param iterations at least {@link #LEAST_ITERATIONS}; with 4,096 a log-in costs milliseconds, see {@link
     *     #RECOMMENDED_SCRAM_ITERATIONS}
     * @throws IllegalArgumentException if the password has a character that SASLprep prohibits, or too few iterations
     */
    public static ScramCredential derive(String password, int iterations, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return derive(password, salt, iterations);
    }

    static ScramCredential derive(String password, byte[] salt, int iterations) {
        if (iterations < LEAST_ITERATIONS || iterations > EncodedHash.MOST_ITERATIONS) {
            throw new IllegalArgumentException("expected between " + LEAST_ITERATIONS + " and "
                    + EncodedHash.MOST_ITERATIONS + " iterations, not " + iterations);
        }
        byte[] prepared = SaslPrep.prepare(password).getBytes(StandardCharsets.UTF_8);
        return ofSalted(Digests.pbkdf2Sha256(prepared, salt, iterations), salt, iterations);
    }

    private static ScramCredential ofSalted(byte[] saltedPassword, byte[] salt, int iterations) {
        return new ScramCredential(
                iterations,
                salt,
                Digests.sha256(Digests.hmacSha256(saltedPassword, ascii("Client Key"))),
                Digests.hmacSha256(saltedPassword, ascii("Server Key")));
    }

    /**
     * Stands in for an account that does not exist, so that the exchange takes its course and fails at its end: always
     * the same salt for the same name, and no password that fits.
     *
     * @param secret the server's own, the same as long as it runs, and across restarts if it can
     */
    public static ScramCredential forUnknown(String account, byte[] secret, int iterations) {
        return forUnknown(account, secret, iterations, SALT_BYTES);
    }

    static ScramCredential forUnknown(String account, byte[] secret, int iterations, int saltBytes) {
        byte[] name = account.getBytes(StandardCharsets.UTF_8);
        byte[] block = Digests.hmacSha256(secret, name);
        byte[] salt = Arrays.copyOf(block, saltBytes);
        for (int filled = block.length; filled < saltBytes; filled += block.length) {
            block = Digests.hmacSha256(secret, block);
            System.arraycopy(block, 0, salt, filled, Math.min(block.length, saltBytes - filled));
        }
        byte[] nobody = Digests.hmacSha256(secret, Digests.sha256(name));
        return new ScramCredential(iterations, salt, nobody, Digests.sha256(nobody));
    }

    static ScramCredential parseScram(String encoded) {
        String[] parts = encoded.substring(PREFIX.length()).split("[$:]", -1);
        if (parts.length != 4) {
            throw new EncodedHash.Refused(EXPECTED);
        }
        try {
            return new ScramCredential(
                    EncodedHash.number("iterations", parts[0], EncodedHash.MOST_ITERATIONS),
                    EncodedHash.base64("salt", parts[1]),
                    EncodedHash.hash("stored key", parts[2], KEY_BYTES),
                    EncodedHash.hash("server key", parts[3], KEY_BYTES));
        } catch (EncodedHash.Refused e) {
            String message = String.valueOf(e.getMessage());
            throw new EncodedHash.Refused(EXPECTED + message.substring(message.indexOf("; ")));
        }
    }

    /** A copy of the salt, for the server's first message. */
    public byte[] salt() {
        return salt.clone();
    }

    @Override
    public int iterations() {
        return iterations;
    }

    /**
     * Whether the client knows the password (RFC 5802 §3): {@code H(ClientProof XOR HMAC(StoredKey, AuthMessage))} is the
     * stored key. In the same time for every proof.
     *
     * @param clientProof the {@code p=} of the client's last message, decoded; of any length
     * @param authMessage the three messages before it, joined by commas
     */
    public boolean verifies(byte[] clientProof, byte[] authMessage) {
        byte[] clientKey = Digests.hmacSha256(storedKey, authMessage);
        if (clientProof.length != clientKey.length) {
            return false;
        }
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= clientProof[i];
        }
        return MessageDigest.isEqual(storedKey, Digests.sha256(clientKey));
    }

    /** The {@code v=} of the server's last message before Base64: proves to the client that the server knows the credential. */
    public byte[] serverSignature(byte[] authMessage) {
        return Digests.hmacSha256(serverKey, authMessage);
    }

    @Override
    public boolean matches(byte[] password) {
        byte[] candidate = SaslPrep.prepareOrSame(password);
        byte[] salted = Digests.pbkdf2Sha256(candidate, salt, iterations);
        return MessageDigest.isEqual(storedKey, ofSalted(salted, salt, iterations).storedKey);
    }

    @Override
    public Scheme scheme() {
        return Scheme.SCRAM_SHA_256;
    }

    @Override
    public String encoded() {
        return PREFIX + iterations + ":" + EncodedHash.base64(salt) + "$" + EncodedHash.base64(storedKey) + ":"
                + EncodedHash.base64(serverKey);
    }

    @Override
    long cost() {
        return iterations;
    }

    @Override
    int saltBytes() {
        return salt.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScramCredential that
                && iterations == that.iterations
                && MessageDigest.isEqual(salt, that.salt)
                && MessageDigest.isEqual(storedKey, that.storedKey)
                && MessageDigest.isEqual(serverKey, that.serverKey);
    }

    @Override
    public int hashCode() {
        return EncodedHash.hashCode(salt, storedKey);
    }

    /** {@code SCRAM-SHA-256 (4096 iterations)}. */
    @Override
    public String toString() {
        return AUTHENTICATION_METHOD + " (" + iterations + " iterations)";
    }
}
