package io.alicia.mqtt.broker.security;

import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.Authenticator;
import io.alicia.mqtt.access.LogIn;
import java.security.SecureRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Decides who is let in, with no more guesses than a {@link GuessLimit} allows. Returns at once. */
@FunctionalInterface
public interface LogInCheck {

    /**
     * Decides on one log-in and counts what became of it; the stage may complete on any thread.
     *
     * @param logIn what the client shows
     * @param limit which guesses are looked at and answered
     * @return the outcome
     */
    CompletionStage<Verdict> check(LogIn logIn, GuessLimit limit);

    /**
     * {@return a check by an authenticator that does its work wherever it likes, so that it is only counted}
     * @param authenticator decides
     */
    static LogInCheck by(Authenticator authenticator) {
        return (logIn, limit) -> authenticator
                .authenticate(logIn)
                .exceptionally(Security::failure)
                .thenApply(outcome -> new Verdict(outcome, limit.decided(logIn, outcome)));
    }

    /**
     * {@return a check of passwords that are hashed elsewhere, each that is wrong once}
     * @param accounts who is let in
     * @param hashing where passwords are hashed
     * @param random makes the key under which wrong passwords are remembered
     */
    static LogInCheck passwords(Iterable<Account> accounts, Executor hashing, SecureRandom random) {
        return onTurn(Authenticator.passwords(accounts, Runnable::run), new WrongPasswords(accounts, random), hashing);
    }

    /** Passwords that {@code onThisThread} hashes, each in its turn on {@code hashing}, but for those that are {@code wrong}. */
    static LogInCheck onTurn(Authenticator onThisThread, WrongPasswords wrong, Executor hashing) {
        return new PasswordsInTurn(onThisThread, wrong, hashing);
    }
}
