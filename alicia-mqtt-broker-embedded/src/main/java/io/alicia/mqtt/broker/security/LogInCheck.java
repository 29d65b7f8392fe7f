package io.alicia.mqtt.broker.security;

import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.Authenticator;
import io.alicia.mqtt.access.LogIn;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
     * {@return a check of passwords that are hashed elsewhere}
     *
     * <p>The limit is asked again when a log-in's turn comes, and each is counted before the same thread takes the next: of
     * guesses that wait, as many are hashed as the limit allows and threads are at it when it is reached.
     *
     * @param accounts who is let in
     * @param hashing where passwords are hashed
     */
    static LogInCheck passwords(Iterable<Account> accounts, Executor hashing) {
        return onTurn(Authenticator.passwords(accounts, Runnable::run), hashing);
    }

    /** Passwords that {@code onThisThread} hashes, each in its turn on {@code hashing}. */
    static LogInCheck onTurn(Authenticator onThisThread, Executor hashing) {
        return (logIn, limit) -> CompletableFuture.supplyAsync(
                () -> {
                    Optional<String> refusal = limit.refusalNow(logIn);
                    if (refusal.isPresent()) {
                        return Verdict.notLookedAt(refusal.get());
                    }
                    Authentication outcome = onThisThread
                            .authenticate(logIn)
                            .toCompletableFuture()
                            .join();
                    return new Verdict(outcome, limit.decided(logIn, outcome));
                },
                hashing);
    }
}
