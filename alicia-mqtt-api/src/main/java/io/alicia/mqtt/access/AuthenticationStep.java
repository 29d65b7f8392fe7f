package io.alicia.mqtt.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows a client's packet in an {@link AuthenticationExchange}: one more packet of it, or the outcome. Immutable. */
public final class AuthenticationStep {

    private final byte @Nullable [] data;
    private final @Nullable Authentication outcome;

    private AuthenticationStep(byte @Nullable [] data, @Nullable Authentication outcome) {
        this.data = data == null ? null : data.clone();
        this.outcome = outcome;
    }

    /**
     * The client has to say more: it gets AUTH with reason code 0x18 (Continue authentication).
     *
     * @param authenticationData what it gets to answer
     */
    public static AuthenticationStep goOn(byte[] authenticationData) {
        return new AuthenticationStep(authenticationData, null);
    }

    /** The exchange is over without anything more to say. */
    public static AuthenticationStep finished(Authentication outcome) {
        return new AuthenticationStep(null, outcome);
    }

    /**
     * The client is let in, with data for it in CONNACK, or in AUTH with reason code 0x00 after a re-authentication.
     *
     * @param account whose rights it has
     * @param authenticationData what proves the server to it
     */
    public static AuthenticationStep accepted(String account, byte[] authenticationData) {
        return new AuthenticationStep(authenticationData, Authentication.accepted(account));
    }

    /** The outcome; empty if the exchange goes on. */
    public Optional<Authentication> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** A copy of the data for the client; empty if there is none. */
    public Optional<byte[]> authenticationData() {
        return Optional.ofNullable(data).map(byte[]::clone);
    }

    /** {@code goes on} or the outcome. */
    @Override
    public String toString() {
        return outcome == null ? "goes on" : outcome.toString();
    }
}
