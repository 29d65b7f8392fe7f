package io.alicia.mqtt.access;

import java.security.SecureRandom;

/**
 * What is kept of a password, in the shapes of Mosquitto's password files, and SCRAM's.
 *
 * <p>Immutable. {@link #toString()} shows neither password nor hash.
 */
public abstract sealed class PasswordHash permits PlainPassword, Sha512Hash, Pbkdf2Hash, ScramCredential, Argon2Hash {

    /** How a password is kept. */
    public enum Scheme {
        /** The password itself, for tests. Mosquitto does not read it. */
        PLAIN,
        /** {@code $6$salt$hash}: SHA-512 over password and salt. Quick to guess; Mosquitto's default before 2.0. */
        SHA512,
        /** {@code $7$iterations$salt$hash}: PBKDF2 with HMAC-SHA-512; Mosquitto's default since 2.0. */
        PBKDF2_SHA512,
        /** {@code $argon2id$…}: hard to guess even with much hardware; Mosquitto 2.1 writes and reads it. */
        ARGON2ID,
        /** {@code SCRAM-SHA-256$…}: for enhanced authentication, where the password is never sent. Mosquitto does not read it. */
        SCRAM_SHA_256
    }

    /** The iterations that {@code mosquitto_passwd} 2.0 uses unless told otherwise. */
    public static final int MOSQUITTO_ITERATIONS = 101;

    /** What guards against guessing on today's machines (OWASP's advice for PBKDF2 with HMAC-SHA-512). */
    public static final int RECOMMENDED_ITERATIONS = 210_000;

    PasswordHash() {}

    /**
     * Reads what {@link #encoded()} writes.
     *
     * @throws IllegalArgumentException if it is in none of the shapes; the message says which part is wrong, and never
     *     shows it
     */
    public static PasswordHash parse(String encoded) {
        if (encoded.startsWith(ScramCredential.PREFIX)) {
            return ScramCredential.parseScram(encoded);
        }
        String[] parts = encoded.split("\\$", -1);
        if (parts.length < 2 || !parts[0].isEmpty()) {
            throw EncodedHash.foreign(encoded, "it does not begin with $6$ or $7$");
        }
        return switch (parts[1]) {
            case "6" -> Sha512Hash.parse(parts);
            case "7" -> Pbkdf2Hash.parse(parts);
            case "argon2id" -> Argon2Hash.parseArgon2(encoded);
            default -> throw EncodedHash.foreign(encoded, "it begins with neither $6$ nor $7$");
        };
    }

    /** The password as it is, for tests. */
    public static PasswordHash plain(String password) {
        return PlainPassword.of(password);
    }

    /** A new {@code $6$} hash of {@code password} with a salt from {@code random}. */
    public static PasswordHash sha512(byte[] password, SecureRandom random) {
        return Sha512Hash.create(password, random);
    }

    /**
     * A new {@code $7$} hash of {@code password} with a salt from {@code random}.
     *
     * @param iterations at least 1; see {@link #RECOMMENDED_ITERATIONS}
     */
    public static PasswordHash pbkdf2Sha512(byte[] password, int iterations, SecureRandom random) {
        return Pbkdf2Hash.create(password, iterations, random);
    }

    /**
     * A new {@code $argon2id$} hash of {@code password} with a salt from {@code random}, as costly as {@code
     * mosquitto_passwd} 2.1 makes it: 46 MiB of memory for each log-in.
     *
     * @throws IllegalStateException if Bouncy Castle ({@code org.bouncycastle:bcprov-jdk18on}) is not there
     */
    public static PasswordHash argon2id(byte[] password, SecureRandom random) {
        return Argon2Hash.create(password, random);
    }

    /**
     * Whether {@code password} is the one. Takes the same time for every password of the same length, and up to seconds
     * with many iterations: never on an event loop.
     *
     * @throws IllegalStateException for {@link Scheme#ARGON2ID} if Bouncy Castle is not there
     */
    public abstract boolean matches(byte[] password);

    /** How the password is kept. */
    public abstract Scheme scheme();

    /** The iterations of the scheme; 1 for {@link Scheme#SHA512}, 0 for {@link Scheme#PLAIN}. */
    public abstract int iterations();

    /**
     * The text for a password file.
     *
     * @throws IllegalStateException for {@link Scheme#PLAIN}, which no password file has
     */
    public abstract String encoded();

    /** How many hash computations a check takes, roughly. */
    abstract long cost();

    /** The salt's length in bytes. */
    abstract int saltBytes();

    /** Whether it stands there in the place of a hash, all bytes the same, as no password gives it: nobody can log in. */
    public boolean isPlaceholder() {
        return false;
    }
}
