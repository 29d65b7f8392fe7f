package io.alicia.mqtt.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a password, in the shapes of Mosquitto's password files.
 *
 * <p>Immutable. {@link #toString()} shows neither password nor hash.
 */
public final class PasswordHash {

    /** How a password is kept. */
    public enum Scheme {
        /** The password itself, for tests. Mosquitto does not read it. */
        PLAIN("plain"),
        /** {@code $6$salt$hash}: SHA-512 over password and salt. Quick to guess; Mosquitto's default before 2.0. */
        SHA512("$6$"),
        /** {@code $7$iterations$salt$hash}: PBKDF2 with HMAC-SHA-512; Mosquitto's default since 2.0. */
        PBKDF2_SHA512("$7$");

        private final String prefix;

        Scheme(String prefix) {
            this.prefix = prefix;
        }
    }

    /** The iterations that {@code mosquitto_passwd} 2.0 uses unless told otherwise. */
    public static final int MOSQUITTO_ITERATIONS = 101;

    /** What guards against guessing on today's machines (OWASP's advice for PBKDF2 with HMAC-SHA-512). */
    public static final int RECOMMENDED_ITERATIONS = 210_000;

    static final int MOST_ITERATIONS = 100_000_000;

    private static final int SALT_BYTES = 12;
    private static final String EXPECTED =
            "expected $6$salt$hash or $7$iterations$salt$hash with salt and hash in Base64, as mosquitto_passwd writes";

    private final Scheme scheme;
    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(Scheme scheme, int iterations, byte[] salt, byte[] hash) {
        this.scheme = scheme;
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /**
     * Reads what {@link #encoded()} writes.
     *
     * @throws IllegalArgumentException if it is in none of Mosquitto's shapes; the message says which part is wrong,
     *     and never shows it
     */
    public static PasswordHash parse(String encoded) {
        String[] parts = encoded.split("\\$", -1);
        if (parts.length < 2 || !parts[0].isEmpty()) {
            throw refusal("it does not begin with $6$ or $7$");
        }
        return switch (parts[1]) {
            case "6" -> {
                requireParts(parts, 4);
                yield new PasswordHash(Scheme.SHA512, 1, base64("salt", parts[2]), hash(parts[3]));
            }
            case "7" -> {
                requireParts(parts, 5);
                yield new PasswordHash(
                        Scheme.PBKDF2_SHA512, iterations(parts[2]), base64("salt", parts[3]), hash(parts[4]));
            }
            default -> throw refusal("it begins with neither $6$ nor $7$");
        };
    }

    /** The password as it is, for tests. */
    public static PasswordHash plain(String password) {
        return new PasswordHash(Scheme.PLAIN, 0, new byte[0], password.getBytes(StandardCharsets.UTF_8));
    }

    /** A new {@code $6$} hash of {@code password} with a salt from {@code random}. */
    public static PasswordHash sha512(byte[] password, SecureRandom random) {
        byte[] salt = salt(random);
        return new PasswordHash(Scheme.SHA512, 1, salt, Digests.sha512(password, salt));
    }

    /**
     * A new {@code $7$} hash of {@code password} with a salt from {@code random}.
     *
     * @param iterations at least 1; see {@link #RECOMMENDED_ITERATIONS}
     */
    public static PasswordHash pbkdf2Sha512(byte[] password, int iterations, SecureRandom random) {
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new IllegalArgumentException(
                    "expected between 1 and " + MOST_ITERATIONS + " iterations, not " + iterations);
        }
        byte[] salt = salt(random);
        return new PasswordHash(
                Scheme.PBKDF2_SHA512, iterations, salt, Digests.pbkdf2Sha512(password, salt, iterations));
    }

    private static byte[] salt(SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private static void requireParts(String[] parts, int count) {
        if (parts.length != count) {
            throw refusal("it has " + (parts.length - 1) + " parts after a $ instead of " + (count - 1));
        }
    }

    private static int iterations(String text) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw refusal("the number of iterations is not a number");
        }
        int iterations = Integer.parseInt(text);
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw refusal("the number of iterations is not between 1 and " + MOST_ITERATIONS);
        }
        return iterations;
    }

    private static byte[] hash(String text) {
        byte[] hash = base64("hash", text);
        if (hash.length != Digests.SHA512_BYTES) {
            throw refusal("the hash has " + hash.length + " bytes instead of " + Digests.SHA512_BYTES);
        }
        return hash;
    }

    private static byte[] base64(String part, String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == 0) {
                throw refusal("the " + part + " is empty");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw e instanceof HashRefused ? e : refusal("the " + part + " is not Base64");
        }
    }

    private static HashRefused refusal(String problem) {
        return new HashRefused(EXPECTED + "; " + problem);
    }

    private static final class HashRefused extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        HashRefused(String message) {
            super(message);
        }
    }

    /**
     * Whether {@code password} is the one. Takes the same time for every password of the same length, and up to seconds
     * with many iterations: never on an event loop.
     */
    public boolean matches(byte[] password) {
        return MessageDigest.isEqual(hash, digest(password));
    }

    private byte[] digest(byte[] password) {
        return switch (scheme) {
            case PLAIN -> password;
            case SHA512 -> Digests.sha512(password, salt);
            case PBKDF2_SHA512 -> Digests.pbkdf2Sha512(password, salt, iterations);
        };
    }

    /** How the password is kept. */
    public Scheme scheme() {
        return scheme;
    }

    /** The iterations of {@link Scheme#PBKDF2_SHA512}; 1 for {@link Scheme#SHA512}, 0 for {@link Scheme#PLAIN}. */
    public int iterations() {
        return iterations;
    }

    int saltBytes() {
        return salt.length;
    }

    /**
     * The text for a password file.
     *
     * @throws IllegalStateException for {@link Scheme#PLAIN}, which no password file has
     */
    public String encoded() {
        Base64.Encoder base64 = Base64.getEncoder();
        return switch (scheme) {
            case PLAIN -> throw new IllegalStateException("a plain password is not written to a file");
            case SHA512 -> "$6$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
            case PBKDF2_SHA512 ->
                "$7$" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PasswordHash that
                && scheme == that.scheme
                && iterations == that.iterations
                && MessageDigest.isEqual(salt, that.salt)
                && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return 31 * scheme.hashCode() + java.util.Arrays.hashCode(salt);
    }

    /** The scheme alone: {@code $7$ (101 iterations)}. */
    @Override
    public String toString() {
        return scheme == Scheme.PBKDF2_SHA512
                ? scheme.prefix + " (" + iterations + " iterations)"
                : scheme.prefix.toLowerCase(Locale.ROOT);
    }
}
