package io.alicia.mqtt.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** SCRAM-SHA-256 for known accounts, with the same course for unknown ones. */
final class ScramMethod implements AuthenticationMethod {

    private static final int NONCE_BYTES = 24;

    private final Map<String, Account> accounts = new HashMap<>();
    private final SecureRandom random;
    private final ScramStandIns standIns;

    ScramMethod(Iterable<Account> accounts, SecureRandom random) {
        this.random = random;
        for (Account account : accounts) {
            if (this.accounts.put(account.name(), account) != null) {
                throw new IllegalArgumentException(
                        "expected each account once, found \"" + Words.shown(account.name()) + "\" again");
            }
        }
        this.standIns = new ScramStandIns(this.accounts.values(), random);
    }

    @Override
    public String name() {
        return ScramCredential.AUTHENTICATION_METHOD;
    }

    @Override
    public AuthenticationExchange begin(LogIn logIn) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return new ScramExchange(this, logIn, Base64.getEncoder().encodeToString(nonce));
    }

    ScramCredential credentialOf(String account) {
        // Made for known accounts as well, so that both take the same time.
        ScramCredential standIn = standIns.of(account);
        Account known = accounts.get(account);
        return known == null ? standIn : known.scramCredential().orElse(standIn);
    }

    /** The outcome for a client that proved to know the password. */
    Authentication admit(String account, LogIn logIn) {
        Account known = accounts.get(account);
        if (known == null) {
            return Authentication.refused("there is no such account");
        }
        return known.admits(logIn.clientIdentifier())
                ? Authentication.accepted(account)
                : Authentication.refused("the account is bound to other client identifiers");
    }
}
