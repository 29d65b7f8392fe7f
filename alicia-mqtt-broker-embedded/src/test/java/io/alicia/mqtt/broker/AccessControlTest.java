package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.Authenticator;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.protocol.Suback;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessControlTest {

    private static final AccessPolicy POLICY = AccessPolicy.builder()
            .account("sensor")
            .mayPublish("sensors/#")
            .account("app")
            .mayPublish("#")
            .mayReceive("sensors/#")
            .build();

    private final List<String> told = new CopyOnWriteArrayList<>();
    private static final List<Account> ACCOUNTS =
            List.of(Account.of("sensor", PasswordHash.plain("s3cret")), Account.of("app", PasswordHash.plain("t0p")));

    private final EmbeddedBroker broker = EmbeddedBroker.builder()
            .tcp(0)
            .accounts(ACCOUNTS)
            .access(POLICY)
            .brokerListener(new BrokerListener() {
                @Override
                public void denied(Decision decision) {
                    told.add(decision.toString());
                }

                @Override
                public void refused(ClientInfo client, ReasonCode reasonCode, String reason) {
                    told.add("refused " + client.clientIdentifier() + ": " + reason);
                }
            })
            .start();

    @AfterEach
    void stop() {
        broker.close();
    }

    private static SecurityConfig house(AccessPolicy policy) {
        return SecurityConfig.builder().accounts(ACCOUNTS).access(policy).build();
    }

    private RawClient sensor(RawClient client) {
        assertThat(client.connect("sensor-1", "sensor", "s3cret").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
        return client;
    }

    private RawClient app(RawClient client) {
        assertThat(client.connect("app-1", "app", "t0p").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
        return client;
    }

    @Test
    void refuses_clients_without_account_unknown_ones_and_wrong_passwords_alike() {
        try (RawClient anonymous = RawClient.v5(broker);
                RawClient unknown = RawClient.v5(broker);
                RawClient wrong = RawClient.v3(broker)) {
            assertThat(anonymous.connect("a").reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(unknown.connect("b", "nobody", "x").reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(wrong.connect("c", "sensor", "x").reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);

            anonymous.expectClosed();
            unknown.expectClosed();
            wrong.expectClosed();
            assertThat(told)
                    .containsExactlyInAnyOrder(
                            "refused a: anonymous clients are not allowed",
                            "refused b: there is no such account",
                            "refused c: the password is wrong");
            assertThat(broker.counters().clientsRefused().sum()).isEqualTo(3);
        }
    }

    @Test
    void tells_an_mqtt_5_publisher_that_it_was_denied_and_keeps_the_connection() {
        try (RawClient client = sensor(RawClient.v5(broker));
                RawClient app = app(RawClient.v5(broker)).subscribed("#", Qos.EXACTLY_ONCE)) {
            client.publish("lights/hall", "on", Qos.AT_LEAST_ONCE, false, 1);
            assertThat(client.receive(Puback.class)).isEqualTo(new Puback(1, ReasonCode.NOT_AUTHORIZED));
            client.publish("lights/hall", "on", Qos.EXACTLY_ONCE, false, 2);
            assertThat(client.receive(Pubrec.class)).isEqualTo(new Pubrec(2, ReasonCode.NOT_AUTHORIZED));
            client.publishAndAwait("lights/hall", "on", Qos.AT_MOST_ONCE, false);

            app.expectNothingMore();
            assertThat(broker.counters().dropped(DropCause.PUBLISH_DENIED).sum())
                    .isEqualTo(3);
            assertThat(told)
                    .hasSize(3)
                    .containsOnly("denied PUBLISH lights/hall by sensor (client sensor-1): no rule matched");
        }
    }

    @Test
    void drops_a_denied_mqtt_3_publish_while_the_publisher_sees_an_acknowledgement() {
        try (RawClient client = sensor(RawClient.v3(broker));
                RawClient app = app(RawClient.v5(broker)).subscribed("#", Qos.EXACTLY_ONCE)) {
            client.publish("lights/hall", "on", Qos.AT_LEAST_ONCE, false, 1);
            client.receive(Puback.class);
            client.publish("lights/hall", "on", Qos.EXACTLY_ONCE, false, 2);
            client.receive(Pubrec.class);
            client.send(new Pubrel(2));
            client.receive(Pubcomp.class);

            app.expectNothingMore();
            assertThat(broker.counters().dropped(DropCause.PUBLISH_DENIED).sum())
                    .isEqualTo(2);
        }
    }

    @Test
    void accepts_every_subscription_and_filters_at_delivery() {
        try (RawClient app = app(RawClient.v5(broker)).subscribed("#", Qos.AT_LEAST_ONCE);
                RawClient client = sensor(RawClient.v5(broker))) {
            app.publishAndAwait("lights/hall", "on", Qos.AT_MOST_ONCE, false);
            client.publishAndAwait("sensors/hall", "21", Qos.AT_MOST_ONCE, false);

            assertThat(text(app.receivePublish())).isEqualTo("21");
            assertThat(broker.counters().dropped(DropCause.RECEIVE_DENIED).sum())
                    .isEqualTo(1);
        }
    }

    @Test
    void filters_retained_messages_too() {
        try (RawClient app = app(RawClient.v5(broker))) {
            app.publishAndAwait("lights/hall", "on", Qos.AT_LEAST_ONCE, true);
            app.subscribed("#", Qos.AT_LEAST_ONCE);

            app.expectNothingMore();
        }
    }

    @Test
    void refuses_a_subscription_where_the_policy_is_strict() {
        try (RawClient client = sensor(RawClient.v5(broker))) {
            broker.reload(house(POLICY.withStrictSubscriptions()));

            Suback suback = client.subscribe(0, new Subscription(TopicFilter.of("lights/#"), Qos.AT_MOST_ONCE));
            assertThat(suback.reasonCodes()).containsExactly(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void holds_a_new_policy_against_the_next_message_of_a_connected_client() {
        try (RawClient client = sensor(RawClient.v5(broker))) {
            client.publish("sensors/hall", "21", Qos.AT_LEAST_ONCE, false, 1);
            assertThat(client.receive(Puback.class).reasonCode().isError()).isFalse();

            broker.reload(house(
                    AccessPolicy.builder().account("sensor").mayNeither("#").build()));

            client.publish("sensors/hall", "22", Qos.AT_LEAST_ONCE, false, 2);
            assertThat(client.receive(Puback.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void lets_nobody_in_when_the_authenticator_fails() {
        Authenticator throwing = logIn -> {
            throw new IllegalStateException("no database");
        };
        Authenticator failing = logIn -> CompletableFuture.failedFuture(new IllegalStateException("no database"));
        for (Authenticator authenticator : List.of(throwing, failing)) {
            try (EmbeddedBroker own = EmbeddedBroker.builder()
                            .tcp(0)
                            .authenticator(authenticator)
                            .start();
                    RawClient client = RawClient.v5(own)) {
                assertThat(client.connect("c", "a", "b").reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            }
        }
    }

    @Test
    void keeps_filtering_for_a_session_whose_client_is_away() {
        try (RawClient app = RawClient.v5(broker)) {
            app.connect(app.connectPacket("app-1", false, 60, "app", "t0p", null, expiry(100)));
            app.subscribed("#", Qos.AT_LEAST_ONCE);
        }
        Awaitility.await().until(() -> broker.counters().clientsDisconnected().sum() == 1);
        try (RawClient other = RawClient.v5(broker)) {
            other.connect("app-2", "app", "t0p");
            other.publishAndAwait("lights/hall", "on", Qos.AT_LEAST_ONCE, false);
            other.publishAndAwait("sensors/hall", "21", Qos.AT_LEAST_ONCE, false);
        }

        try (RawClient app = RawClient.v5(broker)) {
            app.connect(app.connectPacket("app-1", false, 60, "app", "t0p", null, expiry(100)));
            assertThat(text(app.receivePublish())).isEqualTo("21");
            app.expectNothingMore();
        }
    }
}
