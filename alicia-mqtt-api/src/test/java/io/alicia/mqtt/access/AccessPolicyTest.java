package io.alicia.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {

    private static Decision decide(AccessPolicy policy, String account, Access access, String topic) {
        return policy.decide(account, "client-1", access, TopicName.of(topic));
    }

    private static AccessPolicy acl(String... lines) {
        return AclFile.parse("house.acl", String.join("\n", lines)).policy();
    }

    @Test
    void the_rules_that_match_but_lose_came_close_the_opposite_ones_first() {
        AccessPolicy policy = AclFile.parse("acl", """
            user a
            topic readwrite #
            topic deny alicia/#
            topic deny alicia/x
            topic read alicia/x
            pattern deny own/%c
            """).policy();

        Decision denied = policy.decide("a", "c", Access.PUBLISH, TopicName.of("alicia/x"));
        Decision granted = policy.decide("a", "c", Access.RECEIVE, TopicName.of("own/c"));

        assertThat(denied.rule()).hasToString("Optional[acl:4 `topic deny alicia/x`]");
        assertThat(denied.nearest())
                .extracting(AccessRule::toString)
                .containsExactly("acl:2 `topic readwrite #`", "acl:3 `topic deny alicia/#`");
        assertThat(granted.nearest()).extracting(AccessRule::toString).containsExactly("acl:6 `pattern deny own/%c`");
        assertThat(policy.decide("a", "c", Access.RECEIVE, TopicName.of("other"))
                        .nearest())
                .isEmpty();
        assertThat(AclFile.parse("acl", "user a\ntopic write $SYS/#\n")
                        .policy()
                        .decide("a", "c", Access.PUBLISH, TopicName.of("$SYS/x"))
                        .nearest())
                .extracting(AccessRule::toString)
                .containsExactly("acl:2 `topic write $SYS/#`");
    }

    @Test
    void what_no_rule_grants_is_denied_and_the_sentence_names_the_nearest_rule() {
        AccessPolicy policy = acl("user kitchen", "topic read alicia/#");

        assertThat(policy.decide("kitchen", "", Access.PUBLISH, TopicName.of("alicia/kitchen/lock")))
                .hasToString("denied PUBLISH alicia/kitchen/lock by kitchen: no rule matched; nearest: house.acl:2 "
                        + "`topic read alicia/#`");
    }

    @Test
    void the_deciding_rule_is_named_with_file_and_line() {
        AccessPolicy policy = acl("user kitchen", "topic read alicia/#", "topic deny alicia/secret/#");

        assertThat(decide(policy, "kitchen", Access.RECEIVE, "alicia/hall").rule())
                .hasValueSatisfying(rule -> assertThat(rule).hasToString("house.acl:2 `topic read alicia/#`"));
        assertThat(decide(policy, "kitchen", Access.RECEIVE, "alicia/secret"))
                .hasToString("denied RECEIVE alicia/secret by kitchen (client client-1): "
                        + "house.acl:3 `topic deny alicia/secret/#`");
    }

    @Test
    void a_deny_holds_wherever_it_stands_in_its_section() {
        AccessPolicy policy = acl("user a", "topic readwrite x/#", "topic deny x/y");

        assertThat(decide(policy, "a", Access.PUBLISH, "x/y").denied()).isTrue();
        assertThat(decide(policy, "a", Access.PUBLISH, "x/z").allowed()).isTrue();
    }

    @Test
    void rules_before_the_first_user_hold_for_anonymous_clients_alone() {
        AccessPolicy policy = acl("topic read x", "user a", "topic read y");

        assertThat(policy.decide(null, "c", Access.RECEIVE, TopicName.of("x")).allowed())
                .isTrue();
        assertThat(decide(policy, "a", Access.RECEIVE, "x").denied()).isTrue();
    }

    @Test
    void a_grant_of_the_section_is_asked_before_a_deny_of_the_patterns() {
        AccessPolicy policy = acl("pattern deny x/%c", "user a", "topic read x/#");

        assertThat(decide(policy, "a", Access.RECEIVE, "x/client-1").allowed()).isTrue();
    }

    @Test
    void patterns_stand_for_client_identifier_and_account_and_hold_for_everyone() {
        AccessPolicy policy = acl("user a", "pattern write x/%c/%u/#");

        assertThat(decide(policy, "b", Access.PUBLISH, "x/client-1/b/t").allowed())
                .isTrue();
        assertThat(decide(policy, "b", Access.PUBLISH, "x/client-1/a/t").denied())
                .isTrue();
        assertThat(policy.decide(null, "client-1", Access.PUBLISH, TopicName.of("x/client-1/b"))
                        .denied())
                .isTrue();
    }

    @Test
    void a_wildcard_in_a_name_does_not_widen_a_pattern() {
        AccessPolicy policy = acl("pattern read x/%c", "pattern read y/#");

        Decision decision = policy.decide("a", "#", Access.RECEIVE, TopicName.of("x/other"));

        assertThat(decision.reason()).isEqualTo(Decision.Reason.DANGEROUS_NAME);
        assertThat(policy.decide("+", "c", Access.RECEIVE, TopicName.of("y/z")).denied())
                .isTrue();
    }

    @Test
    void a_leading_wildcard_does_not_reach_reserved_topics_and_nobody_publishes_to_sys() {
        AccessPolicy policy = acl("user a", "topic #", "topic $SYS/#", "topic $share/#");

        assertThat(decide(policy, "a", Access.RECEIVE, "$SYS/broker/uptime").allowed())
                .isTrue();
        assertThat(decide(policy, "a", Access.RECEIVE, "$other/x").denied()).isTrue();
        assertThat(decide(policy, "a", Access.PUBLISH, "$SYS/broker/uptime").reason())
                .isEqualTo(Decision.Reason.RESERVED_TOPIC);
        assertThat(decide(policy, "a", Access.PUBLISH, "$SYS/broker/connection/b/state")
                        .allowed())
                .isTrue();
        assertThat(decide(policy, "a", Access.PUBLISH, "$share/x").denied()).isTrue();
    }

    @Test
    void a_subscription_is_accepted_unless_the_policy_is_strict_and_it_can_receive_nothing() {
        AccessPolicy policy = acl("user a", "topic read x/+/y", "topic write z", "topic deny x/no/#");
        AccessPolicy strict = policy.withStrictSubscriptions();

        assertThat(policy.decideSubscribe("a", "c", TopicFilter.of("z")).allowed())
                .isTrue();
        assertThat(strict.decideSubscribe("a", "c", TopicFilter.of("#")).allowed())
                .isTrue();
        assertThat(strict.decideSubscribe("a", "c", TopicFilter.of("$share/g/x/#"))
                        .allowed())
                .isTrue();
        assertThat(strict.decideSubscribe("a", "c", TopicFilter.of("z")).reason())
                .isEqualTo(Decision.Reason.RECEIVES_NOTHING);
        assertThat(strict.accessOf("a", "c").maySubscribe(TopicFilter.of("x/no/y")))
                .isFalse();
        assertThat(strict.accessOf("a", "c").maySubscribe(TopicFilter.of("x/+/y/z")))
                .isFalse();
    }

    @Test
    void the_compiled_access_answers_as_the_policy_again_and_again() {
        AccessPolicy policy = acl("user a", "topic write x/#", "topic read y", "topic deny x/no");
        AccountAccess access = policy.accessOf("a", "c");

        for (int round = 0; round < 3; round++) {
            assertThat(access.mayPublish("x/1")).isTrue();
            assertThat(access.mayReceive("x/1")).isFalse();
            assertThat(access.mayReceive("y")).isTrue();
            assertThat(access.mayPublish("x/no")).isFalse();
        }
    }

    @Test
    void a_control_character_in_a_name_does_not_break_the_log_line() {
        assertThat(AccessPolicy.builder()
                        .build()
                        .decide("a\nallowed", "c\u001b[31m", Access.PUBLISH, TopicName.ofReceived("x\ry"))
                        .toString())
                .isEqualTo("denied PUBLISH x\\u000dy by a\\u000aallowed (client c\\u001b[31m): no rule matched");
    }

    @Test
    void the_builder_and_the_file_say_the_same() {
        AccessPolicy built = AccessPolicy.builder()
                .anonymous()
                .mayReceive("hello")
                .account("a")
                .mayPublish("x")
                .mayPublishAndReceive("y y")
                .mayNeither("z")
                .everyClient()
                .mayPublish("logs/%c")
                .build();

        assertThat(acl(
                        "topic read hello",
                        "user a",
                        "topic write x",
                        "topic y y".replace("y y", "readwrite y y"),
                        "pattern write logs/%c",
                        "topic deny z"))
                .isEqualTo(built);
        assertThat(AclFile.of("house.acl", built).policy()).isEqualTo(built);
    }

    @Test
    void the_standard_accounts_may_what_the_contract_says() {
        AccessPolicy house = StandardPolicy.of();

        assertThat(decide(house, "alicia", Access.RECEIVE, "$SYS/broker/uptime").allowed())
                .isTrue();
        assertThat(decide(house, "esp32_device", Access.PUBLISH, "alicia/sensors/hall/temperature")
                        .allowed())
                .isTrue();
        assertThat(decide(house, "esp32_device", Access.PUBLISH, "alicia/devices/bulb/command")
                        .denied())
                .isTrue();
        assertThat(decide(house, "mobile_app", Access.RECEIVE, "alicia/voice/command")
                        .denied())
                .isTrue();
        assertThat(house.accounts()).doesNotContain("sonos_speaker");
        assertThat(StandardPolicy.of(StandardPolicy.Option.SONOS_SPEAKER).accounts())
                .contains("sonos_speaker");
    }

    @Test
    void the_strict_variant_gives_each_device_its_own_subtree() {
        AccessPolicy house = StandardPolicy.of(StandardPolicy.Option.PER_DEVICE);

        assertThat(house.decide("esp32_device", "hall", Access.PUBLISH, TopicName.of("alicia/sensors/hall/t"))
                        .allowed())
                .isTrue();
        assertThat(house.decide("esp32_device", "hall", Access.PUBLISH, TopicName.of("alicia/sensors/kitchen/t"))
                        .denied())
                .isTrue();
    }

    @Test
    void nobody_receives_what_is_published_to_the_brokers_controls() {
        AccessPolicy policy = AccessPolicy.builder()
                .account("admin")
                .mayPublish("$CONTROL/#")
                .mayReceive("$CONTROL/#")
                .build();

        assertThat(policy.decide("admin", "c", Access.PUBLISH, TopicName.of("$CONTROL/x"))
                        .allowed())
                .isTrue();
        assertThat(policy.decide("admin", "c", Access.RECEIVE, TopicName.of("$CONTROL/x")))
                .hasToString("denied RECEIVE $CONTROL/x by admin (client c): what is published to $CONTROL goes to the"
                        + " broker alone");
        assertThat(policy.accessOf("admin", "c").mayReceive("$CONTROL/x")).isFalse();
        assertThat(policy.accessOf("admin", "c").mayReceive("$CONTROL")).isTrue();
        assertThat(policy.accessOf("admin", "c").mayReceive("$CONTROL/dynamic-security/v1/response"))
                .as("a plugin answers there")
                .isTrue();
        assertThat(AccessPolicy.unrestricted().accessOf("a", "c").mayReceive("$CONTROL/x"))
                .isFalse();
    }
}
