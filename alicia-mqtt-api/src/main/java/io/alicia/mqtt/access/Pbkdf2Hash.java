package io.alicia.mqtt.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** {@link PasswordHash.Scheme#PBKDF2_SHA512}: {@code $7$iterations$salt$hash}. */
final class Pbkdf2Hash extends PasswordHash {

    /** As many as Mosquitto 2.0 writes, and the only length that its dynamic-security plugin reads. */
    static final int SALT_BYTES = 12;

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private Pbkdf2Hash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    static Pbkdf2Hash parse(String[] parts) {
        EncodedHash.requireParts(parts, 5);
        return of(parts[2], parts[3], parts[4]);
    }

    static Pbkdf2Hash of(String iterations, String salt, String hash) {
        return new Pbkdf2Hash(
                EncodedHash.number("iterations", iterations, EncodedHash.MOST_ITERATIONS),
                EncodedHash.base64("salt", salt),
                EncodedHash.hash("hash", hash, Digests.SHA512_BYTES));
    }

    static Pbkdf2Hash create(byte[] password, int iterations, SecureRandom random) {
        if (iterations < 1 || iterations > EncodedHash.MOST_ITERATIONS) {
            throw new IllegalArgumentException(
                    "expected between 1 and " + EncodedHash.MOST_ITERATIONS + " iterations, not " + iterations);
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new Pbkdf2Hash(iterations, salt, Digests.pbkdf2Sha512(password, salt, iterations));
    }

    @Override
    public boolean matches(byte[] password) {
        return MessageDigest.isEqual(hash, Digests.pbkdf2Sha512(password, salt, iterations));
    }

    @Override
    public Scheme scheme() {
        return Scheme.PBKDF2_SHA512;
    }

    @Override
    public int iterations() {
        return iterations;
    }

    String encodedSalt() {
        return EncodedHash.base64(salt);
    }

    String encodedHash() {
        return EncodedHash.base64(hash);
    }

    @Override
    public String encoded() {
        return "$7$" + iterations + "$" + encodedSalt() + "$" + encodedHash();
    }

    @Override
    long cost() {
        return iterations * 2L;
    }

    @Override
    int saltBytes() {
        return salt.length;
    }

    @Override
    public boolean isPlaceholder() {
        return EncodedHash.isOfOneByte(hash);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Pbkdf2Hash that
                && iterations == that.iterations
                && MessageDigest.isEqual(salt, that.salt)
                && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return EncodedHash.hashCode(salt, hash);
    }

    /** {@code $7$ (101 iterations)}. */
    @Override
    public String toString() {
        return "$7$ (" + iterations + " iterations)";
    }
}
