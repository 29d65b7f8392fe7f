package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Permission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the lines of an ACL file do to each other: whom they hold for, and which of them never decide. */
final class AclSectionChecks {

    /** Beyond so many rules in one list only equal ones are compared: no reader follows more, and it would take long. */
    private static final int MOST_COMPARED = 1_000;

    private static final int MOST_NAMED = 5;

    private final AclOutline acl;
    private final Findings findings;

    AclSectionChecks(AclOutline acl, Findings findings) {
        this.acl = acl;
        this.findings = findings;
    }

    void run() {
        beforeTheFirstUser();
        sectionsTwice();
        noRules();
        emptySections();
        checkList(acl.topicRulesOf(null), null);
        SysTopicChecks ownTopics = new SysTopicChecks(findings);
        boolean ofInterest = SysTopicChecks.areOfInterest(acl.rules().stream().map(PlacedRule::rule));
        acl.sections().keySet().forEach(account -> {
            List<PlacedRule> rules = acl.topicRulesOf(account);
            checkList(rules, account);
            ownTopics.together(rules, acl.patterns(), account, ofInterest, false);
        });
        checkList(acl.patterns(), null);
    }

    private void beforeTheFirstUser() {
        List<PlacedRule> anonymous = acl.topicRulesOf(null);
        if (acl.sections().isEmpty() && !anonymous.isEmpty()) {
            findings.warning(
                    "rules-before-first-user",
                    anonymous.get(0).place(),
                    "the file has no `user` line: its topic rules hold for clients without an account alone",
                    "rules for everybody, or for some account",
                    "`user NAME` above them, once for each account");
            return;
        }
        for (PlacedRule placed : anonymous) {
            boolean deny = placed.rule().permission() == Permission.DENY;
            findings.warning(
                    "rules-before-first-user",
                    placed.place(),
                    "`" + Words.shown(placed.rule().line()) + "` holds for clients without an account alone"
                            + (deny
                                    ? "; every account keeps what its section grants"
                                    : ", and for nobody where those are refused"),
                    deny ? "to deny it to everybody" : "a rule for everybody",
                    deny
                            ? forThoseWhoKeepIt(placed, null, "no line at all: what no rule grants is denied")
                            : "the rule in the section of each account; `pattern` holds for everybody, but is meant for"
                                    + " %c and %u");
        }
    }

    private void noRules() {
        if (acl.rules().isEmpty() && acl.sections().isEmpty() && acl.refusals().isEmpty()) {
            findings.warning(
                    "no-rules",
                    1,
                    "the file has no rule: nobody may publish or receive anything",
                    "some rules, or everything for everybody",
                    "`user NAME` and rules below it, for example those of `alicia-acl standard`; or no acl_file at all");
        }
    }

    /** A section that grants nothing, where no pattern does. */
    private void emptySections() {
        if (acl.patterns().isEmpty()) {
            acl.sections().forEach((account, lines) -> {
                if (acl.topicRulesOf(account).isEmpty() && !acl.isDamaged(account)) {
                    findings.warning(
                            "section-without-rules",
                            acl.placeOf(account, lines.get(0)),
                            "the section has no rule: " + Words.shown(account) + " may neither publish nor receive"
                                    + " anything",
                            "some rules for it",
                            "`topic read FILTER` or `topic write FILTER` below the `user` line");
                }
            });
        }
    }

    private void sectionsTwice() {
        acl.sections()
                .forEach((account, lines) -> lines.stream()
                        .skip(1)
                        .forEach(line -> findings.note(
                                "section-continued",
                                acl.placeOf(account, line),
                                "adds to the section of " + Words.shown(account) + " from line " + lines.get(0),
                                "the same, or another account",
                                "all rules of " + Words.shown(account) + " in one section")));
    }

