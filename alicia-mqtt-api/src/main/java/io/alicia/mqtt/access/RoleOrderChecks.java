package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules of roles do to each other for the clients that have them: which of them never decide, which take nothing
 * away, and what never arrives as it cannot be subscribed to. Of a rule that does its work for some client nothing is said.
 */
final class RoleOrderChecks {

    /** Beyond so many rules of one client they are not held against each other: it would take long. */
    private static final int MOST_COMPARED = 1_000;

    /** Of documents with thousands of clients whose rules all differ; each pair of rules is one. */
    private static final long MOST_COMPARISONS = 20_000_000;

    /** What is to be said of a rule, should it be so for all who have it. */
    private record Trouble(Finding.Severity severity, String kind, String today, String meant, String write) {}

    private final AccessPolicy policy;
    private final Map<String, List<AccessRule>> roles;
    private final Findings findings;
    private final IdentityHashMap<AccessRule, Trouble> troubles = new IdentityHashMap<>();
    private final Set<AccessRule> useful = Collections.newSetFromMap(new IdentityHashMap<>());
    private long comparisons;

    RoleOrderChecks(AccessPolicy policy, Map<String, List<AccessRule>> roles, Findings findings) {
        this.policy = policy;
        this.roles = roles;
        this.findings = findings;
    }

    void run() {
        Map<List<AccessRule>, String> holders = new LinkedHashMap<>();
        policy.accounts().forEach(account -> holders.putIfAbsent(policy.rulesOf(account), account));
        holders.putIfAbsent(policy.anonymousRules(), "a client without an account");
        SysTopicChecks ownTopics = new SysTopicChecks(findings);
        boolean ofInterest =
                SysTopicChecks.areOfInterest(roles.values().stream().flatMap(List::stream));
        Set<AccessRule> told = Collections.newSetFromMap(new IdentityHashMap<>());
        holders.forEach((rules, holder) -> {
            if (isTooLong(rules)) {
                notCompared(rules);
                useful.addAll(rules);
                return;
            }
            for (int i = 0; i < rules.size(); i++) {
                check(rules.get(i), rules.subList(0, i), rules, holder);
            }
            List<PlacedRule> untold =
                    rules.stream().filter(told::add).map(PlacedRule::ofRole).toList();
            List<PlacedRule> all = rules.stream().map(PlacedRule::ofRole).toList();
            ownTopics.together(untold, all, holder, ofInterest, grantsByDefault(Access.RECEIVE));
        });
        roles.values().forEach(rules -> rules.forEach(this::report));
    }

    private boolean isTooLong(List<AccessRule> rules) {
        comparisons += (long) rules.size() * rules.size();
        return rules.size() > MOST_COMPARED || comparisons > MOST_COMPARISONS;
    }

    private void notCompared(List<AccessRule> rules) {
        if (rules.size() > MOST_COMPARED) {
            findings.note(
                    "not-compared",
                    PlacedRule.ofRole(rules.get(0)).place(),
                    "some client has " + rules.size() + " rules: more than " + MOST_COMPARED + " are not held against"
                            + " each other, so rules that never decide are not pointed at",
                    "fewer rules with wildcards",
                    "+ and # where many rules differ in one level; `alicia-acl explain` for single topics");
        }
    }

    private void report(AccessRule rule) {
        Trouble trouble = troubles.get(rule);
        if (trouble != null && !useful.contains(rule)) {
            findings.add(
                    trouble.severity(),
                    trouble.kind(),
                    PlacedRule.ofRole(rule).place(),
                    trouble.today(),
                    trouble.meant(),
                    trouble.write());
        }
    }

    private void check(AccessRule rule, List<AccessRule> before, List<AccessRule> rules, String holder) {
        if (rule.kind() == Kind.ALLOW_WILDCARD_SUBS) {
            useful.add(rule);
            return;
        }
        Optional<Trouble> trouble = shadowed(rule, before, rules, holder)
                .or(() -> takesNothing(rule, rules))
                .or(() -> neverArrives(rule, rules))
                .or(() -> nothingArrives(rule, rules));
        if (trouble.isEmpty()) {
            useful.add(rule);
        } else {
            troubles.putIfAbsent(rule, trouble.get());
        }
    }

