package io.alicia.mqtt.access;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may what an expectation reserves for others. */
final class ExpectationCheck {

    /** Has what the policy gives to accounts without rules of their own. */
    private static final String ANY_OTHER = "%u";

    private ExpectationCheck() {}

    /**
     * Holds {@code policy} against {@code expectation}.
     *
     * @param known who may be meant besides the accounts that have rules
     * @param defaultsLine where it is written what is granted without a rule; 0 if nowhere
     */
    static void of(
            Expectation expectation, AccessPolicy policy, Set<String> known, int defaultsLine, Findings findings) {
        Set<@Nullable String> subjects = new LinkedHashSet<>();
        subjects.add(null);
        subjects.addAll(policy.accounts());
        subjects.add(ANY_OTHER);
        for (String account : subjects) {
            if (account == null || !expectation.accounts().contains(account)) {
                check(expectation, policy, account, defaultsLine, findings);
            }
        }
        expectation.accounts().forEach(account -> named(expectation, policy, account, known, findings));
    }

    /** Whoever an expectation names is hardly meant to be nobody, or to have nothing of what is kept for it. */
    private static void named(
            Expectation expectation, AccessPolicy policy, String account, Set<String> known, Findings findings) {
        if (!policy.accounts().contains(account) && !known.contains(account)) {
            Set<String> names = new LinkedHashSet<>(policy.accounts());
            names.addAll(known);
            Optional<String> similar = names.stream()
                    .filter(name -> Spelling.areClose(name, account))
                    .findFirst();
            findings.warning(
                    "expectation-unknown-account",
                    0,
                    "there is no account \"" + Words.shown(account) + "\" as in `" + Words.shown(expectation.toString())
                            + "`",
                    similar.map(name -> "the account \"" + Words.shown(name) + "\"")
                            .orElse("an account that has a section or a password"),
                    similar.map(name -> "`--expect` with " + Words.shown(name))
                            .orElse("the name as it stands in the files"));
        } else if (policy.rulesFor(account, "%c")
                        .grantWithin(expectation.access(), expectation.topicFilter())
                        .isEmpty()
                && !policy.rulesFor(account, "%c").grantsByDefault(expectation.access(), expectation.topicFilter())) {
            findings.note(
                    "expectation-unused",
                    0,
                    Words.shown(account) + " itself may not " + verb(expectation) + " "
                            + Words.shown(expectation.topicFilter()),
                    expectation.toString(),
                    "a rule that grants it, or an expectation without " + Words.shown(account));
        }
    }

    private static String verb(Expectation expectation) {
        return expectation.access() == Access.PUBLISH ? "publish" : "receive";
    }

    private static void check(
            Expectation expectation,
            AccessPolicy policy,
            @Nullable String account,
            int defaultsLine,
            Findings findings) {
        ClientRules rules = policy.rulesFor(account, "%c");
        String verb = " may " + verb(expectation) + " ";
        String who = who(policy, account);
        rules.grantWithin(expectation.access(), expectation.topicFilter())
                .ifPresentOrElse(
                        grant -> findings.error(
                                "expectation-broken",
                                grant.rule().source().map(RuleSource::line).orElse(0),
                                who + verb + Words.shown(grant.topic()) + " by `"
                                        + Words.shown(grant.rule().line()) + "`",
                                expectation.toString(),
                                "a narrower filter, or a rule that denies " + Words.shown(expectation.topicFilter())
                                        + " to it; in an ACL file that takes away reading and writing"),
                        () -> {
                            if (rules.grantsByDefault(expectation.access(), expectation.topicFilter())) {
                                findings.error(
                                        "expectation-broken",
                                        defaultsLine,
                                        who + verb + Words.shown(expectation.topicFilter())
                                                + " by default: no rule denies it",
                                        expectation.toString(),
                                        "a default that denies, or a rule that denies it");
                            }
                        });
    }

    private static String who(AccessPolicy policy, @Nullable String account) {
        if (account == null) {
            return "a client without an account";
        }
        return account.equals(ANY_OTHER) && !policy.accounts().contains(ANY_OTHER)
                ? "every client, whatever its account,"
                : Words.shown(account);
    }
}
