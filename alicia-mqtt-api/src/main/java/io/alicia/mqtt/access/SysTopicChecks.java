package io.alicia.mqtt.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rules that were meant for the broker's own topics, {@code $SYS/broker/…}, and do not match them: no wildcard at the
 * beginning of a filter matches a {@code $} (MQTT 5 §4.7.2).
 */
final class SysTopicChecks {

    private static final String SYS = "$SYS";
    private static final List<String> EVERYTHING = List.of(SYS, "#");
    private static final List<String> BROKER = List.of(SYS, "broker", "#");

    /** What stands behind {@code $SYS/broker/} and seldom behind a broker of one's own. */
    private static final Set<String> OF_BROKER = Set.of(
            "#",
            "bytes",
            "clients",
            "connection",
            "load",
            "log",
            "messages",
            "publish",
            "retained messages",
            "store",
            "subscriptions",
            "uptime",
            "version");

    private final Findings findings;

    SysTopicChecks(Findings findings) {
        this.findings = findings;
    }

    /** Looks at a single rule. */
    void rule(PlacedRule placed) {
        AccessRule rule = placed.rule();
        if (rule.filter().startsWith(SYS) && rule.grants(Access.PUBLISH) && !rule.grants(Access.RECEIVE)) {
            // Nobody publishes there: that is said already.
            return;
        }
        List<String> levels = Filters.levels(rule.filter());
        missed(levels)
                .ifPresent(problem -> findings.warning(
                        "no-sys-topic",
                        placed.place(),
                        Words.shown(rule.filter()) + " " + problem,
                        "the broker's own topics",
                        "`" + Words.shown(rule.line(written(levels))) + "`"));
    }

    private static Optional<String> missed(List<String> levels) {
        String first = levels.get(0);
        boolean restOfBroker = levels.size() > 1
                && (levels.get(1).equals("broker") || levels.get(1).equals("#"));
        if (!first.equals(SYS) && first.equalsIgnoreCase(SYS)) {
            return Optional.of("matches no topic of the broker: they begin with $SYS, in capitals");
        }
        if (first.equals("SYS") && restOfBroker) {
            return Optional.of("matches no topic of the broker: they begin with $SYS, with a $");
        }
        boolean ofBroker = levels.size() > 2 && levels.get(1).equals("broker") && OF_BROKER.contains(levels.get(2));
        if (first.equals("+") && ofBroker) {
            return Optional.of("matches no topic of the broker: a wildcard at the beginning never matches $SYS");
        }
        if (levels.subList(1, levels.size()).contains(SYS)) {
            return Optional.of("matches no topic of the broker: $SYS is their first level, further on it is a word like"
                    + " any other");
        }
        // A topic has more levels than $SYS/broker: there is none between.
        boolean none = first.equals(SYS)
                && (!Filters.overlap(levels, BROKER)
                        || (levels.size() < 3 && !levels.get(levels.size() - 1).equals("#")));
        return none
                ? Optional.of("matches no topic of the broker: all of them begin with $SYS/broker/")
                : Optional.empty();
    }

    private static String written(List<String> levels) {
        int broker = levels.indexOf("broker");
        return broker > 0 && broker < levels.size() - 1
                ? SYS + "/" + String.join("/", levels.subList(broker, levels.size()))
                : SYS + "/#";
    }

    /**
     * Looks at the rules of one account together: who may receive everything may not receive what the broker says of itself,
     * and a deny of everything does not take that away.
     *
     * @param patterns what holds for it besides
     * @param ofInterest whether the file speaks of the broker's own topics at all: a house that does not may well do without
     * @param byDefault whether it receives what no rule speaks of
     */
    void together(
            List<PlacedRule> rules, List<PlacedRule> patterns, String account, boolean ofInterest, boolean byDefault) {
        boolean ofSys = Stream.concat(rules.stream(), patterns.stream())
                .anyMatch(placed -> placed.rule().grants(Access.RECEIVE)
                        && Filters.overlap(Filters.levels(placed.rule().filter()), EVERYTHING));
        for (PlacedRule placed : rules) {
            AccessRule rule = placed.rule();
            if (!rule.filter().equals("#") || (rule.bits() & Access.RECEIVE.bit()) == 0) {
                continue;
            }
            if (rule.grants(Access.RECEIVE) && ofInterest && !ofSys && !byDefault) {
                findings.note(
                        "sys-not-covered",
                        placed.place(),
                        "`" + Words.shown(rule.line()) + "` does not give " + Words.shown(account)
                                + " the broker's own topics: # never matches $SYS",
                        "the same, or also $SYS/#",
                        "`" + receiving(rule) + "` besides, if " + Words.shown(account) + " is to see them");
            } else if (rule.denies(Access.RECEIVE) && ofSys) {
                findings.note(
                        "sys-not-covered",
                        placed.place(),
                        "`" + Words.shown(rule.line()) + "` does not take the broker's own topics from "
                                + Words.shown(account) + ": # never matches $SYS",
                        "the same, or no rule that gives $SYS to it",
                        "no rule for $SYS, if " + Words.shown(account) + " is not to see them");
            }
        }
    }

    /** Whether some rule is about the broker's own topics. */
    static boolean areOfInterest(Stream<AccessRule> rules) {
        return rules.anyMatch(rule -> rule.filter().startsWith(SYS));
    }

    private static String receiving(AccessRule rule) {
        return rule.role().isPresent() ? rule.line(SYS + "/#") : rule.kind().word() + " read " + SYS + "/#";
    }
}
