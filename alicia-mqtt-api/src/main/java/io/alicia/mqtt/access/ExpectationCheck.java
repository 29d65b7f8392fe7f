package io.alicia.mqtt.access;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may what an expectation reserves for others. */
final class ExpectationCheck {

    /** Has what the policy gives to accounts without rules of their own. */
    private static final String ANY_OTHER = "%u";

    private ExpectationCheck() {}

    static void of(Expectation expectation, AccessPolicy policy, Findings findings) {
        Set<@Nullable String> subjects = new LinkedHashSet<>();
        subjects.add(null);
        subjects.addAll(policy.accounts());
        subjects.add(ANY_OTHER);
        for (String account : subjects) {
            if (account == null || !expectation.accounts().contains(account)) {
                check(expectation, policy, account, findings);
            }
        }
    }

    private static void check(
            Expectation expectation, AccessPolicy policy, @Nullable String account, Findings findings) {
        ClientRules rules = policy.rulesFor(account, "%c");
        String verb = expectation.access() == Access.PUBLISH ? " may publish " : " may receive ";
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
                                        0,
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
