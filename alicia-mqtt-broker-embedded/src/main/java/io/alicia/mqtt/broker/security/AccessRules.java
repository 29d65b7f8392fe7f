package io.alicia.mqtt.broker.security;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.AuthenticationMethod;
import java.util.List;
import java.util.Set;

/**
 * Who is let in and what they may do: all of it is replaced at once.
 *
 * @param accounts who the authenticator lets in; empty with one that knows them itself
 * @param ownAuthenticator whether the authenticator is the user's own, so that nobody here can tell whom it would refuse
 * @param authenticator checks who shows a user name
 * @param methods checks who asks for one of them instead
 * @param ownMethods the names of those that are the user's own, so that nobody here can tell whom they would refuse
 * @param policy what accounts may do
 * @param allowAnonymous whether clients without a user name are let in
 */
public record AccessRules(
        List<Account> accounts,
        boolean ownAuthenticator,
        LogInCheck authenticator,
        List<AuthenticationMethod> methods,
        Set<String> ownMethods,
        AccessPolicy policy,
        boolean allowAnonymous) {

    /** Copies the lists. */
    public AccessRules {
        accounts = List.copyOf(accounts);
        methods = List.copyOf(methods);
        ownMethods = Set.copyOf(ownMethods);
    }
}
