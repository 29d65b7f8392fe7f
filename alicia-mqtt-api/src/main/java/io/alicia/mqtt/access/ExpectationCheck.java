package io.alicia.mqtt.access;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
     * @param defaults where it is written what is granted without a rule; line 0 if nowhere
     */
    static void of(Expectation expectation, AccessPolicy policy, Set<String> known, Place defaults, Findings findings) {
        Set<@Nullable String> subjects = new LinkedHashSet<>();
        subjects.add(null);
        subjects.addAll(policy.accounts());
        subjects.add(ANY_OTHER);
        misspelt(expectation, policy, findings);
        Set<String> clients = ClientChoice.identifiers(expectation.topicFilter(), policy);
        for (String account : subjects) {
            if (account == null || !expectation.accounts().contains(account)) {
                check(expectation, policy, account, clients, defaults, findings);
            }
        }
        for (String account : known) {
            // Without rules of its own it is like any other, but for patterns with its name.
            if (!policy.accounts().contains(account) && !expectation.accounts().contains(account)) {
                grant(expectation, policy, account, clients)
                        .filter(found -> found.grant().rule().filter().contains("%u"))
                        .ifPresent(found -> broken(expectation, policy, account, found, findings));
            }
        }
        expectation.accounts().forEach(account -> named(expectation, policy, account, known, clients, findings));
    }

    /** An expectation of topics that nobody has is met by every policy. A word that a rule has as well is somebody's own. */
    private static void misspelt(Expectation expectation, AccessPolicy policy, Findings findings) {
        List<String> levels = Filters.levels(expectation.topicFilter());
        HouseTopicChecks.meant(levels)
                .filter(meant -> rules(policy)
                        .map(rule -> Filters.levels(rule.filter()))
                        .noneMatch(rule -> rule.size() > meant.firstWrong()
                                && rule.subList(0, meant.firstWrong() + 1)
                                        .equals(levels.subList(0, meant.firstWrong() + 1))))
                .ifPresent(meant -> findings.warning(
                        "misspelt-topic",
                        0,
                        "`" + Words.shown(expectation.toString()) + "` expects nothing of any topic of the house: "
                                + Words.shown(expectation.topicFilter()) + " matches none",
                        Words.shown(meant.filter()),
                        "`--expect` with " + Words.shown(meant.filter())));
    }

    private static Stream<AccessRule> rules(AccessPolicy policy) {
        return Stream.of(
                        policy.accounts().stream().flatMap(account -> policy.rulesOf(account).stream()),
                        policy.anonymousRules().stream(),
                        policy.patterns().stream())
                .flatMap(rules -> rules);
    }

    /** Whoever an expectation names is hardly meant to be nobody, or to have nothing of what is kept for it. */
    private static void named(
            Expectation expectation,
            AccessPolicy policy,
            String account,
            Set<String> known,
            Set<String> clients,
            Findings findings) {
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
        } else if (grant(expectation, policy, account, clients).isEmpty()
                && !policy.rulesFor(account, ClientChoice.ANY)
                        .grantsByDefault(expectation.access(), expectation.topicFilter())) {
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

    /** A topic that an account has access to, with the Client Identifier that gives it; %c for whichever. */
    private record Found(String client, ClientRules.Grant grant) {}

    private static Optional<Found> grant(
            Expectation expectation, AccessPolicy policy, @Nullable String account, Set<String> clients) {
        for (String client : clients) {
            Optional<ClientRules.Grant> grant =
                    policy.rulesFor(account, client).grantWithin(expectation.access(), expectation.topicFilter());
            if (grant.isPresent()) {
                return Optional.of(new Found(client, grant.get()));
            }
        }
        return Optional.empty();
    }

    /** The same for each rule that gives it. */
    private static List<Found> grants(
            Expectation expectation, AccessPolicy policy, @Nullable String account, Set<String> clients) {
        Map<AccessRule, Found> grants = new LinkedHashMap<>();
        for (String client : clients) {
            policy.rulesFor(account, client)
                    .grantsWithin(expectation.access(), expectation.topicFilter())
                    .forEach(grant -> grants.putIfAbsent(grant.rule(), new Found(client, grant)));
        }
        return List.copyOf(grants.values());
    }

    private static void check(
            Expectation expectation,
            AccessPolicy policy,
            @Nullable String account,
            Set<String> clients,
            Place defaults,
            Findings findings) {
        List<Found> grants = grants(expectation, policy, account, clients);
        grants.forEach(found -> broken(expectation, policy, account, found, findings));
        if (grants.isEmpty()
                && policy.rulesFor(account, ClientChoice.ANY)
                        .grantsByDefault(expectation.access(), expectation.topicFilter())) {
            findings.error(
                    "expectation-broken",
                    defaults,
                    who(policy, account) + " may " + verb(expectation) + " " + Words.shown(expectation.topicFilter())
                            + " by default: no rule denies it",
                    expectation.toString(),
                    "a default that denies, or a rule that denies it");
        }
    }

    private static void broken(
            Expectation expectation, AccessPolicy policy, @Nullable String account, Found found, Findings findings) {
        ClientRules.Grant grant = found.grant();
        boolean chosen = grant.rule().filter().contains("%c") && !found.client().equals(ClientChoice.ANY);
        findings.error(
                "expectation-broken",
                grant.rule()
                        .source()
                        .map(source -> new Place(source.line(), source.column()))
                        .orElse(Place.ofLine(0)),
                who(policy, account) + " may " + verb(expectation) + " " + Words.shown(grant.topic()) + " by `"
                        + Words.shown(grant.rule().line()) + "`"
                        + (chosen
                                ? " with the client identifier \"" + Words.shown(found.client())
                                        + "\", which clients choose themselves"
                                : ""),
                expectation.toString(),
                chosen
                        ? "the topics in the section of each account, or a broker that binds client identifiers to accounts"
                        : "a narrower filter, or a rule that denies " + Words.shown(expectation.topicFilter())
                                + " to it; in an ACL file that takes away reading and writing");
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
