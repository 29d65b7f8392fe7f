package io.alicia.mqtt.access;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks passwords of known accounts, in the same time for unknown ones. Hashes: not for an event loop. */
final class PasswordCheck implements Function<LogIn, Authentication> {

    /** Stands in for the password of an account that does not exist; a hash of zeros, which no known password has. */
    private static final PasswordHash NOBODY = PasswordHash.parse(
            "$7$" + PasswordHash.MOSQUITTO_ITERATIONS + "$AAAAAAAAAAAAAAAA$" + "A".repeat(86) + "==");

    private final Map<String, Account> accounts = new HashMap<>();
    private final PasswordHash nobody;

    PasswordCheck(Iterable<Account> accounts) {
        PasswordHash slowest = NOBODY;
        for (Account account : accounts) {
            if (this.accounts.put(account.name(), account) != null) {
                throw new IllegalArgumentException(
                        "expected each account once, found \"" + Words.shown(account.name()) + "\" again");
            }
            PasswordHash hash = account.passwordHash().orElse(NOBODY);
            slowest = hash.cost() > slowest.cost() ? hash : slowest;
        }
        // Whoever guesses names sees the time of the accounts that are worth guessing.
        this.nobody = slowest;
    }

    @Override
    public Authentication apply(LogIn logIn) {
        String name = logIn.account().orElse(null);
        byte[] password = logIn.password().orElse(null);
        if (name == null) {
            return Authentication.refused("there is no user name");
        }
        if (password == null) {
            return Authentication.refused("there is no password");
        }
        @Nullable Account account = accounts.get(name);
        PasswordHash hash = account == null ? null : account.passwordHash().orElse(null);
        boolean matches = (hash == null ? nobody : hash).matches(password);
        if (account == null) {
            return Authentication.refused("there is no such account");
        }
        if (hash == null) {
            return Authentication.refused("the account has no password");
        }
        if (!matches) {
            return Authentication.refused("the password is wrong");
        }
        return account.admits(logIn.clientIdentifier())
                ? Authentication.accepted(name)
                : Authentication.refused("the account is bound to other client identifiers");
    }
}
