package io.alicia.mqtt.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** {@link PasswordHash.Scheme#PLAIN}. */
final class PlainPassword extends PasswordHash {

    private final byte[] password;

    private PlainPassword(byte[] password) {
        this.password = password;
    }

    static PlainPassword of(String password) {
        return new PlainPassword(password.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean matches(byte[] candidate) {
        return MessageDigest.isEqual(password, candidate);
    }

    @Override
    public Scheme scheme() {
        return Scheme.PLAIN;
    }

    @Override
    public int iterations() {
        return 0;
    }

    @Override
    public String encoded() {
        throw new IllegalStateException("a plain password is not written to a file");
    }

    @Override
    long cost() {
        return 0;
    }

    @Override
    int saltBytes() {
        return 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PlainPassword that && matches(that.password);
    }

    @Override
    public int hashCode() {
        return EncodedHash.hashCode(new byte[0], password);
    }

    @Override
    public String toString() {
        return "plain";
    }
}
