package io.alicia.mqtt.access;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What newer accounts and a newer policy change, and what a broker has to do for whom: disconnect who {@link
 * #disconnects}, give a new {@link AccountAccess} to who is {@linkplain #affects affected}, and leave everybody else
 * alone. Immutable.
 */
public final class AccessDiff {

    private final PolicyDiff policyDiff;
    private final Map<String, Account> before = new HashMap<>();
    private final Map<String, Account> after = new HashMap<>();
    private final Set<String> addedAccounts = new TreeSet<>();
    private final Set<String> removedAccounts = new TreeSet<>();
    private final Set<String> newPasswords = new TreeSet<>();

    private AccessDiff(PolicyDiff policyDiff, Iterable<Account> accountsBefore, Iterable<Account> accountsAfter) {
        this.policyDiff = policyDiff;
        accountsBefore.forEach(account -> before.put(account.name(), account));
        accountsAfter.forEach(account -> after.put(account.name(), account));
        after.forEach((name, account) -> {
            Account was = before.get(name);
            if (was == null) {
                addedAccounts.add(name);
            } else if (!was.passwordHash().equals(account.passwordHash())) {
                newPasswords.add(name);
            }
        });
        before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(removedAccounts::add);
    }

    /**
     * What changed from the one to the other.
     *
     * @param policyBefore what accounts might do
     * @param accountsBefore who might log in
     * @param policyAfter what accounts may do now
     * @param accountsAfter who may log in now
     */
    public static AccessDiff between(
            AccessPolicy policyBefore,
            Iterable<Account> accountsBefore,
            AccessPolicy policyAfter,
            Iterable<Account> accountsAfter) {
        // Who is bound to other clients than before is disconnected, so that only those of now can gain or lose.
        PolicyDiff policyDiff = PolicyDiff.between(policyBefore, policyAfter, accountsAfter);
        return new AccessDiff(policyDiff, accountsBefore, accountsAfter);
    }

    /** Who gains and who loses which topics. */
    public PolicyDiff policyDiff() {
        return policyDiff;
    }

    /** The accounts that can log in now and could not before, sorted. */
    public Set<String> addedAccounts() {
        return Collections.unmodifiableSet(addedAccounts);
    }

    /** The accounts that can no longer log in, sorted. */
    public Set<String> removedAccounts() {
        return Collections.unmodifiableSet(removedAccounts);
    }

    /** The accounts whose password is kept differently, sorted; most likely it is another one. */
    public Set<String> newPasswords() {
        return Collections.unmodifiableSet(newPasswords);
    }

    /**
     * Whether a client that logged in as {@code account} could not do so again, and is to be disconnected (0x87), as
     * Mosquitto does: the account is gone, has another password, or is bound to other Client Identifiers now. For one that
     * its certificate let in see {@link #disconnectsByCertificate}.
     */
    public boolean disconnects(String account, String clientIdentifier) {
        Account now = after.get(account);
        return removedAccounts.contains(account)
                || newPasswords.contains(account)
                || (now != null && before.containsKey(account) && !now.admits(clientIdentifier));
    }

    /**
     * Whether a client whose certificate let it in as {@code account} could not come again: the account is bound to other
     * Client Identifiers now. Its password does not matter, nor whether there is one.
     */
    public boolean disconnectsByCertificate(String account, String clientIdentifier) {
        Account now = after.get(account);
        return now != null && !now.admits(clientIdentifier);
    }

    /**
     * Whether a client of {@code account} has other rules than before and needs a new {@link AccountAccess}.
     *
     * @param account null for an anonymous client
     */
    public boolean affects(@Nullable String account) {
        return policyDiff.affects(account);
    }

    /** Whether nothing changed: neither accounts nor what they may do. */
    public boolean isEmpty() {
        return before.equals(after) && policyDiff.isEmpty();
    }

    /** The counts for a log line: {@code rules of 3 accounts changed; accounts: 0 added, 1 removed, 0 with a new password}. */
    @Override
    public String toString() {
        return whoseRules() + " changed; accounts: "
                + addedAccounts.size() + " added, " + removedAccounts.size() + " removed, " + newPasswords.size()
                + " with a new password";
    }

    private String whoseRules() {
        if (policyDiff.affectsEverybody()) {
            return "rules for every client";
        }
        int changed = policyDiff.affectedAccounts().size();
        String accounts = changed + (changed == 1 ? " account" : " accounts");
        if (!policyDiff.affects(null)) {
            return "rules of " + accounts;
        }
        return "rules of " + (changed == 0 ? "" : accounts + " and of ") + "clients without an account";
    }
}
