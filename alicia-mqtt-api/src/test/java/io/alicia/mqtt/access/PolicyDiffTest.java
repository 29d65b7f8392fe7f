package io.alicia.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** An account of rooms and kinds: each room's filter overlaps each kind's. */
    private static List<String> roomsAndKinds(int each) {
        List<String> lines = new ArrayList<>(List.of("user a"));
        for (int i = 0; i < each; i++) {
            lines.add("topic read alicia/room" + i + "/+");
            lines.add("topic read alicia/+/kind" + i);
        }
        return lines;
    }

    private static AccessPolicy acl(String name, List<String> lines, String... more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return acl(name, all.toArray(new String[0]));
    }

    @Test
    void one_more_rule_is_found_among_many_that_overlap() {
        List<String> lines = roomsAndKinds(33);

        assertThat(changes(acl("old.acl", lines), acl("new.acl", lines, "topic write alicia/lock/command")))
                .containsExactly(
                        "a gains PUBLISH alicia/lock/command (until now: no rule; now: new.acl:68 `topic write "
                                + "alicia/lock/command`)");
        assertThat(changes(acl("old.acl", lines), acl("new.acl", lines, "topic deny alicia/room1/kind2")))
                .containsExactly(
                        "a loses RECEIVE alicia/room1/kind2 (until now: old.acl:4 `topic read alicia/room1/+`; "
                                + "now: new.acl:68 `topic deny alicia/room1/kind2`)");
    }

    @Test
    void rules_that_overlap_in_too_many_ways_are_named_and_never_called_no_change() {
        List<String> lines = roomsAndKinds(80);

        PolicyDiff diff = PolicyDiff.between(acl("old.acl", lines), acl("new.acl", lines, "topic write #"));

        assertThat(diff.changes()).isEmpty();
        assertThat(diff.isEmpty()).isFalse();
        assertThat(diff.unfinished())
                .hasToString("[a has other rules, but they overlap in too many ways to say who gains or loses which "
                        + "topics; gone: nothing; new: new.acl:162 `topic write #`]");
        assertThat(diff.unfinishedOf("a")).isPresent();
        assertThat(diff.unfinishedOf("b")).isEmpty();
        assertThat(diff).hasToString("0 gains, 0 losses, not compared: 1");
    }

    @Test
    void a_hundred_thousand_rules_of_one_account_are_compared_in_time() {
        List<String> lines = new ArrayList<>(List.of("user a"));
        List<String> others = new ArrayList<>(List.of("user a"));
        for (int i = 0; i < 100_000; i++) {
            lines.add("topic read alicia/x" + i);
            others.add("topic read alicia/y" + i);
        }
        AccessPolicy before = acl("old.acl", lines);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(changes(before, acl("new.acl", lines, "topic write alicia/lock/+")))
                    .hasSize(1);
            PolicyDiff all = PolicyDiff.between(before, acl("new.acl", others));
            assertThat(all.isEmpty()).isFalse();
            assertThat(all.unfinished().get(0).toString()).endsWith("and 99980 more, not shown");
        });
    }

    @Test
    void roles_are_compared_in_their_order() {
        AccessRule allow = AccessRule.ofRole(AccessRule.Kind.PUBLISH_CLIENT_SEND, true, "a/#", null, "r");
        AccessRule deny = AccessRule.ofRole(AccessRule.Kind.PUBLISH_CLIENT_SEND, false, "a/b", null, "r");
        AccessRule other = AccessRule.ofRole(AccessRule.Kind.PUBLISH_CLIENT_SEND, true, "c", null, "r");

        AccessPolicy before = AccessPolicy.ofRoles(Map.of("x", List.of(deny, other, allow)), List.of(), 0);
        AccessPolicy moved = AccessPolicy.ofRoles(Map.of("x", List.of(other, deny, allow)), List.of(), 0);
        AccessPolicy late = AccessPolicy.ofRoles(Map.of("x", List.of(allow, other, deny)), List.of(), 0);

        assertThat(changes(before, moved)).isEmpty();
        assertThat(changes(before, late))
                .containsExactly("x gains PUBLISH a/b (until now: `publishClientSend a/b deny` of role r; now: "
                        + "`publishClientSend a/# allow` of role r)");
    }

    private static AccessPolicy without(String file, int line) {
        List<String> lines = new ArrayList<>(file.lines().toList());
        lines.remove(line);
        return acl("new.acl", lines);
    }

    @Test
    void every_topic_that_is_decided_differently_lies_in_a_change() {
        long seed = 4_711;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            PolicyGenerator generator = new PolicyGenerator(random.split());
            String file = generator.aclFile();
            AccessPolicy before = AclFile.parse("old.acl", file).policy();
            // Another file, or the same without one of its lines.
            AccessPolicy after = round % 2 == 0
                    ? AclFile.parse("new.acl", generator.aclFile()).policy()
                    : without(file, random.nextInt(file.lines().toList().size()));
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
