package io.alicia.mqtt.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@link PasswordHash.Scheme#ARGON2ID}: {@code $argon2id$v=19$m=47104,t=1,p=1$salt$hash}, Base64 without padding. */
final class Argon2Hash extends PasswordHash {

    // What mosquitto_passwd 2.1 takes; cost as OWASP advises.
    private static final int MEMORY_KIB = 47_104;
    private static final int ITERATIONS = 1;
    private static final int SALT_BYTES = 64;
    private static final int HASH_BYTES = 64;

    /** A line of a password file must not make the broker allocate more than this for each log-in. */
    private static final int MOST_MEMORY_KIB = 1 << 20;

    private static final int MOST_ITERATIONS = 1_000;
    private static final int MOST_LANES = 64;
    private static final Pattern SHAPE = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final int memoryKib;
    private final int iterations;
    private final int lanes;
    private final byte[] salt;
    private final byte[] hash;

    private Argon2Hash(int memoryKib, int iterations, int lanes, byte[] salt, byte[] hash) {
        this.memoryKib = memoryKib;
        this.iterations = iterations;
        this.lanes = lanes;
        this.salt = salt;
        this.hash = hash;
    }

    static Argon2Hash parseArgon2(String encoded) {
        Matcher shape = SHAPE.matcher(encoded);
        if (!shape.matches()) {
            throw EncodedHash.refusal("it begins with $argon2id$, but is not $argon2id$v=19$m=…,t=…,p=…$salt$hash");
        }
        byte[] salt = EncodedHash.unpadded("salt", shape.group(4));
        byte[] hash = EncodedHash.unpadded("hash", shape.group(5));
        if (salt.length < 8 || hash.length < 16) {
            throw EncodedHash.refusal("the salt has less than 8 bytes or the hash less than 16");
        }
        return new Argon2Hash(
                EncodedHash.number("KiB of memory", shape.group(1), MOST_MEMORY_KIB),
                EncodedHash.number("iterations", shape.group(2), MOST_ITERATIONS),
                EncodedHash.number("lanes", shape.group(3), MOST_LANES),
                salt,
                hash);
    }

    static Argon2Hash create(byte[] password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = Argon2.id(password, salt, MEMORY_KIB, ITERATIONS, 1, HASH_BYTES);
        return new Argon2Hash(MEMORY_KIB, ITERATIONS, 1, salt, hash);
    }

    @Override
    public boolean matches(byte[] password) {
        return MessageDigest.isEqual(hash, Argon2.id(password, salt, memoryKib, iterations, lanes, hash.length));
    }

    @Override
    public Scheme scheme() {
        return Scheme.ARGON2ID;
    }

    @Override
    public int iterations() {
        return iterations;
    }

    @Override
    public String encoded() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + iterations + ",p=" + lanes + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    @Override
    long cost() {
        // A block of a KiB costs about as much as two rounds of HMAC-SHA-512.
        return 4L * memoryKib * iterations;
    }

    @Override
    int saltBytes() {
        return salt.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Argon2Hash that
                && memoryKib == that.memoryKib
                && iterations == that.iterations
                && lanes == that.lanes
                && MessageDigest.isEqual(salt, that.salt)
                && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return EncodedHash.hashCode(salt, hash);
    }

    /** {@code argon2id (47104 KiB, 1 iterations)}. */
    @Override
    public String toString() {
        return "argon2id (" + memoryKib + " KiB, " + iterations + " iterations)";
    }
}
