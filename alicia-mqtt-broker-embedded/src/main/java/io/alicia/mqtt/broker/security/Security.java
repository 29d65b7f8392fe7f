package io.alicia.mqtt.broker.security;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.AuthenticationExchange;
import io.alicia.mqtt.access.AuthenticationMethod;
import io.alicia.mqtt.access.AuthenticationStep;
import io.alicia.mqtt.access.Authenticator;
import io.alicia.mqtt.access.LogIn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in and what they may do, as of now. {@link #replace} takes effect for the next log-in and for the next
 * message of every client that is connected. Safe for any number of threads.
 */
public final class Security {

    private record Rules(
            Authenticator authenticator,
            Map<String, AuthenticationMethod> methods,
            AccessPolicy policy,
            boolean allowAnonymous) {}

    private volatile Rules rules;

    /**
     * The rules to begin with.
     *
     * @param authenticator checks who shows a user name
     * @param methods checks who asks for one of them instead
     * @param policy what accounts may do
     * @param allowAnonymous whether clients without a user name are let in
     */
    public Security(
            Authenticator authenticator,
            List<AuthenticationMethod> methods,
            AccessPolicy policy,
            boolean allowAnonymous) {
        this.rules = rules(authenticator, methods, policy, allowAnonymous);
    }

    /**
     * Other rules from now on.
     *
     * @param authenticator checks who shows a user name
     * @param methods checks who asks for one of them instead
     * @param policy what accounts may do
     * @param allowAnonymous whether clients without a user name are let in
     */
    public void replace(
            Authenticator authenticator,
            List<AuthenticationMethod> methods,
            AccessPolicy policy,
            boolean allowAnonymous) {
        rules = rules(authenticator, methods, policy, allowAnonymous);
    }

    private static Rules rules(
            Authenticator authenticator,
            List<AuthenticationMethod> methods,
            AccessPolicy policy,
            boolean allowAnonymous) {
        Map<String, AuthenticationMethod> byName = new HashMap<>();
        for (AuthenticationMethod method : methods) {
            byName.putIfAbsent(method.name(), method);
        }
        return new Rules(authenticator, Map.copyOf(byName), policy, allowAnonymous);
    }

    /**
     * Begins an enhanced authentication (MQTT 5 §4.12).
     *
     * @param method the Authentication Method that the client asks for
     * @param logIn who it is
     * @return the exchange, or null if there is no such method
     */
    public @Nullable AuthenticationExchange beginOrNull(String method, LogIn logIn) {
        AuthenticationMethod known = rules.methods().get(method);
        if (known == null) {
            return null;
        }
        try {
            return guarded(known.begin(logIn));
        } catch (RuntimeException e) {
            return data -> CompletableFuture.completedFuture(AuthenticationStep.finished(failed(e)));
        }
    }

    /** Foreign code: whatever it throws must refuse the client, not end its connection's loop. */
    private static AuthenticationExchange guarded(AuthenticationExchange exchange) {
        return data -> {
            try {
                return exchange.next(data).exceptionally(e -> AuthenticationStep.finished(failed(e)));
            } catch (RuntimeException e) {
                return CompletableFuture.completedFuture(AuthenticationStep.finished(failed(e)));
            }
        };
    }

    /** {@return the policy as of now} */
    public AccessPolicy policy() {
        return rules.policy();
    }

    /**
     * Decides on one log-in; the stage may complete on any thread and never with an exception.
     *
     * @param logIn what the client shows
     * @return the outcome
     */
    public CompletionStage<Authentication> authenticate(LogIn logIn) {
        Rules now = rules;
        if (logIn.account().isEmpty() && logIn.certificateIdentity().isEmpty()) {
            return CompletableFuture.completedFuture(
                    now.allowAnonymous()
                            ? Authentication.acceptedAnonymously()
                            : Authentication.refused("anonymous clients are not allowed"));
        }
        try {
            // Foreign code: whatever it throws must refuse the client, not end its connection's loop.
            return now.authenticator().authenticate(logIn).exceptionally(Security::failed);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failed(e));
        }
    }

    private static Authentication failed(Throwable failure) {
        return Authentication.refused("the authenticator failed: " + failure);
    }
}