    private void checkList(List<PlacedRule> rules, @Nullable String account) {
        Map<AccessRule, Integer> seen = new HashMap<>();
        List<PlacedRule> denies = new ArrayList<>();
        for (PlacedRule placed : rules) {
            Integer first = seen.putIfAbsent(placed.rule(), placed.line());
            if (first != null) {
                findings.note(
                        "repeated-rule",
                        placed.place(),
                        "says again what line " + first + " says",
                        "one of the two, or another topic",
                        "the rule once");
            }
            if (placed.rule().permission() == Permission.DENY) {
                denies.add(placed);
            }
        }
        boolean fewDenies = (long) rules.size() * denies.size() <= (long) MOST_COMPARED * MOST_COMPARED;
        if (rules.size() <= MOST_COMPARED) {
            rules.stream()
                    .filter(placed -> placed.rule().permission() != Permission.DENY)
                    .forEach(placed -> shadowed(placed, rules, denies));
        } else {
            findings.note(
                    "not-compared",
                    rules.get(0).place(),
                    "this list has " + rules.size() + " rules: more than " + MOST_COMPARED
                            + " are not held against each"
                            + " other, so rules that others make useless are not pointed at"
                            + (fewDenies ? "" : ", nor denies that lock somebody out"),
                    "fewer rules with wildcards",
                    "+ and # where many rules differ in one level; `alicia-acl explain` for single topics");
        }
        if (fewDenies) {
            for (PlacedRule deny : denies) {
                if (!isDeniedAnyway(deny, denies)) {
                    deny(deny, rules, account);
                }
            }
        }
    }

    private void shadowed(PlacedRule placed, List<PlacedRule> rules, List<PlacedRule> denies) {
        List<String> levels = Filters.levels(placed.rule().filter());
        boolean denied = denies.stream()
                .anyMatch(deny -> Filters.covers(Filters.levels(deny.rule().filter()), levels));
        if (denied) {
            // Reported at the deny, which is the line that surprises.
            return;
        }
        for (PlacedRule other : rules) {
            AccessRule wider = other.rule();
            if (other.line() != placed.line()
                    && !wider.equals(placed.rule())
                    && wider.permission() != Permission.DENY
                    && (wider.bits() | placed.rule().bits()) == wider.bits()
                    && Filters.covers(Filters.levels(wider.filter()), levels)) {
                findings.note(
                        "shadowed-rule",
                        placed.place(),
                        "changes nothing: line " + other.line() + " `" + Words.shown(wider.line())
                                + "` already grants it",
                        "perhaps less in line " + other.line(),
                        "only one of the two");
                return;
            }
        }
    }

    /** Whether a wider deny of the same list says all that {@code deny} says; says so. */
    private boolean isDeniedAnyway(PlacedRule deny, List<PlacedRule> denies) {
        List<String> levels = substitutable(deny.rule());
        for (PlacedRule other : denies) {
            if (other.line() != deny.line()
                    && !other.rule().equals(deny.rule())
                    && Filters.covers(Filters.levels(other.rule().filter()), levels)) {
                findings.note(
                        "shadowed-rule",
                        deny.place(),
                        "changes nothing: line " + other.line() + " `"
                                + Words.shown(other.rule().line()) + "` already denies it",
                        "perhaps less in line " + other.line(),
                        "only one of the two");
                return true;
            }
        }
        return false;
    }

    private void deny(PlacedRule deny, List<PlacedRule> rules, @Nullable String account) {
        List<String> levels = Filters.levels(deny.rule().filter());
        List<PlacedRule> dead = new ArrayList<>();
        List<PlacedRule> others = new ArrayList<>();
        for (PlacedRule placed : rules) {
            boolean never = placed.rule().permission() != Permission.DENY
                    && Filters.covers(levels, Filters.levels(placed.rule().filter()));
            (never ? dead : others).add(placed);
        }
        boolean pattern = deny.rule().kind() == AccessRule.Kind.PATTERN;
        if (!dead.isEmpty()
                && (account != null || pattern)
                && !Filters.covers(levels, HouseTopics.EVERYTHING)
                && takesAnything(levels, others, account)) {
            dead.forEach(exception -> exceptionFrom(deny, exception, account));
        } else if (!dead.isEmpty() && (account != null || pattern)) {
            locksOut(deny, account, dead.stream().map(PlacedRule::line).toList());
        } else if (account != null
                && acl.isLastButDenies(deny)
                && acl.sections().size() > 1
                && Filters.covers(levels, HouseTopics.EVERYTHING)
                && takesAnything(levels, rules, account)) {
            denyAtTheEnd(deny, account);
        } else if (account != null
                && Filters.covers(levels, HouseTopics.EVERYTHING)
                && takesAnything(levels, rules, account)) {
            deniesTheHouse(deny, account);
        } else if (pattern
                && !takesAnything(levels, rules, account)
                && !whoKeeps(deny, null).isEmpty()) {
            sectionsOverride(deny);
        } else if ((account != null || pattern) && !takesAnything(levels, rules, account)) {
            takesNothing(deny, account);
        } else if (account != null && acl.isLastButDenies(deny)) {
            othersKeep(deny, levels, account);
        } else if (pattern) {
            sectionsOverride(deny);
        }
    }

