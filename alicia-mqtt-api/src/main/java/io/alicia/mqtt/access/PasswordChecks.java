package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccountRemarks.Remark;
import io.alicia.mqtt.access.Finding.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What is wrong with the passwords of a file. Never shows a hash, nor what stands in its place. */
final class PasswordChecks {

    private static final int MOSQUITTO_SALT_BYTES = 12;
    private static final int LATER_SALT_BYTES = 64;
    private static final int MOST_LINES = 5;
    private static final String NOT_FOR_2_0 = "not-for-mosquitto-2.0";

    private final Findings findings;
    private final UnaryOperator<String> anew;
    private final String slow;
    private final AccountRemarks remarks = new AccountRemarks();
    private final Map<String, String> seen = new HashMap<>();

    /** {@code anew} says how to write the password of an account anew, {@code slow} why guessing it is slow then. */
    private PasswordChecks(Findings findings, UnaryOperator<String> anew, String slow) {
        this.findings = findings;
        this.anew = anew;
        this.slow = slow;
    }

    /** Checks a password file. */
    static void ofFile(PasswordOutline passwords, Findings findings) {
        String file = passwords.inCommands();
        PasswordChecks checks = new PasswordChecks(
                findings,
                account -> "`alicia-acl passwd change " + file + " " + ShellWords.of(account) + "`",
                ", which takes " + PasswordHash.RECOMMENDED_ITERATIONS + " iterations");
        if (!passwords.refusals().isEmpty()) {
            Map<String, List<Integer>> usable = passwords.usableForMosquitto();
            for (AccessFileException refusal : passwords.refusals()) {
                MosquittoPasswordLine read = passwords.forMosquitto(refusal.line());
                checks.refused(
                        refusal,
                        passwords.accountIn(refusal.line()),
                        ofMosquitto(read, refusal.line(), usable.getOrDefault(read.account(), List.of())));
            }
        }
        passwords.lines().forEach((account, line) -> checks.name(account, Place.ofLine(line)));
        passwords
                .hashes()
                .forEach((account, hash) ->
                        checks.add(account, hash, Place.ofLine(passwords.lines().getOrDefault(account, 0))));
        checks.report();
    }

    /** Checks the passwords of clients. */
    static void ofClients(Iterable<RolesReader.Client> clients, Findings findings) {
        PasswordChecks checks = new PasswordChecks(
                findings,
                account -> "the hash of `alicia-acl passwd add NEW " + ShellWords.of(account)
                        + "` as `alicia-acl convert ACL -p NEW` writes it",
                "; mosquitto_ctrl 2.0 takes 101 iterations in any case");
        for (RolesReader.Client client : clients) {
            PasswordHash hash = client.hash();
            if (hash != null) {
                checks.add(client.username(), hash, client.part().place());
            }
        }
        checks.report();
    }

    /** What Mosquitto does with a line that this broker refuses; {@code usable} are the account's lines that it takes. */
    private static String ofMosquitto(MosquittoPasswordLine read, int line, List<Integer> usable) {
        String account = "\"" + Words.shown(String.valueOf(read.account())) + "\"";
        String others = usable.stream()
                .filter(other -> other != line)
                .limit(MOST_LINES)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        if (read.usable()) {
            return others.isEmpty()
                    ? "Mosquitto 2.0 takes the line for the password of " + account + ", but"
                    : "Mosquitto 2.0 takes one of the passwords of " + account
                            + " alone, in a short file the last one (see" + " also line " + others + "), and";
        }
        return others.isEmpty()
                ? "nobody can log in as this account: Mosquitto leaves the line out, and"
                : "Mosquitto leaves the line out and goes by line " + others + " for " + account + ", but";
    }

    private void name(String account, Place place) {
        if (InvisibleCharacters.in(account)) {
            findings.warning(
                    "invisible-character",
                    place,
                    "the name of the account contains a character that cannot be seen: "
                            + InvisibleCharacters.shown(account),
                    "the name without it",
                    "`" + Words.shown(InvisibleCharacters.without(account)) + ":` in front of the same hash");
        }
    }

    private void refused(AccessFileException refusal, String account, String ofMosquitto) {
        findings.error(
                "unusable-password",
                refusal,
                ofMosquitto + " this broker refuses the whole file: " + refusal.problem(),
                "an account and the hash of its password",
                // Not mosquitto_passwd: that of 2.0 throws all accounts away where the file begins with a comment.
                account.isEmpty() || account.chars().anyMatch(Character::isISOControl)
                        ? "no such line, or ACCOUNT:HASH as `alicia-acl passwd` writes it"
                        : anew.apply(account) + ", which writes the line anew");
    }

