package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Kind;
import io.alicia.mqtt.access.AccessRule.Permission;

/** What is wrong with single lines of an ACL file, whatever stands around them. */
final class AclLineChecks {

    private final AclOutline acl;
    private final Findings findings;
    private final FilterChecks filters;
    private final SysTopicChecks ownTopics;

    AclLineChecks(AclOutline acl, Findings findings) {
        this.acl = acl;
        this.findings = findings;
        this.filters = new FilterChecks(findings);
        this.ownTopics = new SysTopicChecks(findings);
    }

    void run() {
        acl.refusals().forEach(this::refused);
        AccountNameChecks names = new AccountNameChecks(findings, AccountNameChecks.Wording.SECTION);
        acl.sections()
                .forEach((account, lines) -> lines.forEach(line -> names.check(account, acl.placeOf(account, line))));
        acl.rules().forEach(this::rule);
    }

    private void refused(AccessFileException refusal) {
        RefusedLineAdvice advice = RefusedLineAdvice.of(acl.line(refusal.line()));
        findings.error(
                advice.kind(),
                refusal,
                "Mosquitto refuses the whole file for this line: " + refusal.problem(),
                advice.meant(),
                advice.write());
    }

    private void rule(PlacedRule placed) {
        AccessRule rule = placed.rule();
        String filter = rule.filter();
        if (!filters.hasForeignPlaceholder(placed)) {
            if (rule.kind() == Kind.PATTERN) {
                pattern(placed);
            } else if (filter.contains("%c") || filter.contains("%u")) {
                String name = filter.contains("%c") ? "%c" : "%u";
                findings.warning(
                        "placeholder-in-topic",
                        placed.within(filter.indexOf(name)),
                        "%c and %u are two ordinary characters in a topic rule: it matches the letters \"" + name
                                + "\" themselves",
                        "the client's own identifier or account",
                        "`pattern " + rule.permission().word() + " " + Words.shown(filter)
                                + "`; it then holds for every account");
            }
        }
        if (isLoneAccessWord(filter, acl.line(placed.line()))) {
            findings.error(
                    "missing-filter",
                    placed.place(),
                    "grants reading and writing the topic \"" + filter + "\": the only word is taken for the filter",
                    "a topic filter behind the access word",
                    "`" + rule.kind().word() + " " + filter + " FILTER`");
        }
        filters.characters(placed, this::withoutInvisible);
        filters.reserved(placed);
        ownTopics.rule(placed);
    }

    /** A blank that is no space, as copied from a web page, does not part words either: the access word is then lost. */
    private String withoutInvisible(PlacedRule placed) {
        AccessRule rule = placed.rule();
        return RefusedLineAdvice.repaired(InvisibleCharacters.without(acl.line(placed.line())))
                .orElse(rule.line(rule.filter().strip()));
    }

    private void pattern(PlacedRule placed) {
        AccessRule rule = placed.rule();
        String section = placed.section();
        if (rule.permission() == Permission.DENY && !rule.filter().contains("%")) {
            // Reported where it is held against the other patterns.
            return;
        }
        if (!rule.filter().contains("%c") && !rule.filter().contains("%u")) {
            findings.warning(
                    "pattern-without-placeholder",
                    placed.place(),
                    "holds for every client, anonymous ones and unknown accounts included, with the same topics",
                    section == null
                            ? "a rule with %c or %u, or one for some account"
                            : "a rule for " + Words.shown(section),
                    "`topic " + rule.permission().word() + " " + Words.shown(rule.filter())
                            + "` in the section of each account");
        } else if (!hasWholePlaceholders(rule.filter())) {
            findings.note(
                    "not-for-mosquitto-2.1",
                    placed.place(),
                    "Mosquitto 2.1 takes %c and %u that are not a whole level for two ordinary characters; this broker and"
                            + " Mosquitto 2.0 put the client's own identifier and account there",
                    "a pattern for Mosquitto 2.0",
                    "a filter in which %c or %u stands alone between two /, for both");
        } else if (section != null && !acl.isBehindSections(placed)) {
            findings.note(
                    "pattern-in-section",
                    placed.place(),
                    (rule.permission() == Permission.DENY
                                    ? "holds for every client whose section does not grant the topic"
                                    : "holds for every client")
                            + ", although it stands in the section of " + Words.shown(section),
                    "perhaps a rule for " + Words.shown(section) + " alone, which Mosquitto does not have",
                    "the pattern above the first `user` line or at the end of the file, under a comment");
        }
    }

    private static boolean hasWholePlaceholders(String filter) {
        return Filters.levels(filter).stream()
                .allMatch(level ->
                        level.equals("%c") || level.equals("%u") || !(level.contains("%c") || level.contains("%u")));
    }

    private static boolean isLoneAccessWord(String filter, String line) {
        boolean accessWord =
                filter.equals("read") || filter.equals("write") || filter.equals("readwrite") || filter.equals("deny");
        return accessWord && line.strip().split(" +").length == 2;
    }
}
