package io.alicia.mqtt.access;

import static io.alicia.mqtt.access.RolesFixture.HOUSE;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Who gains and who loses the right to subscribe to what. */
class SubscribeComparisonTest {

    @Test
    void a_change_of_the_rights_to_subscribe_is_told_with_its_rule() {
        AccessPolicy before = DynamicSecurity.parse("old.json", HOUSE).policy();

        assertThat(changes(
                        before,
                        HOUSE.replace(
                                "\"subscribePattern\", \"topic\": \"secret/#\"",
                                "\"subscribePattern\", \"topic\": \"secret/+\"")))
                .contains("app gains SUBSCRIBE secret/# except secret/+, exactly secret/# (until now: old.json:16 "
                        + "`subscribePattern secret/# deny` of role reader; now: allowed without a rule)");
        assertThat(changes(
                        before,
                        HOUSE.replace(
                                "\"subscribeLiteral\", \"topic\": \"secret/#\"",
                                "\"subscribeLiteral\", \"topic\": \"x\"")))
                .contains(
                        "hall loses SUBSCRIBE exactly secret/# (until now: old.json:17 `subscribeLiteral secret/# allow` of role "
                                + "reader; now: new.json:16 `subscribePattern secret/# deny` of role reader)");
        assertThat(changes(before, HOUSE.replace("\"subscribe\": true", "\"subscribe\": false")))
                .contains("gone loses SUBSCRIBE # (until now: allowed without a rule; now: no rule)");
    }

    private static List<String> changes(AccessPolicy before, String after) {
        return PolicyDiff.between(
                        before, DynamicSecurity.parse("new.json", after).policy())
                .changes()
                .stream()
                .map(PolicyDiff.Change::toString)
                .toList();
    }

    @Test
    void every_filter_that_is_accepted_differently_lies_in_a_change() {
        long seed = 20_261_127L;
        SplittableRandom random = new SplittableRandom(seed);
        int different = 0;
        for (int round = 0; round < 500; round++) {
            AccessPolicy before = randomRoles(random);
            AccessPolicy after = randomRoles(random);
            List<PolicyDiff.Change> changes = PolicyDiff.between(before, after).changesOf("a");
            for (int question = 0; question < 30; question++) {
                String filter = randomFilter(random);
                boolean then =
                        before.decideSubscribe("a", "c", TopicFilter.of(filter)).allowed();
                boolean now =
                        after.decideSubscribe("a", "c", TopicFilter.of(filter)).allowed();
                if (then != now) {
                    different++;
                    assertThat(changes)
                            .as("seed %d, round %d: %s", seed, round, filter)
                            .anyMatch(change -> change.access() == Access.SUBSCRIBE
                                    && change.gained() == now
                                    && concerns(change, filter));
                } else {
                    assertThat(changes)
                            .as("seed %d, round %d: exactly %s", seed, round, filter)
                            .noneMatch(change ->
                                    change.literal() && change.topicFilter().equals(filter));
                }
            }
        }
        assertThat(different).as("filters that are accepted differently").isGreaterThan(1_000);
    }

    private static boolean concerns(PolicyDiff.Change change, String filter) {
        boolean within = change.topicFilter().equals("$…/#")
                ? filter.startsWith("$")
                : SubscribeRules.covers(change.topicFilter(), filter);
        return (change.literal() ? change.topicFilter().equals(filter) : within)
                && change.except().stream().noneMatch(gap -> switch (gap) {
                    case "filters with a wildcard" -> SubscribeRules.hasWildcard(filter);
                    case "filters without a wildcard" -> !SubscribeRules.hasWildcard(filter);
                    default ->
                        gap.startsWith("exactly ")
                                ? gap.equals("exactly " + filter)
                                : SubscribeRules.covers(gap, filter);
                });
    }

    private static AccessPolicy randomRoles(SplittableRandom random) {
        List<AccessRule> rules = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            if (random.nextInt(8) == 0) {
                rules.add(AccessRule.withoutWildcards(null, "r"));
            }
            rules.add(AccessRule.ofRole(
                    random.nextBoolean() ? AccessRule.Kind.SUBSCRIBE_LITERAL : AccessRule.Kind.SUBSCRIBE_PATTERN,
                    random.nextBoolean(),
                    randomFilter(random),
                    null,
                    "r"));
        }
        return AccessPolicy.ofRoles(Map.of("a", rules), List.of(), random.nextBoolean() ? Access.SUBSCRIBE.bit() : 0);
    }

    private static String randomFilter(SplittableRandom random) {
        List<String> levels = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            levels.add(List.of("a", "b", "+", "$x", "").get(random.nextInt(5)));
        }
        if (random.nextInt(3) == 0) {
            levels.add("#");
        }
        String filter = String.join("/", levels);
        return filter.isEmpty() ? "#" : filter;
    }
}