    /** A rule that is asked only where an earlier one has decided. */
    private Optional<Trouble> shadowed(
            AccessRule rule, List<AccessRule> before, List<AccessRule> rules, String holder) {
        for (AccessRule earlier : before) {
            if (decidesBefore(earlier, rule)) {
                // What several roles allow alike is no mistake, and what one says twice is pointed at already.
                boolean alike = earlier.permission() == rule.permission()
                        && (earlier.equals(rule) || !earlier.role().equals(rule.role()));
                return alike
                        ? Optional.empty()
                        : Optional.of(shadowed(rule, earlier, holder, takesFromOthers(earlier, rule, rules)));
            }
        }
        return Optional.empty();
    }

    /** Whether {@code deny} keeps more from a client than {@code allow} would give, as others would or the default. */
    private boolean takesFromOthers(AccessRule deny, AccessRule allow, List<AccessRule> rules) {
        Access access = accessOf(allow);
        return grantsByDefault(access)
                || rules.stream()
                        .anyMatch(other -> other.grants(access)
                                && !decidesBefore(deny, other)
                                && overlap(withoutShare(other.filter()), withoutShare(deny.filter())));
    }

    private static Trouble shadowed(AccessRule rule, AccessRule earlier, String holder, boolean takesFromOthers) {
        String by = where(earlier) + " `" + Words.shown(earlier.line()) + "`";
        if (earlier.permission() == rule.permission()) {
            return new Trouble(
                    Finding.Severity.NOTE,
                    "shadowed-rule",
                    "changes nothing: " + by + " already says it",
                    "perhaps less there",
                    "only one of the two");
        }
        boolean denied = rule.permission() != AccessRule.Permission.DENY;
        String otherOrder = "a higher priority for "
                + (earlier.kind() == Kind.ALLOW_WILDCARD_SUBS ? "a role of its own" : "this rule, or for its role,")
                + " than for the other";
        return new Trouble(
                denied ? Finding.Severity.ERROR : Finding.Severity.WARNING,
                denied ? "deny-before-allow" : "deny-never-asked",
                "`" + Words.shown(rule.line()) + "` never decides for " + Words.shown(holder) + ": " + by
                        + " is asked before it and " + (denied ? "denies" : "allows") + " the same topics",
                denied ? "to deny what this rule does not allow" : "to take a part of what the other rule allows",
                denied
                        ? (takesFromOthers ? "" : "no deny at all, as the default denies; or ") + otherOrder
                        : otherOrder);
    }

    /** Whether {@code earlier} decides wherever {@code later} speaks. */
    private static boolean decidesBefore(AccessRule earlier, AccessRule later) {
        return switch (later.kind()) {
            case SUBSCRIBE_LITERAL ->
                (earlier.kind() == Kind.ALLOW_WILDCARD_SUBS && SubscribeRules.hasWildcard(later.filter()))
                        || (earlier.kind() == Kind.SUBSCRIBE_LITERAL
                                && earlier.filter().equals(later.filter()))
                        || (earlier.kind() == Kind.SUBSCRIBE_PATTERN
                                && SubscribeRules.covers(earlier.filter(), later.filter()));
            case SUBSCRIBE_PATTERN ->
                earlier.kind() == Kind.SUBSCRIBE_PATTERN && SubscribeRules.covers(earlier.filter(), later.filter());
            default ->
                earlier.kind() == later.kind()
                        && Filters.covers(Filters.levels(earlier.filter()), Filters.levels(later.filter()));
        };
    }

    private Optional<Trouble> takesNothing(AccessRule deny, List<AccessRule> rules) {
        if (deny.permission() != AccessRule.Permission.DENY || grantsByDefault(accessOf(deny))) {
            return Optional.empty();
        }
        boolean takes =
                rules.stream().anyMatch(rule -> rule.grants(accessOf(deny)) && overlap(rule.filter(), deny.filter()));
        return takes
                ? Optional.empty()
                : Optional.of(new Trouble(
                        Finding.Severity.WARNING,
                        "deny-without-grant",
                        "`" + Words.shown(deny.line())
                                + "` takes nothing away: no rule of who has it allows it, and the"
                                + " default denies it",
                        "to deny it to somebody else, or nothing",
                        "no deny at all: what no rule allows is denied; remove the rule"));
    }

