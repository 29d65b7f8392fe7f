package io.alicia.mqtt.access;

import java.util.HashMap;
import java.util.Map;

/** What is wrong with the lines of a password file. Never shows a hash, nor what stands in its place. */
final class PasswordChecks {

    private static final int MOSQUITTO_SALT_BYTES = 12;
    private static final int LATER_SALT_BYTES = 64;

    private final PasswordOutline passwords;
    private final Findings findings;

    PasswordChecks(PasswordOutline passwords, Findings findings) {
        this.passwords = passwords;
        this.findings = findings;
    }

    void run() {
        for (AccessFileException refusal : passwords.refusals()) {
            String problem = String.valueOf(refusal.getMessage());
            findings.error(
                    "unusable-password",
                    refusal.line(),
                    "nobody can log in as this account: Mosquitto leaves the line out, and this broker refuses the"
                            + " whole file: " + problem.substring(problem.indexOf(": ") + 2),
                    "an account and the hash of its password",
                    // Not mosquitto_passwd: that of 2.0 throws all accounts away where the file begins with a comment.
                    "the file without the line, then `alicia-acl passwd add FILE ACCOUNT`");
        }
        Map<String, String> seen = new HashMap<>();
        passwords.hashes().forEach((account, hash) -> {
            int line = passwords.lines().getOrDefault(account, 0);
            String twin = seen.putIfAbsent(hash.encoded(), account);
            if (twin != null) {
                findings.warning(
                        "copied-hash",
                        line,
                        "\"" + Words.shown(account) + "\" has the password of \"" + Words.shown(twin)
                                + "\": the hash is a copy, salt included",
                        "a password of its own",
                        "the line again with `alicia-acl passwd change FILE ACCOUNT`");
            }
            weak(account, hash, line);
        });
    }

    private void weak(String account, PasswordHash hash, int line) {
        String again = "the line again with `alicia-acl passwd change FILE ACCOUNT`, which takes "
                + PasswordHash.RECOMMENDED_ITERATIONS + " iterations";
        switch (hash.scheme()) {
            case SHA512 ->
                findings.warning(
                        "weak-hash",
                        line,
                        "the password of \"" + Words.shown(account)
                                + "\" is quick to guess for who gets the file: one round of SHA-512",
                        "a slow hash",
                        again);
            case PBKDF2_SHA512 -> {
                if (hash.iterations() < PasswordHash.MOSQUITTO_ITERATIONS) {
                    findings.warning(
                            "weak-hash",
                            line,
                            "the password of \"" + Words.shown(account) + "\" is quick to guess for who gets the file: "
                                    + hash.iterations() + " iterations",
                            "a slow hash",
                            again);
                } else if (hash.iterations() < PasswordHash.RECOMMENDED_ITERATIONS / 10) {
                    findings.note(
                            "weak-hash",
                            line,
                            "the password of \"" + Words.shown(account) + "\" has " + hash.iterations()
                                    + " iterations, Mosquitto's default: guessed at millions a second on one graphics card",
                            "a slow hash, unless the password is long and random",
                            again);
                }
            }
            case SCRAM_SHA_256, ARGON2ID ->
                findings.note(
                        "not-for-mosquitto-2.0",
                        line,
                        "Mosquitto 2.0 does not read " + hash + " and would drop \"" + Words.shown(account) + "\"",
                        "a password for this broker"
                                + (hash.scheme() == PasswordHash.Scheme.ARGON2ID ? " or Mosquitto 2.1" : ""),
                        "the same, or a $7$ hash where Mosquitto 2.0 has to read the file");
            case PLAIN -> throw new IllegalStateException("no file has a plain password");
        }
        if (hash.saltBytes() == LATER_SALT_BYTES && hash.scheme() != PasswordHash.Scheme.ARGON2ID) {
            findings.note(
                    "not-for-mosquitto-2.0",
                    line,
                    "Mosquitto 2.0 does not read a salt of 64 bytes, as Mosquitto 2.1 makes it, and would drop \""
                            + Words.shown(account) + "\"",
                    "a password for Mosquitto 2.1",
                    "the same, or a hash by `alicia-acl passwd` where Mosquitto 2.0 has to read the file");
        } else if (hash.saltBytes() != MOSQUITTO_SALT_BYTES
                && (hash.scheme() == PasswordHash.Scheme.SHA512
                        || hash.scheme() == PasswordHash.Scheme.PBKDF2_SHA512)) {
            findings.warning(
                    "hand-made-hash",
                    line,
                    "Mosquitto drops \"" + Words.shown(account) + "\": its salt has " + hash.saltBytes()
                            + " bytes instead of " + MOSQUITTO_SALT_BYTES,
                    "a hash as mosquitto_passwd makes it",
                    again);
        }
    }
}
