package io.alicia.mqtt.access;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What reading the files again changed, and what a broker has to do for whom: disconnect who {@link #disconnects}, give
 * a new {@link AccountAccess} to who is {@linkplain #affects affected}, and leave everybody else alone. Immutable.
 */
public final class AccessReload {

    private final AccessFiles files;
    private final PolicyDiff policyDiff;
    private final Set<String> addedAccounts = new TreeSet<>();
    private final Set<String> removedAccounts = new TreeSet<>();
    private final Set<String> newPasswords = new TreeSet<>();

    AccessReload(AccessFiles before, AccessFiles after) {
        this.files = after;
        this.policyDiff = PolicyDiff.between(before.policy(), after.policy());
        Map<String, PasswordHash> old = before.passwords().hashes();
        Map<String, PasswordHash> now = after.passwords().hashes();
        now.forEach((account, hash) -> {
            PasswordHash was = old.get(account);
            if (was == null) {
                addedAccounts.add(account);
            } else if (!was.equals(hash)) {
                newPasswords.add(account);
            }
        });
        old.keySet().stream().filter(account -> !now.containsKey(account)).forEach(removedAccounts::add);
    }

    /** What is in force from now on. */
    public AccessFiles files() {
        return files;
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
     * Whether a client that logged in with a password of {@code account} could not do so again, and is to be disconnected
     * (0x87), as Mosquitto does.
     */
    public boolean disconnects(String account) {
        return removedAccounts.contains(account) || newPasswords.contains(account);
    }

    /**
     * Whether a client of {@code account} has other rules than before and needs a new {@link AccountAccess}.
     *
     * @param account null for an anonymous client
     */
    public boolean affects(@Nullable String account) {
        return policyDiff.affects(account);
    }

    /** The counts for a log line: {@code 1 gains, 2 losses; accounts: 0 added, 1 removed, 0 with a new password}. */
    @Override
    public String toString() {
        return policyDiff + "; accounts: " + addedAccounts.size() + " added, " + removedAccounts.size() + " removed, "
                + newPasswords.size() + " with a new password";
    }
}
