package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What ACL and password file say about each other's accounts, and what the ACL gives to anybody. */
final class AccountChecks {

    private final AclOutline acl;
    private final AccessPolicy policy;
    private final Findings findings;

    AccountChecks(AclOutline acl, AccessPolicy policy, Findings findings) {
        this.acl = acl;
        this.policy = policy;
        this.findings = findings;
    }

    /** Accounts of the ACL that nobody can log in to. */
    void unknownAccounts(Set<String> passwords) {
        acl.sections().forEach((written, lines) -> {
            String account = AclLineChecks.withoutComment(written);
            if (!passwords.contains(account)) {
                Optional<String> similar = similarTo(account, passwords);
                findings.warning(
                        "unknown-account",
                        lines.get(0),
                        "holds for nobody: the password file has no account \"" + Words.shown(account) + "\"",
                        similar.map(name -> "the account \"" + Words.shown(name) + "\"")
                                .orElse("an account that is still to be made, or is gone"),
                        similar.map(name -> "`user " + Words.shown(name) + "`")
                                .orElse("`alicia-acl passwd add FILE " + Words.shown(account)
                                        + "`, or no section for it"));
            }
        });
    }

    private Optional<String> similarTo(String account, Set<String> names) {
        return names.stream()
                .filter(name -> Spelling.areClose(name, account))
                .findFirst()
                .or(() -> names.stream()
                        .filter(name -> Spelling.isPartOf(account, name)
                                && !acl.sections().containsKey(name))
                        .findFirst());
    }

    /** Accounts that may log in, and then nothing. */
    void accountsWithoutRules(PasswordOutline passwords, Findings passwordFindings) {
        if (!acl.patterns().isEmpty()) {
            return;
        }
        passwords.lines().forEach((account, line) -> {
            // A section without rules is reported where it stands.
            if (policy.rulesOf(account).isEmpty() && !acl.sections().containsKey(account)) {
                passwordFindings.warning(
                        "account-without-rules",
                        line,
                        "\"" + Words.shown(account) + "\" can log in, but may neither publish nor receive anything",
                        "some rules for it, or no account",
                        "`user " + Words.shown(account) + "` and its rules in " + acl.name());
            }
        });
    }

    /** Everybody for whom a rule says: publish and receive whatever you like, though nobody checks who they are. */
    void everythingForAnybody() {
        List<AclOutline.Placed> forAnybody = new ArrayList<>(acl.topicRulesOf(null));
        acl.patterns().stream()
                .filter(placed -> !placed.rule().filter().contains("%"))
                .forEach(forAnybody::add);
        for (AclOutline.Placed placed : forAnybody) {
            if (placed.rule().filter().equals("#") && placed.rule().grants(Access.PUBLISH)) {
                findings.error(
                        "everything-for-anybody",
                        placed.line(),
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