    /** A right to be delivered what nobody may subscribe to. */
    private Optional<Trouble> neverArrives(AccessRule rule, List<AccessRule> rules) {
        if (!rule.grants(Access.RECEIVE) || (grantsByDefault(Access.SUBSCRIBE) && !isOfControl(rule))) {
            return Optional.empty();
        }
        List<AccessRule> subscribing = new ArrayList<>();
        for (AccessRule other : rules) {
            boolean inForce = other.grants(Access.SUBSCRIBE)
                    && subscribing.stream()
                            .noneMatch(earlier -> earlier.permission() == AccessRule.Permission.DENY
                                    && decidesBefore(earlier, other));
            if (inForce && overlap(withoutShare(other.filter()), rule.filter())) {
                return Optional.empty();
            }
            if ((other.bits() & Access.SUBSCRIBE.bit()) != 0) {
                subscribing.add(other);
            }
        }
        return Optional.of(new Trouble(
                Finding.Severity.WARNING,
                "receive-without-subscribe",
                "`" + Words.shown(rule.line()) + "` lets nothing arrive: who has it may not subscribe to any of these"
                        + " topics, and the default for subscribe denies it",
                "to subscribe to them, too",
                "`subscribePattern " + Words.shown(rule.filter()) + " allow` besides, in the same role"));
    }

    /** A subscription that is accepted and stays silent. */
    private Optional<Trouble> nothingArrives(AccessRule rule, List<AccessRule> rules) {
        if (!rule.grants(Access.SUBSCRIBE) || (grantsByDefault(Access.RECEIVE) && !isOfControl(rule))) {
            return Optional.empty();
        }
        String filter = withoutShare(rule.filter());
        boolean arrives =
                rules.stream().anyMatch(other -> other.grants(Access.RECEIVE) && overlap(other.filter(), filter));
        return arrives
                ? Optional.empty()
                : Optional.of(new Trouble(
                        Finding.Severity.WARNING,
                        "subscribe-without-receive",
                        "`" + Words.shown(rule.line())
                                + "` is accepted and stays silent: who has it may not receive any of"
                                + " these topics, and the default for publishClientReceive denies it",
                        "to receive them, too",
                        "`publishClientReceive " + Words.shown(filter) + " allow` besides, in the same role"));
    }

    private static Access accessOf(AccessRule rule) {
        return switch (rule.kind()) {
            case PUBLISH_CLIENT_SEND -> Access.PUBLISH;
            case PUBLISH_CLIENT_RECEIVE -> Access.RECEIVE;
            default -> Access.SUBSCRIBE;
        };
    }

    private boolean grantsByDefault(Access access) {
        return (policy.defaultBits() & access.bit()) != 0;
    }

    /** The topics that control the broker always need a rule. */
    private static boolean isOfControl(AccessRule rule) {
        return rule.filter().startsWith("$CONTROL");
    }

    private static boolean overlap(String left, String right) {
        return Filters.overlap(open(left), open(right));
    }

    /** With + where a name stands for the level. */
    private static List<String> open(String filter) {
        return Filters.levels(filter).stream()
                .map(level -> level.equals("%c") || level.equals("%u") ? "+" : level)
                .toList();
    }

    private static String withoutShare(String filter) {
        if (!filter.startsWith("$share/")) {
            return filter;
        }
        int name = filter.indexOf('/', "$share/".length());
        return name < 0 ? filter : filter.substring(name + 1);
    }

    /** Where another rule stands. */
    static String where(AccessRule rule) {
        String place = rule.source()
                .map(source -> "line " + source.line() + (source.column() > 0 ? ", column " + source.column() : ""))
                .orElse("another rule");
        return place + rule.role().map(role -> " of role " + Words.shown(role)).orElse("");
    }
}
