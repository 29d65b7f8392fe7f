package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.Authenticator;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A builder that is given a configuration, and accounts or rights besides it. */
class SecurityBesidesConfigTest {

    private static final SecurityConfig HOUSE = SecurityConfig.builder()
            .addAccounts(Account.of("kitchen", PasswordHash.plain("secret")))
            .access(AccessPolicy.builder()
                    .account("kitchen")
                    .mayPublish("rooms/#")
                    .account("extra")
                    .mayPublish("extra/#")
                    .build())
            .build();
    private static final BrokerConfig CONFIG = BrokerConfig.builder()
            .addListeners(ListenerConfig.tcp(0))
            .security(HOUSE)
            .build();

    private static ReasonCode connect(EmbeddedBroker broker, String account) {
        try (RawClient client = RawClient.v5(broker)) {
            return client.connect("c", account, "secret").reasonCode();
        }
    }

    private static boolean mayPublish(EmbeddedBroker broker, String account, String topic) {
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", account, "secret").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            client.publish(topic, "x", Qos.AT_LEAST_ONCE, false, 1);
            return client.receive(Puback.class).reasonCode() != ReasonCode.NOT_AUTHORIZED;
        }
    }

    private static void expectTheHouseAndExtra(EmbeddedBroker broker) {
        assertThat(mayPublish(broker, "kitchen", "rooms/kitchen")).isTrue();
        assertThat(mayPublish(broker, "kitchen", "extra/1")).isFalse();
        assertThat(mayPublish(broker, "extra", "extra/1")).isTrue();
        assertThat(mayPublish(broker, "extra", "rooms/kitchen")).isFalse();
    }

    @Test
    void an_account_is_added_and_the_rules_of_the_configuration_hold_for_it() {
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                .config(CONFIG)
                .account("extra", "secret")
                .start()) {
            expectTheHouseAndExtra(broker);
        }
    }

    @Test
    void the_configuration_may_come_last() {
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                .account("extra", "secret")
                .config(CONFIG)
                .start()) {
            expectTheHouseAndExtra(broker);
        }
    }

    @Test
    void letting_in_who_has_no_account_leaves_accounts_and_rules_as_they_are() {
        try (EmbeddedBroker broker =
                        EmbeddedBroker.builder().config(CONFIG).allowAnonymous().start();
                RawClient nobody = RawClient.v5(broker).connected("nobody")) {
            nobody.publish("rooms/kitchen", "x", Qos.AT_LEAST_ONCE, false, 1);

            assertThat(nobody.receive(Puback.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(mayPublish(broker, "kitchen", "rooms/kitchen")).isTrue();
            assertThat(mayPublish(broker, "kitchen", "extra/1")).isFalse();
        }
    }

    @Test
    void a_policy_takes_the_place_of_the_configurations_for_its_accounts() {
        AccessPolicy other =
                AccessPolicy.builder().account("kitchen").mayPublish("extra/#").build();
        try (EmbeddedBroker broker =
                EmbeddedBroker.builder().config(CONFIG).access(other).start()) {
            assertThat(mayPublish(broker, "kitchen", "extra/1")).isTrue();
            assertThat(mayPublish(broker, "kitchen", "rooms/kitchen")).isFalse();
        }
    }

    @Test
    void an_authenticator_takes_the_place_of_the_accounts_and_the_rules_hold() {
        Authenticator accounts =
                Authenticator.passwords(List.of(Account.of("extra", PasswordHash.plain("secret"))), Runnable::run);
        try (EmbeddedBroker broker =
                EmbeddedBroker.builder().config(CONFIG).authenticator(accounts).start()) {
            assertThat(connect(broker, "kitchen")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(mayPublish(broker, "extra", "rooms/kitchen")).isFalse();
        }
    }

    @Test
    void a_listener_with_rules_of_its_own_keeps_them() {
        BrokerConfig guarded = BrokerConfig.builder()
                .addListeners(ListenerConfig.builder().security(HOUSE).build())
                .build();
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                .config(guarded)
                .account("extra", "secret")
                .start()) {
            assertThat(connect(broker, "extra")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(mayPublish(broker, "kitchen", "extra/1")).isFalse();
        }
    }
}
