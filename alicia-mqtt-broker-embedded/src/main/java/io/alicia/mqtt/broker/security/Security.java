package io.alicia.mqtt.broker.security;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.AuthenticationExchange;
import io.alicia.mqtt.access.AuthenticationMethod;
import io.alicia.mqtt.access.AuthenticationStep;
import io.alicia.mqtt.access.LogIn;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in and what they may do, as of now. {@link #replace} takes effect for the next log-in and for the next
 * message of every client that is connected. Safe for any number of threads.
 */
public final class Security {

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
            return guarded(audited(known.begin(logIn), logIn), logIn);
        } catch (RuntimeException e) {
            Authentication failure = failed(logIn, e);
            return data -> CompletableFuture.completedFuture(AuthenticationStep.finished(failure));
        }
    }

    /** Foreign code: whatever it throws must refuse the client, not end its connection's loop. */
    private static AuthenticationExchange guarded(AuthenticationExchange exchange, LogIn logIn) {
        return data -> {
            try {
                return exchange.next(data).exceptionally(e -> AuthenticationStep.finished(failed(logIn, e)));
            } catch (RuntimeException e) {
                return CompletableFuture.completedFuture(AuthenticationStep.finished(failed(logIn, e)));
            }
        };
    }

    private static AuthenticationExchange audited(AuthenticationExchange exchange, LogIn logIn) {
        return data -> exchange.next(data).thenApply(step -> {
            step.outcome().ifPresent(outcome -> Audit.decided(logIn, outcome));
            return step;
        });
    }

    /**
     * Notes a log-in that was refused before anybody looked at its password.
     *
     * @param logIn what the client showed
     * @param reason why, for people
     */
    public void refusedUnseen(LogIn logIn, String reason) {
        Audit.decided(logIn, Authentication.refused(reason));
    }

    /**
     * Decides on one log-in; the stage may complete on any thread and never with an exception.
     *
     * @param logIn what the client shows
     * @return the outcome
     */
    public CompletionStage<Authentication> authenticate(LogIn logIn) {
        AccessRules now = rules.given();
        if (logIn.account().isEmpty() && logIn.certificateIdentity().isEmpty()) {
            return CompletableFuture.completedFuture(anonymous(now, logIn));
        }
        try {
            // Foreign code: whatever it throws must refuse the client, not end its connection's loop.
            return now.authenticator()
                    .authenticate(logIn)
                    .thenApply(outcome -> {
                        Audit.decided(logIn, outcome);
                        return outcome;
                    })
                    .exceptionally(failure -> failed(logIn, failure));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failed(logIn, e));
        }
    }

    private static Authentication anonymous(AccessRules now, LogIn logIn) {
        Authentication outcome = now.allowAnonymous()
                ? Authentication.acceptedAnonymously()
                : Authentication.refused("anonymous clients are not allowed");
        Audit.decided(logIn, outcome);
        return outcome;
    }

    private static Authentication failed(LogIn logIn, Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        Authentication refusal = Authentication.refused("the authenticator failed: " + failure);
        Audit.decided(logIn, refusal);
        return refusal;
    }
}
