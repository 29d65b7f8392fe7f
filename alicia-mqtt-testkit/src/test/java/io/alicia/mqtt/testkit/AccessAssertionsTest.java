package io.alicia.mqtt.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.StandardPolicy;
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
