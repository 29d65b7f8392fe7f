package io.alicia.mqtt.access;

import java.security.SecureRandom;

/**
 * A method of enhanced authentication (MQTT 5 §4.12): client and server exchange AUTH packets until the server has
 * decided, before CONNACK and again whenever the client asks for it.
 *
 * <p>A broker calls it on its event loops, for many clients at once: {@link #begin} returns at once.
 */
public interface AuthenticationMethod {

    /** The Authentication Method by which CONNECT asks for it, such as {@code SCRAM-SHA-256}. */
    String name();

    /**
     * Begins the exchange with one client.
     *
     * @param logIn who it is; its password is not looked at
     */
    AuthenticationExchange begin(LogIn logIn);

    /**
     * SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding, for the accounts that have a {@link ScramCredential}.
     *
     * <p>A client that knows an account's password is let in as that account, and learns that the server knows it, too.
     * An account that does not exist takes the same steps as one with a wrong password.
     *
     * @param accounts who may log in; those without such a credential never succeed
     * @param random makes the server's nonces
     * @throws IllegalArgumentException if an account is there twice
     */
    static AuthenticationMethod scramSha256(Iterable<Account> accounts, SecureRandom random) {
        return new ScramMethod(accounts, random);
    }
}
