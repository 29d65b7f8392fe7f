package io.alicia.mqtt.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** {@link PasswordHash.Scheme#SHA512}: {@code $6$salt$hash}. */
final class Sha512Hash extends PasswordHash {

    private static final int SALT_BYTES = 12;

    private final byte[] salt;
    private final byte[] hash;

    private Sha512Hash(byte[] salt, byte[] hash) {
        this.salt = salt;
        this.hash = hash;
    }

    static Sha512Hash parse(String[] parts) {
        if (parts.length >= 4 && EncodedHash.isCrypt(parts)) {
            throw EncodedHash.refusal(
                    "this is a $6$ hash of crypt(3), as mkpasswd makes it, and Mosquitto's is another");
        }
        EncodedHash.requireParts(parts, 4);
        return new Sha512Hash(
                EncodedHash.base64("salt", parts[2]), EncodedHash.hash("hash", parts[3], Digests.SHA512_BYTES));
    }

    static Sha512Hash create(byte[] password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new Sha512Hash(salt, Digests.sha512(password, salt));
    }

    @Override
    public boolean matches(byte[] password) {
        return MessageDigest.isEqual(hash, Digests.sha512(password, salt));
    }

    @Override
    public Scheme scheme() {
        return Scheme.SHA512;
    }

    @Override
    public int iterations() {
        return 1;
    }

    @Override
    public String encoded() {
        return "$6$" + EncodedHash.base64(salt) + "$" + EncodedHash.base64(hash);
    }

    @Override
    long cost() {
        return 1;
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
        return other instanceof Sha512Hash that
                && MessageDigest.isEqual(salt, that.salt)
                && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return EncodedHash.hashCode(salt, hash);
    }

    @Override
    public String toString() {
        return "$6$";
    }
}
