package io.alicia.mqtt.broker.security;

import io.alicia.mqtt.access.AccessDiff;
import org.jspecify.annotations.Nullable;

/** What other {@link AccessRules} mean for the clients that are connected. */
public final class RulesChange {

    private static final String OTHER_CLIENTS = "the account is bound to other client identifiers";

    private final AccessRules before;
    private final AccessRules after;
    private final AccessDiff diff;

    RulesChange(AccessRules before, AccessRules after) {
        this.before = before;
        this.after = after;
        this.diff = AccessDiff.between(before.policy(), before.accounts(), after.policy(), after.accounts());
    }

    /** {@return what changed} */
    public AccessDiff diff() {
        return diff;
    }

    /**
     * Whether a client that is connected could not log in again, as far as that can be told without its password.
     *
     * @param client what it may do and how it came in
     * @return why it is to be disconnected, or null if it may stay
     */
    public @Nullable String dismissalOrNull(ClientAccess client) {
        String method = client.admission().ownMethod();
        if (method != null) {
            // Its accounts are nobody else's: those with passwords may have the same names.
            return after.ownMethods().contains(method)
                    ? null
                    : "there is no authentication method " + method + " any more";
        }
        String account = client.account();
        String clientIdentifier = client.clientIdentifier();
        if (account == null) {
            return after.allowAnonymous() ? null : "anonymous clients are no longer allowed";
        }
        if (after.ownAuthenticator()) {
            return null;
        }
        if (client.admission().certificate()) {
            return diff.disconnectsByCertificate(account, clientIdentifier) ? OTHER_CLIENTS : null;
        }
        if (before.ownAuthenticator()) {
            return "the account has to show its password now";
        }
        if (!diff.disconnects(account, clientIdentifier)) {
            return null;
        }
        if (diff.removedAccounts().contains(account)) {
            return "the account was removed";
        }
        return diff.newPasswords().contains(account) ? "the account has another password" : OTHER_CLIENTS;
    }
}
