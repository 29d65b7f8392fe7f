package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Permission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the lines of an ACL file do to each other: whom they hold for, and which of them never decide. */
final class AclSectionChecks {

    /** Beyond so many rules in one list only equal ones are compared: no reader follows more, and it would take long. */
    static final int MOST_COMPARED = 1_000;

    private final AclOutline acl;
    private final Findings findings;
    private final AclReach reach;
    private final AclDenyChecks denyChecks;

    AclSectionChecks(AclOutline acl, Findings findings) {
        this.acl = acl;
        this.findings = findings;
        this.reach = new AclReach(acl);
        this.denyChecks = new AclDenyChecks(acl, reach, findings);
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
                            ? reach.forThoseWhoKeepIt(placed, null, "no line at all: what no rule grants is denied")
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
                    .forEach(placed -> shadowed(placed, rules, denies, account));
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
                    denyChecks.check(deny, rules, account);
                }
            }
        }
    }

    private void shadowed(
            PlacedRule placed, List<PlacedRule> rules, List<PlacedRule> denies, @Nullable String account) {
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
        if (account != null && rules.size() <= MOST_COMPARED && acl.patterns().size() <= MOST_COMPARED) {
            grantedByPattern(placed, levels, account);
        }
    }

    /** What a pattern gives to every account, where no other pattern takes it. */
    private void grantedByPattern(PlacedRule placed, List<String> levels, String account) {
        boolean dangerous = account.indexOf('+') >= 0 || account.indexOf('#') >= 0;
        if (dangerous || acl.patterns().stream().anyMatch(pattern -> AclReach.denies(pattern, levels))) {
            return;
        }
        for (PlacedRule pattern : acl.patterns()) {
            AccessRule wider = pattern.rule();
            if (!wider.filter().contains("%c")
                    && (wider.bits() | placed.rule().bits()) == wider.bits()
                    && Filters.covers(Filters.levels(wider.filter().replace("%u", account)), levels)) {
                findings.note(
                        "shadowed-rule",
                        placed.place(),
                        "changes nothing: line " + pattern.line() + " `" + Words.shown(wider.line())
                                + "` already grants it to " + Words.shown(account),
                        "perhaps less in line " + pattern.line(),
                        "only one of the two");
                return;
            }
        }
    }

    /** Whether a wider deny of the same list says all that {@code deny} says; says so. */
    private boolean isDeniedAnyway(PlacedRule deny, List<PlacedRule> denies) {
        List<String> levels = AclReach.substitutable(deny.rule());
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
}
