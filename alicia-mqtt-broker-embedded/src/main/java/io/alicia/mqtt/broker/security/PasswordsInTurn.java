package io.alicia.mqtt.broker.security;

import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.Authenticator;
import io.alicia.mqtt.access.LogIn;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Passwords that are hashed elsewhere, each in its turn.
 *
 * <p>The limit is asked again when a log-in's turn comes, and each is counted before the same thread takes the next: of
 * guesses that wait, as many are hashed as the limit allows and threads are at it when it is reached. A password that was
 * wrong before is no new guess: it is neither hashed nor counted.
 */
final class PasswordsInTurn implements LogInCheck {

    private final Authenticator onThisThread;
    private final WrongPasswords wrong;
    private final Executor hashing;

    PasswordsInTurn(Authenticator onThisThread, WrongPasswords wrong, Executor hashing) {
        this.onThisThread = onThisThread;
        this.wrong = wrong;
        this.hashing = hashing;
    }

    @Override
    public CompletionStage<Verdict> check(LogIn logIn, GuessLimit limit) {
        return CompletableFuture.supplyAsync(() -> decide(logIn, limit), hashing);
    }

    private Verdict decide(LogIn logIn, GuessLimit limit) {
        Optional<String> refusal = limit.refusalNow(logIn);
        if (refusal.isPresent()) {
            return Verdict.notLookedAt(refusal.get());
        }
        WrongPasswords.Print print = wrong.printOf(logIn);
        @Nullable Authentication before = wrong.refusalOrNull(print);
        if (before != null) {
            return new Verdict(before, Optional.empty());
        }
        Authentication outcome =
                onThisThread.authenticate(logIn).toCompletableFuture().join();
        Optional<String> delay = outcome.isAccepted()
                ? limit.decided(logIn, outcome)
                : wrong.refused(print, outcome, () -> limit.decided(logIn, outcome));
        return new Verdict(outcome, delay);
    }
}
