package io.alicia.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PolicyDiffTest {

    private static AccessPolicy acl(String name, String... lines) {
        return AclFile.parse(name, String.join("\n", lines)).policy();
    }

    private static List<String> changes(AccessPolicy before, AccessPolicy after) {
        return PolicyDiff.between(before, after).changes().stream()
                .map(PolicyDiff.Change::toString)
                .toList();
    }

    @Test
    void a_narrower_rule_loses_what_it_no_longer_covers_and_keeps_the_rest() {
        assertThat(changes(
                        acl("old.acl", "user app", "topic read alicia/#"),
                        acl("new.acl", "user app", "topic read alicia/sensors/#")))
                .containsExactly("app loses RECEIVE alicia/# except alicia/sensors/# (until now: old.acl:2 "
                        + "`topic read alicia/#`; now: no rule)");
    }

    @Test
    void a_deny_is_a_loss_and_names_the_rule_that_took_it() {
        assertThat(changes(
                        acl("old.acl", "user app", "topic alicia/#"),
                        acl("new.acl", "user app", "topic alicia/#", "topic deny alicia/lock")))
                .containsExactly(
                        "app loses PUBLISH alicia/lock (until now: old.acl:2 `topic readwrite alicia/#`; now: new.acl:3 "
                                + "`topic deny alicia/lock`)",
                        "app loses RECEIVE alicia/lock (until now: old.acl:2 `topic readwrite alicia/#`; now: new.acl:3 "
                                + "`topic deny alicia/lock`)");
    }

    @Test
    void a_rule_that_changed_place_or_words_without_effect_is_no_change() {
        AccessPolicy before = acl("old.acl", "user app", "topic read a/b", "topic read a/#", "user other", "topic x");
        AccessPolicy after = acl("new.acl", "user other", "topic readwrite x", "user app", "topic read a/#");

        assertThat(PolicyDiff.between(before, after).isEmpty()).isTrue();
    }

    @Test
    void patterns_change_everyone_and_stand_with_their_placeholder() {
        AccessPolicy before = acl("old.acl", "user app", "topic read x");
        AccessPolicy after = acl("new.acl", "user app", "topic read x", "pattern write logs/%c/#");

        assertThat(changes(before, after))
                .containsExactly(
                        "an anonymous client gains PUBLISH logs/%c/# (until now: no rule; now: new.acl:3 `pattern write "
                                + "logs/%c/#`)",
                        "app gains PUBLISH logs/%c/# (until now: no rule; now: new.acl:3 `pattern write logs/%c/#`)",
                        "%u gains PUBLISH logs/%c/# (until now: no rule; now: new.acl:3 `pattern write logs/%c/#`)");
    }

    @Test
    void the_first_rules_of_a_house_take_everything_else_away() {
        assertThat(changes(AccessPolicy.unrestricted(), acl("new.acl", "user app", "topic read alicia/#")))
                .contains(
                        "app loses RECEIVE # except alicia/# (until now: no rule; now: no rule)",
                        "an anonymous client loses PUBLISH # (until now: no rule; now: no rule)");
    }

    @Test
    void only_accounts_with_other_rules_are_affected() {
        AccessPolicy before = acl("old.acl", "user a", "topic x", "user b", "topic y");
        AccessPolicy after = acl("new.acl", "user a", "topic x", "user b", "topic z");

        PolicyDiff diff = PolicyDiff.between(before, after);

        assertThat(diff.affects("a")).isFalse();
        assertThat(diff.affects("b")).isTrue();
        assertThat(diff.affects(null)).isFalse();
    }

    @Test
    void every_topic_that_is_decided_differently_lies_in_a_change() {
        long seed = 4_711;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            PolicyGenerator generator = new PolicyGenerator(random.split());
            AccessPolicy before = AclFile.parse("old.acl", generator.aclFile()).policy();
            AccessPolicy after = AclFile.parse("new.acl", generator.aclFile()).policy();
            List<PolicyDiff.Change> changes = PolicyDiff.between(before, after).changes();
            for (String account : before.accounts()) {
                for (String topic : generator.topics(20, List.of(new PolicyGenerator.Client(account, "%c")))) {
                    for (Access access : List.of(Access.PUBLISH, Access.RECEIVE)) {
                        boolean then = before.decide(account, "%c", access, TopicName.of(topic))
                                .allowed();
                        boolean now = after.decide(account, "%c", access, TopicName.of(topic))
                                .allowed();
                        boolean reported = changes.stream()
                                .anyMatch(change ->
                                        change.account().filter(account::equals).isPresent()
                                                && change.access() == access
                                                && change.gained() == now
                                                && Filters.covers(
                                                        Filters.levels(change.topicFilter()), Filters.levels(topic)));
                        if (then != now) {
                            assertThat(reported)
                                    .as("seed %d: %s %s %s", seed, account, access, topic)
                                    .isTrue();
                        }
                    }
                }
            }
        }
    }
}
