package io.alicia.mqtt.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.StandardPolicy;
import io.alicia.mqtt.broker.SecurityConfig;
import org.junit.jupiter.api.Test;

class AccessAssertionsTest {

    private final AccessPolicy policy = StandardPolicy.of();

    @Test
    void says_nothing_where_the_policy_is_as_expected() {
        AccessAssertions.assertThat(policy)
                .account("esp32_device")
                .mayPublish("alicia/sensors/hall", "alicia/devices/hall/status")
                .mayNotPublish("alicia/devices/hall/command")
                .mayReceive("alicia/devices/hall/command")
                .mayNotReceive("alicia/sensors/hall")
                .maySubscribe("#");
    }

    @Test
    void prints_each_decision_with_the_rule_behind_it() {
        assertThatThrownBy(() -> AccessAssertions.assertThat(policy)
                        .account("mobile_app")
                        .mayPublish("alicia/commands/hall", "alicia/sensors/hall"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected to be allowed")
                .hasMessageContaining("denied PUBLISH alicia/sensors/hall by mobile_app")
                .hasMessageContaining("nearest: `topic read alicia/sensors/#`")
                .hasMessageNotContaining("alicia/commands/hall");
        assertThatThrownBy(() -> AccessAssertions.assertThat(policy)
                        .account("mobile_app")
                        .mayNotReceive("alicia/sensors/hall"))
                .hasMessageContaining("allowed RECEIVE alicia/sensors/hall")
                .hasMessageContaining("`topic read alicia/sensors/#`");
    }

    @Test
    void knows_that_an_account_is_not_there() {
        assertThatThrownBy(() -> AccessAssertions.assertThat(policy).account("mobile-app"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("mobile-app")
                .hasMessageContaining("mobile_app");
    }

    @Test
    void knows_that_an_account_is_not_there_also_where_there_are_rules_for_every_client() {
        AccessPolicy perDevice = StandardPolicy.of(StandardPolicy.Option.PER_DEVICE);

        assertThatThrownBy(() ->
                        AccessAssertions.assertThat(perDevice).account("ap").mayNotPublish("alicia/commands/hall"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("\"ap\"")
                .hasMessageContaining("mobile_app")
                .hasMessageContaining("accountWithoutRules");
        assertThatThrownBy(() -> AccessAssertions.assertThat(perDevice).accountWithoutRules("mobile_app"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("rules of its own");
    }

    @Test
    void refuses_to_say_something_about_no_topic() {
        AccountAssert app = AccessAssertions.assertThat(policy).account("mobile_app");

        assertThatThrownBy(app::mayPublish).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(app::mayNotReceive).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(app::maySubscribe).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knows_what_rules_for_every_client_give_to_an_account_without_rules_of_its_own() {
        AccessPolicy perAccount =
                AccessPolicy.builder().everyClient().mayPublish("of/%u/#").build();

        AccessAssertions.assertThat(perAccount)
                .accountWithoutRules("kitchen")
                .mayPublish("of/kitchen/temperature")
                .mayNotPublish("of/hall/temperature");
    }

    @Test
    void asks_a_broker_for_the_policy_that_it_has_now() {
        AccessPolicy before =
                AccessPolicy.builder().account("app").mayPublish("old").build();
        AccessPolicy after =
                AccessPolicy.builder().account("app").mayPublish("new").build();
        try (TestBroker broker = TestBroker.start(before)) {
            AccessAssertions.assertThat(broker).account("app").mayPublish("old").mayNotPublish("new");

            broker.broker().reload(SecurityConfig.builder().access(after).build());

            AccessAssertions.assertThat(broker).account("app").mayPublish("new").mayNotPublish("old");
        }
    }

    @Test
    void looks_at_patterns_with_the_client_identifier() {
        AccessPolicy perClient = AccessPolicy.builder()
                .account("esp32")
                .mayPublish("all/x")
                .everyClient()
                .mayPublish("of/%c/#")
                .build();

        AccessAssertions.assertThat(perClient)
                .account("esp32")
                .withClientIdentifier("hall-1")
                .mayPublish("of/hall-1/temperature")
                .mayNotPublish("of/hall-2/temperature");
    }
}