    private void add(String account, PasswordHash hash, Place place) {
        String twin = seen.putIfAbsent(hash.encoded(), account);
        if (twin != null) {
            findings.warning(
                    "copied-hash",
                    place,
                    "\"" + Words.shown(account) + "\" has the password of \"" + Words.shown(twin)
                            + "\": the hash is a copy, salt included",
                    "a password of its own",
                    anew.apply(account));
        }
        if (hash.isPlaceholder()) {
            remarks.add(
                    new Remark(
                            Severity.WARNING,
                            "hand-made-hash",
                            "nobody can log in as %s: all bytes of the hash are the same, which no password gives",
                            "nobody can log in as %s: all bytes of the hashes are the same, which no password gives",
                            "the hash of a password"),
                    account,
                    place);
            return;
        }
        weak(account, hash, place);
        salt(account, hash, place);
    }

    private void weak(String account, PasswordHash hash, Place place) {
        switch (hash.scheme()) {
            case SHA512 -> quick(Severity.WARNING, "one round of SHA-512", account, place);
            case PBKDF2_SHA512 -> {
                if (hash.iterations() < PasswordHash.MOSQUITTO_ITERATIONS) {
                    quick(Severity.WARNING, hash.iterations() + " iterations", account, place);
                } else if (hash.iterations() < PasswordHash.RECOMMENDED_ITERATIONS / 10) {
                    remarks.add(
                            new Remark(
                                    Severity.NOTE,
                                    "weak-hash",
                                    "the password of %s has " + iterations(hash),
                                    "the passwords of %s have " + iterations(hash),
                                    "a slow hash, unless the password is long and random"),
                            account,
                            place);
                }
            }
            case SCRAM_SHA_256, ARGON2ID ->
                later(
                        hash.toString(),
                        "a password for this broker"
                                + (hash.scheme() == PasswordHash.Scheme.ARGON2ID ? " or Mosquitto 2.1" : ""),
                        account,
                        place);
            case PLAIN -> throw new IllegalStateException("no file has a plain password");
        }
    }

    private static String iterations(PasswordHash hash) {
        return hash.iterations() + " iterations"
                + (hash.iterations() == PasswordHash.MOSQUITTO_ITERATIONS
                        ? ", Mosquitto's default: guessed at millions a second on one graphics card"
                        : ": guessed at many thousands a second on one graphics card");
    }

    private void quick(Severity severity, String why, String account, Place place) {
        String end = " quick to guess for who gets the file: " + why;
        remarks.add(
                new Remark(
                        severity,
                        "weak-hash",
                        "the password of %s is" + end,
                        "the passwords of %s are" + end,
                        "a slow hash"),
                account,
                place);
    }

    private void later(String what, String meant, String account, Place place) {
        String today = "Mosquitto 2.0 does not read " + what + " and would drop %s";
        remarks.add(new Remark(Severity.NOTE, NOT_FOR_2_0, today, today, meant), account, place);
    }

    private void salt(String account, PasswordHash hash, Place place) {
        boolean ofMosquitto =
                hash.scheme() == PasswordHash.Scheme.SHA512 || hash.scheme() == PasswordHash.Scheme.PBKDF2_SHA512;
        if (!ofMosquitto || hash.saltBytes() == MOSQUITTO_SALT_BYTES) {
            return;
        }
        if (hash.saltBytes() == LATER_SALT_BYTES) {
            later("a salt of 64 bytes, as Mosquitto 2.1 makes it,", "a password for Mosquitto 2.1", account, place);
            return;
        }
        String wrong = " has " + hash.saltBytes() + " bytes instead of " + MOSQUITTO_SALT_BYTES;
        remarks.add(
                new Remark(
                        Severity.WARNING,
                        "hand-made-hash",
                        "Mosquitto drops %s: its salt" + wrong,
                        "Mosquitto drops %s: the salt" + wrong,
                        "a hash as mosquitto_passwd makes it"),
                account,
                place);
    }

    private void report() {
        remarks.report(
                findings,
                (remark, account) -> remark.kind().equals(NOT_FOR_2_0)
                        ? "the same, or " + anew.apply(account) + " where Mosquitto 2.0 has to read the file"
                        : anew.apply(account) + (remark.kind().equals("weak-hash") ? slow : ""));
    }
}
