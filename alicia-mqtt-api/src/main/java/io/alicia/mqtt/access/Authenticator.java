package io.alicia.mqtt.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Decides who is let in.
 *
 * <p>A broker calls it on an event loop, for many clients at once: {@link #authenticate} returns at once and does
 * slow work, such as hashing, elsewhere ({@link #on}). A stage that fails, or a call that throws, counts as a refusal.
 */
@FunctionalInterface
public interface Authenticator {

    /** Decides on one log-in; the stage may complete on any thread. */
    CompletionStage<Authentication> authenticate(LogIn logIn);

    /** An authenticator that runs {@code check} on {@code executor}. */
    static Authenticator on(Executor executor, Function<LogIn, Authentication> check) {
        return logIn -> CompletableFuture.supplyAsync(() -> check.apply(logIn), executor);
    }

    /** Lets in the accounts of {@code file} with their passwords, which are hashed on {@code executor}. */
    static Authenticator passwords(PasswordFile file, Executor executor) {
        return passwords(file.accounts(), executor);
    }

    /**
     * Lets in {@code accounts} with their passwords, which are hashed on {@code executor}.
     *
     * <p>Refuses who shows no account or no password. An account that does not exist costs the time of a wrong password.
     */
    static Authenticator passwords(Iterable<Account> accounts, Executor executor) {
        return on(executor, new PasswordCheck(accounts));
    }

    /** Tries {@code other} where this one refuses. */
    default Authenticator or(Authenticator other) {
        return logIn -> authenticate(logIn)
                .thenCompose(outcome ->
                        outcome.isAccepted() ? CompletableFuture.completedFuture(outcome) : other.authenticate(logIn));
    }

    /**
     * Lets in whose certificate the listener checked, with the account that the certificate names; for listeners with
     * {@code use_identity_as_username} or {@code use_subject_as_username}.
     */
    static Authenticator certificates() {
        return certificates(List.of());
    }

    /**
     * As {@link #certificates()}, but an account that {@code accounts} bind to Client Identifiers is let in with those
     * alone. What the certificate names need not be among them.
     */
    static Authenticator certificates(Iterable<Account> accounts) {
        Map<String, Account> known = new HashMap<>();
        accounts.forEach(account -> known.put(account.name(), account));
        return logIn -> CompletableFuture.completedFuture(logIn.certificateIdentity()
                .map(identity -> {
                    Account account = known.get(identity);
                    return account == null || account.admits(logIn.clientIdentifier())
                            ? Authentication.accepted(identity)
                            : Authentication.refused("the account is bound to other client identifiers");
                })
                .orElseGet(() -> Authentication.refused("there is no client certificate")));
    }
}
