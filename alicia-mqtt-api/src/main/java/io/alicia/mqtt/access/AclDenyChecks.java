package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which denies of an ACL file lock out, do nothing, or reach others than was meant. */
final class AclDenyChecks {

    private final AclOutline acl;
    private final AclReach reach;
    private final Findings findings;

    AclDenyChecks(AclOutline acl, AclReach reach, Findings findings) {
        this.acl = acl;
        this.reach = reach;
        this.findings = findings;
    }

    /** Looks at a deny of a list that no wider one of it makes useless. */
    void check(PlacedRule deny, List<PlacedRule> rules, @Nullable String account) {
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
                && reach.takesAnything(levels, others, account)) {
            dead.forEach(exception -> exceptionFrom(deny, exception, account));
        } else if (!dead.isEmpty() && (account != null || pattern)) {
            locksOut(deny, account, dead.stream().map(PlacedRule::line).toList());
        } else if (account != null
                && acl.isLastButDenies(deny)
                && acl.sections().size() > 1
                && Filters.covers(levels, HouseTopics.EVERYTHING)
                && reach.takesAnything(levels, rules, account)) {
            denyAtTheEnd(deny, account);
        } else if (account != null
                && Filters.covers(levels, HouseTopics.EVERYTHING)
                && reach.takesAnything(levels, rules, account)) {
            deniesTheHouse(deny, account);
        } else if (pattern
                && !reach.takesAnything(levels, rules, account)
                && !reach.whoKeeps(deny, null).isEmpty()) {
            sectionsOverride(deny);
        } else if ((account != null || pattern) && !reach.takesAnything(levels, rules, account)) {
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
        if (acl.rules().size() > AclSectionChecks.MOST_COMPARED
                || acl.patterns().stream().anyMatch(placed -> AclReach.denies(placed, denied))
                || acl.topicRulesOf(account).stream().noneMatch(placed -> AclReach.grants(placed, denied))) {
            return;
        }
        List<String> keep = new ArrayList<>();
        boolean nobodyElse = acl.sections().size() > 1
                && acl.patterns().stream().noneMatch(placed -> AclReach.grants(placed, denied));
        for (String other : acl.sections().keySet()) {
            List<PlacedRule> rules = acl.topicRulesOf(other);
            if (!other.equals(account)) {
                if (rules.stream().anyMatch(placed -> AclReach.denies(placed, denied))) {
                    return;
                }
                nobodyElse &= rules.stream().noneMatch(placed -> AclReach.grants(placed, denied));
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
                            + Words.shown(account) + " alone; " + AclReach.listed(keep)
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

    /** A pattern that denies what a section grants: the section is asked first. */
    private void sectionsOverride(PlacedRule deny) {
        if (acl.rules().size() > AclSectionChecks.MOST_COMPARED) {
            return;
        }
        List<String> keep = new ArrayList<>();
        int line = 0;
        for (String account : acl.sections().keySet()) {
            List<String> denied = AclReach.substitutable(deny.rule(), account);
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
                    "`" + Words.shown(deny.rule().line()) + "` does not hold for " + AclReach.listed(keep)
                            + ": sections are asked before patterns, and line " + line + " grants such topics",
                    "to deny it to every client",
                    "`topic deny` with the account's own topic in "
                            + (keep.size() == 1 ? "that section" : "each section") + ", or a narrower grant there");
        }
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
                reach.forThoseWhoKeepIt(
                        deny, account, "no deny at all: what no rule grants is denied; remove the line"));
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

    private static String lines(List<Integer> lines) {
        String joined = lines.stream().limit(5).map(String::valueOf).collect(Collectors.joining(", "));
        return (lines.size() == 1 ? "line " : "lines ") + joined + (lines.size() > 5 ? ", …" : "");
    }
}
