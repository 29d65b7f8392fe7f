package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccountRemarks.Remark;
import io.alicia.mqtt.access.Finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What ACL and password file say about each other's accounts, and what the ACL gives to anybody. */
final class AccountChecks {

    private static final Remark WITHOUT_RULES = new Remark(
            Severity.WARNING,
            "account-without-rules",
            "%s can log in, but may neither publish nor receive anything",
            "%s can log in, but may neither publish nor receive anything",
            "some rules for it, or no account");
    private static final Remark ONLY_PATTERNS = new Remark(
            Severity.NOTE,
            "account-without-section",
            "%s has no section: only what patterns give to everybody holds for it",
            "%s have no section: only what patterns give to everybody holds for them",
            "the same, or rules of its own");

    /** Of files with a hundred thousand accounts each, every name with every other would take hours. */
    private static final long MOST_COMPARISONS = 2_000_000;

    private final AclOutline acl;
    private final Findings findings;
    private long comparisons;

    AccountChecks(AclOutline acl, Findings findings) {
        this.acl = acl;
        this.findings = findings;
    }

    /** The accounts of password files, those with a broken hash included. */
    static Set<String> names(List<PasswordOutline> passwords) {
        Set<String> names = new LinkedHashSet<>();
        passwords.forEach(file -> names.addAll(file.lines().keySet()));
        return names;
    }

    /** Accounts of the ACL that nobody can log in to. */
    void unknownAccounts(List<PasswordOutline> passwords) {
        Set<String> names = names(passwords);
        acl.sections().forEach((written, lines) -> {
            String account = AccountNameChecks.withoutComment(written);
            if (passwords.stream().noneMatch(file -> file.mentions(account))) {
                Optional<String> similar = similarTo(account, names);
                findings.warning(
                        "unknown-account",
                        acl.placeOf(written, lines.get(0)),
                        "holds for nobody: "
                                + (passwords.size() == 1 ? "the password file has no" : "no password file has an")
                                + " account \"" + Words.shown(account) + "\"",
                        similar.map(name -> "the account \"" + Words.shown(name) + "\"")
                                .orElse("an account that is still to be made, or is gone"),
                        similar.map(name -> "`user " + Words.shown(name) + "`")
                                .orElse("`alicia-acl passwd add "
                                        + passwords.get(0).inCommands() + " " + ShellWords.of(account)
                                        + "`, or no section for it"));
            }
        });
    }

    private Optional<String> similarTo(String account, Set<String> names) {
        comparisons += names.size();
        if (comparisons > MOST_COMPARISONS) {
            return Optional.empty();
        }
        return names.stream()
                .filter(name -> Spelling.areClose(name, account))
                .findFirst()
                .or(() -> names.stream()
                        .filter(name -> Spelling.isPartOf(account, name)
                                && !acl.sections().containsKey(name))
                        .findFirst());
    }

    /** Accounts that may log in, and then nothing by whichever of the ACL files, or what is everybody's. */
    static void accountsWithoutRules(PasswordOutline passwords, List<AclOutline> acls, Findings findings) {
        AccountRemarks remarks = new AccountRemarks();
        boolean patterns = acls.stream().anyMatch(acl -> !acl.patterns().isEmpty());
        boolean sections = acls.stream().anyMatch(acl -> !acl.sections().isEmpty());
        passwords.lines().forEach((account, line) -> {
            // A section without rules is reported where it stands.
            if (acls.stream().noneMatch(acl -> acl.sections().containsKey(account)) && (sections || !patterns)) {
                remarks.add(patterns ? ONLY_PATTERNS : WITHOUT_RULES, account, Place.ofLine(line));
            }
        });
        String acl = acls.get(0).inAdvice();
        remarks.report(
                findings,
                (remark, account) -> "`user " + Words.shown(account) + "` and its rules in " + acl
                        + (patterns ? ", where the patterns are not enough" : ""));
    }

    /** Everybody for whom a rule says: publish and receive whatever you like, though nobody checks who they are. */
    void everythingForAnybody() {
        List<PlacedRule> forAnybody = new ArrayList<>(acl.topicRulesOf(null));
        acl.patterns().stream()
                .filter(placed -> !placed.rule().filter().contains("%"))
                .forEach(forAnybody::add);
        for (PlacedRule placed : forAnybody) {
            if (placed.rule().filter().equals("#") && placed.rule().grants(Access.PUBLISH)) {
                findings.error(
                        "everything-for-anybody",
                        placed.place(),
                        "lets "
                                + (placed.rule().kind() == AccessRule.Kind.PATTERN
                                        ? "every client"
                                        : "every client without an account")
                                + " publish every topic",
                        "less, or only some account",
                        "the topics that are needed, in the section of the account that needs them");
            }
        }
    }
}
