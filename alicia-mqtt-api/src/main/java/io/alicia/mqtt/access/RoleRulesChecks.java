package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with single rules of roles, and with the rules of one role together, whoever has it. */
final class RoleRulesChecks {

    private final Map<String, List<AccessRule>> roles;
    private final Findings findings;
    private final FilterChecks filters;
    private final SysTopicChecks ownTopics;

    RoleRulesChecks(Map<String, List<AccessRule>> roles, Findings findings) {
        this.roles = roles;
        this.findings = findings;
        this.filters = new FilterChecks(findings);
        this.ownTopics = new SysTopicChecks(findings);
    }

    void run() {
        List<PlacedRule> all = new ArrayList<>();
        roles.values()
                .forEach(rules -> rules.stream()
                        .filter(rule -> rule.kind() != Kind.ALLOW_WILDCARD_SUBS)
                        .forEach(rule -> all.add(PlacedRule.ofRole(rule))));
        all.forEach(this::single);
        new HouseTopicChecks(all, findings).run();
    }

    private void single(PlacedRule placed) {
        if (!filters.hasForeignPlaceholder(placed)) {
            placeholders(placed);
        }
        filters.characters(
                placed,
                rule -> rule.rule().line(InvisibleCharacters.without(rule.rule().filter())));
        filters.reserved(placed);
        ownTopics.rule(placed);
    }

    private void placeholders(PlacedRule placed) {
        AccessRule rule = placed.rule();
        String filter = rule.filter();
        if (!filter.contains("%c") && !filter.contains("%u")) {
            return;
        }
        boolean wholeLevels = Filters.levels(filter).stream()
                .allMatch(level ->
                        level.equals("%c") || level.equals("%u") || !(level.contains("%c") || level.contains("%u")));
        if (rule.kind() == Kind.SUBSCRIBE_LITERAL) {
            findings.warning(
                    "placeholder-in-topic",
                    placed.place(),
                    "%c and %u are two ordinary characters in a subscribeLiteral: it holds for the filter "
                            + Words.shown(filter) + " itself",
                    "the client's own identifier or account",
                    "`subscribePattern " + Words.shown(filter) + " "
                            + rule.permission().word() + "`");
        } else if (!wholeLevels) {
            findings.warning(
                    "placeholder-in-topic",
                    placed.place(),
                    "%c and %u stand for the client's own identifier and account only where they are a whole level: "
                            + Words.shown(filter) + " matches these characters",
                    "the client's own identifier or account",
                    "a filter in which %c or %u stands alone between two /");
        } else {
            findings.note(
                    RolesReader.NOT_FOR_2_0,
                    placed.place(),
                    "Mosquitto 2.0 takes %c and %u in a role for two ordinary characters, so that the rule matches "
                            + Words.shown(filter) + " itself; this broker and Mosquitto 2.1 put the client's own"
                            + " identifier and account there",
                    "a rule for Mosquitto 2.1",
                    "the same, or a role for each client where Mosquitto 2.0 has to read the file");
        }
    }
}
