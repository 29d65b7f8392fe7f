package io.alicia.mqtt.broker.security;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.Authenticator;
import io.alicia.mqtt.access.LogIn;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Who is let in and what they may do, as of now. {@link #replace} takes effect for the next log-in and for the next
 * message of every client that is connected. Safe for any number of threads.
 */
public final class Security {

    private record Rules(Authenticator authenticator, AccessPolicy policy, boolean allowAnonymous) {}

    private volatile Rules rules;

    /**
     * The rules to begin with.
     *
     * @param authenticator checks who shows a user name
     * @param policy what accounts may do
     * @param allowAnonymous whether clients without a user name are let in
     */
    public Security(Authenticator authenticator, AccessPolicy policy, boolean allowAnonymous) {
        this.rules = new Rules(authenticator, policy, allowAnonymous);
    }

    /**
     * Other rules from now on.
     *
     * @param authenticator checks who shows a user name
     * @param policy what accounts may do
     * @param allowAnonymous whether clients without a user name are let in
     */
    public void replace(Authenticator authenticator, AccessPolicy policy, boolean allowAnonymous) {
        rules = new Rules(authenticator, policy, allowAnonymous);
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
