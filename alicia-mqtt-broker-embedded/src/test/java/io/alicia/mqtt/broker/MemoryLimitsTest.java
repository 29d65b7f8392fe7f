package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Unsuback;
import io.alicia.mqtt.broker.protocol.Unsubscribe;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is not payload takes memory as well: names of 60 kB in small packets must not take more than there is. */
class MemoryLimitsTest {

    private static final String LONG = "x".repeat(60_000);
    /** Room for two things with such a name, not for three. */
    private static final int TWO = 400_000;

    private EmbeddedBroker broker = start(config -> {});

    private static EmbeddedBroker start(Consumer<BrokerConfig.Builder> limits) {
        return EmbeddedBroker.builder()
                .tcp(0)
                .allowAnonymous()
                .configure(limits)
                .start();
    }

    private void restart(Consumer<BrokerConfig.Builder> limits) {
        broker.close();
        broker = start(limits);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static PublishProperties large() {
        return PublishProperties.builder()
                .addUserProperties(new UserProperty("k", LONG))
                .build();
    }

    private long dropped(DropCause cause) {
        return broker.counters().dropped(cause).sum();
    }

    @Test
    void topics_and_properties_of_retained_messages_count() {
        restart(config -> config.maxRetainedBytes(TWO));
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.publishAndAwait("1/" + LONG, "x", Qos.AT_MOST_ONCE, true);
            client.publish("2", "x", Qos.AT_LEAST_ONCE, true, 1, large());
            client.receive(Puback.class);
            assertThat(dropped(DropCause.RETAINED_LIMIT)).isZero();

            client.publishAndAwait("3/" + LONG, "x", Qos.AT_MOST_ONCE, true);
            client.publish("4", "x", Qos.AT_LEAST_ONCE, true, 1, large());
            client.receive(Puback.class);
            assertThat(dropped(DropCause.RETAINED_LIMIT)).isEqualTo(2);

            client.publishAndAwait("1/" + LONG, "", Qos.AT_MOST_ONCE, true);
            client.publishAndAwait("3/" + LONG, "x", Qos.AT_MOST_ONCE, true);
            assertThat(broker.retained(TopicName.of("3/" + LONG))).isPresent();
        }
    }

    @Test
    void topics_and_properties_of_waiting_messages_count() {
        restart(config -> config.maxHeldBytes(TWO));
        try (RawClient away = RawClient.v5(broker)) {
            away.connect("away", true, RawClient.expiry(600));
            away.subscribed("#", Qos.AT_LEAST_ONCE);
        }
        await().until(() -> broker.connectedClients().isEmpty());
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            for (int i = 1; i <= 2; i++) {
                client.publish("p", "x", Qos.AT_LEAST_ONCE, false, i, large());
                client.receive(Puback.class);
            }
            assertThat(dropped(DropCause.QUEUE_FULL)).isZero();

            client.publish("p", "x", Qos.AT_LEAST_ONCE, false, 3, large());
            client.receive(Puback.class);
            client.publishAndAwait("t/" + LONG, "x", Qos.AT_LEAST_ONCE, false);

            assertThat(dropped(DropCause.QUEUE_FULL)).isEqualTo(2);
        }
    }

    private static ReasonCode subscribe(RawClient client, String filter) {
        return client.subscribe(0, new Subscription(TopicFilter.of(filter), Qos.AT_MOST_ONCE))
                .reasonCodes()
                .get(0);
    }

    @Test
    void a_subscription_that_does_not_fit_is_refused_until_another_one_ends() {
        restart(config -> config.maxHeldBytes(TWO));
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            assertThat(subscribe(client, "1/" + LONG)).isEqualTo(ReasonCode.SUCCESS);
            assertThat(subscribe(client, "2/" + LONG)).isEqualTo(ReasonCode.SUCCESS);
            assertThat(subscribe(client, "3/" + LONG)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
            assertThat(subscribe(client, "2/" + LONG)).isEqualTo(ReasonCode.SUCCESS);

            client.send(new Unsubscribe(11, List.of(TopicFilter.of("1/" + LONG)), List.of()));
            client.receive(Unsuback.class);
            assertThat(subscribe(client, "3/" + LONG)).isEqualTo(ReasonCode.SUCCESS);
        }
        await().until(() -> broker.connectedClients().isEmpty());
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            assertThat(subscribe(client, "1/" + LONG)).isEqualTo(ReasonCode.SUCCESS);
            assertThat(subscribe(client, "2/" + LONG)).isEqualTo(ReasonCode.SUCCESS);
        }
    }

    private ReasonCode leavingASession(String clientIdentifier) {
        try (RawClient client = RawClient.v5(broker)) {
            return client.connect(clientIdentifier, true, RawClient.expiry(600)).reasonCode();
        }
    }

    @Test
    void a_session_that_does_not_fit_is_refused_until_another_one_ends_and_who_leaves_nothing_comes_in() {
        restart(config -> config.maxHeldBytes(TWO));
        assertThat(leavingASession("1" + LONG)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(leavingASession("2" + LONG)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(leavingASession("3" + LONG)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(leavingASession("2" + LONG)).isEqualTo(ReasonCode.SUCCESS);
        RawClient.v5(broker).connected("small").close();
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("4" + LONG).reasonCode()).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        }

        assertThat(broker.forgetSession("1" + LONG)).isTrue();
        await().until(() -> leavingASession("3" + LONG) == ReasonCode.SUCCESS);
    }

    private static Will will() {
        return new Will(TopicName.of("w"), BinaryData.ofUtf8(LONG), Qos.AT_MOST_ONCE, false, 0, PublishProperties.NONE);
    }

    @Test
    void a_will_that_does_not_fit_is_refused_until_another_one_is_due() {
        restart(config -> config.maxHeldBytes(100_000));
        try (RawClient first = RawClient.v5(broker);
                RawClient second = RawClient.v5(broker)) {
            assertThat(first.connect("1", will(), ConnectProperties.DEFAULTS).reasonCode())
                    .isEqualTo(ReasonCode.SUCCESS);
            assertThat(second.connect("2", will(), ConnectProperties.DEFAULTS).reasonCode())
                    .isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        }
        await().until(() -> broker.connectedClients().isEmpty());

        try (RawClient second = RawClient.v5(broker)) {
            assertThat(second.connect("2", will(), ConnectProperties.DEFAULTS).reasonCode())
                    .isEqualTo(ReasonCode.SUCCESS);
        }
    }
}
