package io.alicia.mqtt.broker.security;

import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.LogIn;
import java.util.Optional;

/** How many guesses at a password are looked at and answered. Safe for any number of threads. */
public interface GuessLimit {

    /**
     * Asked just before a password is looked at: it may have waited for that while others failed.
     *
     * @param logIn what the client shows
     * @return why it is not to be looked at any more; empty if it is
     */
    Optional<String> refusalNow(LogIn logIn);

    /**
     * Counts what became of a log-in that was looked at.
     *
     * @param logIn what the client shows
     * @param outcome whether that is right
     * @return why the client is not to learn the outcome; empty if it is
     */
    Optional<String> decided(LogIn logIn, Authentication outcome);
}
