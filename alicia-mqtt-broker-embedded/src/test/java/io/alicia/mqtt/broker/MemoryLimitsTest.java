package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
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
import io.netty.buffer.Unpooled;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is not payload takes memory as well: names of 60 kB in small packets must not take more than there is. */
class MemoryLimitsTest {

    private static final String LONG = "x".repeat(60_000);
    /** Room for two things with such a name, not for three. */
    private static final int TWO = 500_000;

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

    @Test
    void levels_of_topics_and_filters_count() {
        String deep = "/".repeat(200);
        restart(config -> config.maxRetainedBytes(TWO).maxHeldBytes(TWO));
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            int granted = 0;
            for (int i = 0; i < 100; i++) {
                client.publish(i + deep, "x", Qos.AT_MOST_ONCE, true, 0);
                granted += subscribe(client, "+/" + i + deep.substring(1)).isError() ? 0 : 1;
            }

            assertThat(broker.retainedMessages()).isBetween(1, 15);
            assertThat(granted).isBetween(1, 15);
        }
    }

    @Test
    void properties_of_no_length_count() {
        PublishProperties many = PublishProperties.builder()
                .addAllUserProperties(Collections.nCopies(2_000, new UserProperty("", "")))
                .build();
        restart(config -> config.maxRetainedBytes(TWO));
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.publish("1", "x", Qos.AT_MOST_ONCE, true, 0, many);
            client.publish("2", "x", Qos.AT_MOST_ONCE, true, 0, many);
            client.ping();

            assertThat(broker.retainedMessages()).isEqualTo(1);
        }
    }

    @Test
    void messages_that_are_never_released_count_and_are_refused_without_room() {
        restart(config -> config.maxHeldBytes(TWO));
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            for (int round = 1; round <= 2; round++) {
                assertThat(received(client, 1)).isEqualTo(ReasonCode.SUCCESS);
                assertThat(received(client, 2)).isEqualTo(ReasonCode.SUCCESS);
                assertThat(received(client, 3)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
                assertThat(dropped(DropCause.QUEUE_FULL)).isEqualTo(round);
                for (int i = 1; i <= 2; i++) {
                    client.send(new Pubrel(i));
                    client.receive(Pubcomp.class);
                }
            }
        }
    }

    private static ReasonCode received(RawClient client, int packetIdentifier) {
        client.publish("t", "x", Qos.EXACTLY_ONCE, false, packetIdentifier, large());
        return client.receive(Pubrec.class).reasonCode();
    }

    @Test
    void a_client_of_3_1_1_that_cannot_be_told_keeps_its_message_and_is_closed() {
        restart(config -> config.maxHeldBytes(TWO));
        String payload = "x".repeat(200_000);
        try (RawClient client = RawClient.v3(broker).connected("c")) {
            for (int i = 1; i <= 2; i++) {
                client.publish("t", payload, Qos.EXACTLY_ONCE, false, i);
                client.receive(Pubrec.class);
            }
            client.publish("t", payload, Qos.EXACTLY_ONCE, false, 3);

            client.expectClosed();
        }
    }

    private static Publish aliased(int alias) {
        return new Publish(
                TopicName.of(alias + LONG),
                Unpooled.EMPTY_BUFFER,
                Qos.AT_MOST_ONCE,
                false,
                false,
                0,
                alias,
                List.of(),
                PublishProperties.NONE);
    }

    @Test
    void topics_of_aliases_count_until_their_connection_ends() {
        restart(config -> config.maxHeldBytes(TWO));
        for (int round = 0; round < 2; round++) {
            try (RawClient client = RawClient.v5(broker).connected("c")) {
                client.send(aliased(1));
                client.send(aliased(2));
                client.ping();
                client.send(aliased(3));

                assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
            }
            await().until(() -> broker.connectedClients().isEmpty());
        }
    }

    @Test
    void who_has_a_session_comes_back_with_a_small_will_although_nothing_fits_any_more() {
        restart(config -> config.maxHeldBytes(TWO));
        Will small = new Will(
                TopicName.of("w"), BinaryData.ofUtf8("gone"), Qos.AT_MOST_ONCE, false, 0, PublishProperties.NONE);
        assertThat(leavingASession("known")).isEqualTo(ReasonCode.SUCCESS);
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            for (int i = 0; !subscribe(client, i + "/" + "x".repeat(100)).isError(); i++) {
                assertThat(i).isLessThan(10_000);
            }

            try (RawClient known = RawClient.v5(broker)) {
                assertThat(known.connect("known", small, RawClient.expiry(600)).reasonCode())
                        .isEqualTo(ReasonCode.SUCCESS);
            }
            assertThat(leavingASession("unknown")).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        }
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