    /** What the account alone loses at the end of the file, where others keep all of it: perhaps it was meant for them, too. */
    private void othersKeep(PlacedRule deny, List<String> denied, String account) {
        // What only a pattern gives is taken from the account where it can be: in its own section.
        if (acl.rules().size() > MOST_COMPARED
                || acl.patterns().stream().anyMatch(placed -> denies(placed, denied))
                || acl.topicRulesOf(account).stream().noneMatch(placed -> grants(placed, denied))) {
            return;
        }
        List<String> keep = new ArrayList<>();
        boolean nobodyElse =
                acl.sections().size() > 1 && acl.patterns().stream().noneMatch(placed -> grants(placed, denied));
        for (String other : acl.sections().keySet()) {
            List<PlacedRule> rules = acl.topicRulesOf(other);
            if (!other.equals(account)) {
                if (rules.stream().anyMatch(placed -> denies(placed, denied))) {
                    return;
                }
                nobodyElse &= rules.stream().noneMatch(placed -> grants(placed, denied));
                if (rules.stream()
                        .anyMatch(placed ->
                                Filters.covers(Filters.levels(placed.rule().filter()), denied))) {
                    keep.add(Words.shown(other));
                }
            }
        }
        if (!keep.isEmpty()) {
            findings.note(
                    "deny-in-one-section",
                    deny.place(),
                    "`" + Words.shown(deny.rule().line()) + "` at the end of the file holds for "
                            + Words.shown(account) + " alone; " + listed(keep)
                            + (keep.size() == 1 ? " keeps" : " keep") + " these topics",
                    "the same, or to deny it to everybody",
                    "the line as it is, if " + Words.shown(account)
                            + " alone is to lose them; otherwise narrower grants in the other sections");
        } else if (nobodyElse && isWholeTreeOfEverything(denied, acl.topicRulesOf(account))) {
            findings.note(
                    "deny-in-one-section",
                    deny.place(),
                    "`" + Words.shown(deny.rule().line()) + "` at the end of the file takes these topics from "
                            + Words.shown(account) + ", and no other account has them: nobody may use them",
                    "the same, or to deny it to everybody but " + Words.shown(account),
                    "the line as it is, if nobody is to use them; no such line, if " + Words.shown(account)
                            + " is to: the others are denied what no rule grants");
        }
    }

    /** Whether a whole tree is denied to who has all of them, as one may who takes the end of the file for everybody's. */
    private static boolean isWholeTreeOfEverything(List<String> denied, List<PlacedRule> rules) {
        return denied.size() <= 2
                && denied.get(denied.size() - 1).equals("#")
                && rules.stream()
                        .anyMatch(placed -> placed.rule().permission() != Permission.DENY
                                && placed.rule().filter().equals("#"));
    }

    private static boolean grants(PlacedRule placed, List<String> topics) {
        return placed.rule().permission() != Permission.DENY
                && Filters.overlap(topics, Filters.levels(placed.rule().filter()));
    }

    private static boolean denies(PlacedRule placed, List<String> topics) {
        return placed.rule().permission() == Permission.DENY && Filters.overlap(topics, substitutable(placed.rule()));
    }

    /** A pattern that denies what a section grants: the section is asked first. */
    private void sectionsOverride(PlacedRule deny) {
        if (acl.rules().size() > MOST_COMPARED) {
            return;
        }
        List<String> keep = new ArrayList<>();
        int line = 0;
        for (String account : acl.sections().keySet()) {
            List<String> denied = substitutable(deny.rule(), account);
            List<PlacedRule> own = acl.topicRulesOf(account);
            boolean deniesItself = own.stream()
                    .anyMatch(placed -> placed.rule().permission() == Permission.DENY
                            && Filters.covers(Filters.levels(placed.rule().filter()), denied));
            Optional<PlacedRule> grant = own.stream()
                    .filter(placed -> placed.rule().permission() != Permission.DENY
                            && Filters.overlap(
                                    denied, Filters.levels(placed.rule().filter())))
                    .findFirst();
            if (!deniesItself && grant.isPresent()) {
                keep.add(Words.shown(account));
                line = line == 0 ? grant.get().line() : line;
            }
        }
        if (!keep.isEmpty()) {
            findings.warning(
                    "pattern-overridden",
                    deny.place(),
                    "`" + Words.shown(deny.rule().line()) + "` does not hold for " + listed(keep)
                            + ": sections are asked before patterns, and line " + line + " grants such topics",
                    "to deny it to every client",
                    "`topic deny` with the account's own topic in "
                            + (keep.size() == 1 ? "that section" : "each section") + ", or a narrower grant there");
        }
    }

