package io.alicia.mqtt.access;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows in CONNECT to be let in (MQTT 5 §3.1.3).
 *
 * <p>{@link #toString()} shows no password. Safe to hand to another thread; the password array is not to be changed.
 */
public final class LogIn {

    private final @Nullable String account;
    private final byte @Nullable [] password;
    private final String clientIdentifier;
    private final @Nullable String certificateIdentity;
    private final @Nullable String remoteAddress;

    private LogIn(Builder builder) {
        this.account = builder.account;
        this.password = builder.password;
        this.clientIdentifier = builder.clientIdentifier;
        this.certificateIdentity = builder.certificateIdentity;
        this.remoteAddress = builder.remoteAddress;
    }

    /** A log-in of the client with {@code clientIdentifier}. */
    public static Builder builder(String clientIdentifier) {
        return new Builder(clientIdentifier);
    }

    /** The User Name (§3.1.3.5). */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    /** A copy of the Password (§3.1.3.6): Binary Data, in practice text in UTF-8. */
    public Optional<byte[]> password() {
        return Optional.ofNullable(password).map(byte[]::clone);
    }

    /** The Client Identifier, or the one that the server assigned. */
    public String clientIdentifier() {
        return clientIdentifier;
    }

    /** The name in the client certificate that the listener takes for the account, if it checked one. */
    public Optional<String> certificateIdentity() {
        return Optional.ofNullable(certificateIdentity);
    }

    /** The address that the client connected from, without its port. */
    public Optional<String> remoteAddress() {
        return Optional.ofNullable(remoteAddress);
    }

    /** This log-in as one of {@code account}: of who names itself elsewhere than in CONNECT's User Name. */
    public LogIn as(String account) {
        return builder(clientIdentifier)
                .account(account)
                .password(password)
                .certificateIdentity(certificateIdentity)
                .remoteAddress(remoteAddress)
                .build();
    }

    /** {@code kitchen (client esp-1) from 10.0.0.7}. */
    @Override
    public String toString() {
        return Words.client(account, clientIdentifier)
                + (remoteAddress == null ? "" : " from " + Words.shown(remoteAddress));
    }

    /** Collects the parts of a log-in. Not for several threads. */
    public static final class Builder {

        private final String clientIdentifier;
        private @Nullable String account;
        private byte @Nullable [] password;
        private @Nullable String certificateIdentity;
        private @Nullable String remoteAddress;

        private Builder(String clientIdentifier) {
            this.clientIdentifier = clientIdentifier;
        }

        /** The User Name; null if CONNECT has none. */
        public Builder account(@Nullable String account) {
            this.account = account;
            return this;
        }

        /** The Password, copied; null if CONNECT has none. */
        public Builder password(byte @Nullable [] password) {
            this.password = password == null ? null : Arrays.copyOf(password, password.length);
            return this;
        }

        /** The name in a checked client certificate; null if there is none. */
        public Builder certificateIdentity(@Nullable String certificateIdentity) {
            this.certificateIdentity = certificateIdentity;
            return this;
        }

        /** The address without its port; null if there is none, as within one process. */
        public Builder remoteAddress(@Nullable String remoteAddress) {
            this.remoteAddress = remoteAddress;
            return this;
        }

        /** The log-in. */
        public LogIn build() {
            return new LogIn(this);
        }
    }
}
