package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.access.StandardPolicy;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The password of each account: from the environment variable {@code ALICIA_PASSWORD_<ACCOUNT>} where it is set, else
 * made anew for this run. None is in the code.
 */
final class HousePasswords {

    private static final int RANDOM_BYTES = 12;

    private final Map<String, String> byAccount;
    private final Set<String> given;

    private HousePasswords(Map<String, String> byAccount, Set<String> given) {
        this.byAccount = byAccount;
        this.given = given;
    }

    static HousePasswords of(List<String> accounts, Map<String, String> environment, SecureRandom random) {
        Map<String, String> byAccount = new LinkedHashMap<>();
        Set<String> fromEnvironment = new HashSet<>();
        for (String account : accounts) {
            String given = environment.get(environmentVariable(account));
            if (given == null || given.isEmpty()) {
                byAccount.put(account, made(random));
            } else {
                byAccount.put(account, given);
                fromEnvironment.add(account);
            }
        }
        return new HousePasswords(byAccount, fromEnvironment);
    }

    /**
     * All of them from the environment, as they have to be where somebody else made the accounts.
     *
     * @param optional accounts that need not be there
     */
    static HousePasswords given(List<String> accounts, List<String> optional, Map<String, String> environment)
            throws MissingPasswords {
        Map<String, String> byAccount = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String account : accounts) {
            String given = environment.getOrDefault(environmentVariable(account), "");
            if (!given.isEmpty()) {
                byAccount.put(account, given);
            } else if (!optional.contains(account)) {
                missing.add(environmentVariable(account));
            }
        }
        if (!missing.isEmpty()) {
            throw new MissingPasswords(missing);
        }
        return new HousePasswords(byAccount, byAccount.keySet());
    }

    static String environmentVariable(String account) {
        return "ALICIA_PASSWORD_" + account.toUpperCase(Locale.ROOT);
    }

    private static String made(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String of(String account) {
        String password = byAccount.get(account);
        if (password == null) {
            throw new IllegalArgumentException("no account " + account + ", there are " + byAccount.keySet());
        }
        return password;
    }

    /** The account with which {@code device} logs in: its own, or the one of all devices where it has none. */
    String accountOf(String device) {
        return byAccount.containsKey(device) ? device : StandardPolicy.ESP32_DEVICE;
    }

    /** Whether the password came from the environment: whoever set it knows it, and it is not to be printed. */
    boolean isGiven(String account) {
        return given.contains(account);
    }

    Map<String, String> all() {
        return Map.copyOf(byAccount);
    }

    /** The accounts alone: a password never stands in a log. */
    @Override
    public String toString() {
        return "passwords of " + byAccount.keySet();
    }

    /** Tells which variables of the environment have to be set. */
    static final class MissingPasswords extends Exception {

        private static final long serialVersionUID = 1;

        MissingPasswords(List<String> variables) {
            super("--server needs the passwords of its accounts in the environment; not set: "
                    + String.join(", ", variables));
        }
    }
}