    private static String listed(List<String> accounts) {
        int more = accounts.size() - MOST_NAMED;
        return accounts.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private void locksOut(PlacedRule deny, @Nullable String account, List<Integer> dead) {
        boolean first = dead.get(0) > deny.line();
        findings.error(
                "deny-in-one-section",
                deny.place(),
                "`" + Words.shown(deny.rule().line()) + "` holds for "
                        + (account == null ? "every client that no section lets in" : Words.shown(account) + " alone")
                        + " and locks " + (account == null ? "them" : "it")
                        + " out: a deny is asked before every grant, so " + lines(dead) + " never "
                        + (dead.size() == 1 ? "decides" : "decide"),
                account == null || acl.isLastButDenies(deny)
                        ? "to deny it to everybody else"
                        : first
                                ? "to deny what the lines below do not grant"
                                : "to deny what the lines above do not grant",
                "no deny at all: what no rule grants is denied; remove the line");
    }

    /** A grant within a deny that does its work on others: without the deny they would allow what it takes. */
    private void exceptionFrom(PlacedRule deny, PlacedRule exception, @Nullable String account) {
        String line = "line " + deny.line() + " `" + Words.shown(deny.rule().line()) + "`";
        findings.error(
                "deny-before-allow",
                exception.place(),
                "`" + Words.shown(exception.rule().line()) + "` never decides for "
                        + (account == null ? "any client" : Words.shown(account)) + ": " + line
                        + " is asked before it, as every deny is, and denies the same topics",
                "an exception from the deny, which an ACL file does not have",
                "a `" + exception.rule().kind().word() + " deny` for each of the other topics instead of line "
                        + deny.line() + ", which keeps more from it than this one; or no rule here");
    }

    private void takesNothing(PlacedRule deny, @Nullable String account) {
        String who = account == null ? "the patterns" : Words.shown(account);
        findings.warning(
                "deny-without-grant",
                deny.place(),
                "`" + Words.shown(deny.rule().line()) + "` takes nothing away: "
                        + (account == null
                                ? "sections are asked before patterns, and no pattern grants it"
                                : "no rule of " + who + " grants it, and it holds for no other account"),
                "to deny it to everybody else, or nothing",
                forThoseWhoKeepIt(deny, account, "no deny at all: what no rule grants is denied; remove the line"));
    }

    /** How to deny it to those whom the deny does not reach; {@code nobody} if there are none. */
    private String forThoseWhoKeepIt(PlacedRule deny, @Nullable String account, String nobody) {
        String filter = Words.shown(deny.rule().filter());
        List<String> keep = whoKeeps(deny, account).stream().map(Words::shown).toList();
        Stream<String> sections = keep.isEmpty()
                ? Stream.empty()
                : Stream.of("`topic deny " + filter + "` in the section of " + listed(keep) + ", which grant"
                        + (keep.size() == 1 ? "s" : "") + " such topics, or narrower grants there");
        Stream<String> pattern = keepingPattern(deny, account).stream()
                .map(grant -> "`pattern deny " + filter + "`, as line " + grant.line() + " `"
                        + Words.shown(grant.rule().line()) + "` grants such topics"
                        + (grant.rule().filter().contains("%u") ? "" : " to every account"));
        String write = Stream.concat(sections, pattern).collect(Collectors.joining("; and "));
        return write.isEmpty() ? nobody : write;
    }

    /**
     * The accounts but {@code account} that their section gives more than the denied topics, and them with it: to them a
     * deny would matter. Who has a part of the denied topics has it on purpose, and who denies them is not meant; neither
     * is a deny of everything, which reads like a default.
     */
    private List<String> whoKeeps(PlacedRule deny, @Nullable String account) {
        List<String> denied = substitutable(deny.rule());
        return whoMayKeep(denied, account).stream()
                .filter(other -> acl.topicRulesOf(other).stream().anyMatch(placed -> keeps(placed, denied, other)))
                .toList();
    }

    /** The first pattern that gives other accounts more than the denied topics, and them with it. */
    private Optional<PlacedRule> keepingPattern(PlacedRule deny, @Nullable String account) {
        List<String> denied = substitutable(deny.rule());
        if (acl.patterns().stream().anyMatch(placed -> deniesAll(placed, denied))) {
            return Optional.empty();
        }
        List<String> others = whoMayKeep(denied, account);
        return acl.patterns().stream()
                .filter(placed -> others.stream().anyMatch(other -> keeps(placed, denied, other)))
                .findFirst();
    }

    /** The accounts but {@code account} that do not deny these topics themselves; none for a deny of everything. */
    private List<String> whoMayKeep(List<String> denied, @Nullable String account) {
        if (Filters.covers(denied, HouseTopics.EVERYTHING) || acl.rules().size() > MOST_COMPARED) {
            return List.of();
        }
        return acl.sections().keySet().stream()
                .filter(other -> !other.equals(account)
                        && acl.topicRulesOf(other).stream().noneMatch(placed -> deniesAll(placed, denied)))
                .toList();
    }

    private static boolean deniesAll(PlacedRule placed, List<String> denied) {
        return placed.rule().permission() == Permission.DENY
                && Filters.covers(Filters.levels(placed.rule().filter()), denied);
    }

    private static boolean keeps(PlacedRule placed, List<String> denied, String account) {
        List<String> granted = substitutable(placed.rule(), account);
        return placed.rule().permission() != Permission.DENY
                && Filters.overlap(denied, granted)
                && !Filters.covers(denied, granted);
    }

    private void denyAtTheEnd(PlacedRule deny, String account) {
        findings.error(
                "deny-in-one-section",
                deny.place(),
                "`" + Words.shown(deny.rule().line()) + "` at the end of the file holds for " + Words.shown(account)
                        + " alone and takes these topics from it; the other accounts keep what they have",
                "to deny it to everybody else",
                "no deny at all: what no rule grants is denied; remove the line");
    }

    /** Between other sections it may be meant so, for what has nothing to do with the house. */
    private void deniesTheHouse(PlacedRule deny, String account) {
        findings.warning(
                "deny-in-one-section",
                deny.place(),
                "`" + Words.shown(deny.rule().line()) + "` holds for " + Words.shown(account)
                        + " alone and takes every topic of the house from it; the other accounts keep what they have",
                "to deny it to everybody else, unless " + Words.shown(account) + " has no business in the house",
                "no deny at all: what no rule grants is denied; remove the line");
    }

    /** A pattern may grant what the section denies: the section is asked first. */
    private boolean takesAnything(List<String> denied, List<PlacedRule> rules, @Nullable String account) {
        return Stream.concat(rules.stream(), acl.patterns().stream())
                .filter(placed -> placed.rule().permission() != Permission.DENY)
                .anyMatch(placed -> Filters.overlap(denied, substitutable(placed.rule(), account)));
    }

    /** The filter with everything from the first placeholder on open: a name may have levels of its own. */
    private static List<String> substitutable(AccessRule rule) {
        return substitutable(rule, null);
    }

    /** The filter with {@code account} for %u if one is known, and everything from the next placeholder on open. */
    private static List<String> substitutable(AccessRule rule, @Nullable String account) {
        boolean pattern = rule.kind() == AccessRule.Kind.PATTERN;
        String filter = pattern && account != null
                // A wildcard in a name is none in the filter: no pattern holds for such a client.
                ? rule.filter().replace("%u", account.replaceAll("[+#]", "\u2026"))
                : rule.filter();
        List<String> levels = new ArrayList<>();
        for (String level : Filters.levels(filter)) {
            if (pattern && (level.contains("%c") || level.contains("%u"))) {
                levels.add("#");
                return levels;
            }
            levels.add(level);
        }
        return levels;
    }

    private static String lines(List<Integer> lines) {
        String joined = lines.stream().limit(5).map(String::valueOf).collect(Collectors.joining(", "));
        return (lines.size() == 1 ? "line " : "lines ") + joined + (lines.size() > 5 ? ", …" : "");
    }
}
