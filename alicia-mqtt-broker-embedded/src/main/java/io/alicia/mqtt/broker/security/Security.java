package io.alicia.mqtt.broker.security;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.AuthenticationExchange;
import io.alicia.mqtt.access.AuthenticationMethod;
import io.alicia.mqtt.access.AuthenticationStep;
import io.alicia.mqtt.access.LogIn;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is let in and what they may do, as of now. {@link #replace} takes effect for the next log-in and for the next
 * message of every client that is connected. Safe for any number of threads.
 */
public final class Security {

    private static final Logger LOG = LoggerFactory.getLogger(Security.class);

    private record Rules(AccessRules given, Map<String, AuthenticationMethod> methods) {}

    private volatile Rules rules;

    /**
     * The rules to begin with.
     *
     * @param rules who is let in and what they may do
     */
    public Security(AccessRules rules) {
        this.rules = indexed(rules);
    }

    /**
     * Other rules from now on.
     *
     * @param other who is let in and what they may do
     * @return what that means for the clients that are connected
     */
    public synchronized RulesChange replace(AccessRules other) {
        RulesChange change = new RulesChange(rules.given(), other);
        rules = indexed(other);
        return change;
    }

    private static Rules indexed(AccessRules given) {
        Map<String, AuthenticationMethod> byName = new HashMap<>();
        for (AuthenticationMethod method : given.methods()) {
            byName.putIfAbsent(method.name(), method);
        }
        return new Rules(given, Map.copyOf(byName));
    }

    /** {@return the rules as of now} */
    public AccessRules rules() {
        return rules.given();
    }

    /** {@return the policy as of now} */
    public AccessPolicy policy() {
        return rules.given().policy();
    }

    /**
     * Begins an enhanced authentication (MQTT 5 §4.12).
     *
     * @param method the Authentication Method that the client asks for
     * @param logIn who it is
     * @return the exchange, or null if there is no such method
     */
    public @Nullable AuthenticationExchange beginOrNull(String method, LogIn logIn) {
        Rules now = rules;
        AuthenticationMethod known = now.methods().get(method);
        if (known == null) {
            return null;
        }
        try {
            return new Guarded(known.begin(logIn));
        } catch (RuntimeException e) {
            Authentication failure = failure(e);
            return data -> CompletableFuture.completedFuture(AuthenticationStep.finished(failure));
        }
    }

    /** Foreign code: whatever it throws must refuse the client, not end its connection's loop. */
    private record Guarded(AuthenticationExchange exchange) implements AuthenticationExchange {

        @Override
        public CompletionStage<AuthenticationStep> next(byte[] authenticationData) {
            try {
                return exchange.next(authenticationData)
                        .exceptionally(thrown -> AuthenticationStep.finished(failure(thrown)));
            } catch (RuntimeException e) {
                return CompletableFuture.completedFuture(AuthenticationStep.finished(failure(e)));
            }
        }

        @Override
        public Optional<String> claimedAccount() {
            try {
                return exchange.claimedAccount();
            } catch (RuntimeException e) {
                LOG.error("the authentication method failed to name the account; it counts as nobody's", e);
                return Optional.empty();
            }
        }
    }

    /**
     * Notes what became of a log-in.
     *
     * @param logIn what the client showed
     * @param outcome what it is told, with the reason
     */
    public void audit(LogIn logIn, Authentication outcome) {
        Audit.decided(logIn, outcome);
    }

    /**
     * Decides on one log-in; the stage may complete on any thread and never with an exception.
     *
     * @param logIn what the client shows
     * @param limit which guesses are looked at and answered
     * @return the outcome
     */
    public CompletionStage<Verdict> authenticate(LogIn logIn, GuessLimit limit) {
        AccessRules now = rules.given();
        if (logIn.account().isEmpty() && logIn.certificateIdentity().isEmpty()) {
            Authentication outcome = now.allowAnonymous()
                    ? Authentication.acceptedAnonymously()
                    : Authentication.refused("anonymous clients are not allowed");
            return CompletableFuture.completedFuture(new Verdict(outcome, Optional.empty()));
        }
        try {
            // Foreign code: whatever it throws must refuse the client, not end its connection's loop.
            return now.authenticator().check(logIn, limit).exceptionally(thrown -> failed(logIn, limit, thrown));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failed(logIn, limit, e));
        }
    }

    private static Verdict failed(LogIn logIn, GuessLimit limit, Throwable thrown) {
        Authentication failure = failure(thrown);
        // Where too many wait nobody looked at it, so it was no guess.
        boolean lookedAt = !(thrown instanceof RejectedExecutionException);
        return new Verdict(failure, lookedAt ? limit.decided(logIn, failure) : Optional.empty());
    }

    static Authentication failure(Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return Authentication.refused("the authenticator failed: " + failure);
    }
}
