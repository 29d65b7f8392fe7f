package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.RetainHandling;
import io.alicia.mqtt.topic.TopicFilter;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetainedMessageTest {

    private final TestTime time = new TestTime();
    private final EmbeddedBroker broker =
            EmbeddedBroker.builder().tcp(0).allowAnonymous().time(time, time).start();
    private final RawClient publisher = RawClient.v5(broker).connected("p");

    @AfterEach
    void stop() {
        publisher.close();
        broker.close();
    }

    private static Subscription subscription(String filter, boolean retainAsPublished, RetainHandling handling) {
        return new Subscription(TopicFilter.of(filter), Qos.EXACTLY_ONCE, false, retainAsPublished, handling);
    }

    @ParameterizedTest
    @EnumSource
    void come_after_suback_with_the_lower_qos_and_the_retain_flag(MqttVersion version) {
        publisher.publishAndAwait("a/b", "kept", Qos.AT_LEAST_ONCE, true);
        publisher.publishAndAwait("a/c", "not kept", Qos.AT_LEAST_ONCE, false);

        try (RawClient client = RawClient.of(version, broker).connected("c").subscribed("a/+", Qos.AT_MOST_ONCE)) {
            Publish retained = client.receivePublish();
            assertThat(text(retained)).isEqualTo("kept");
            assertThat(retained.retain()).isTrue();
            assertThat(retained.qos()).isEqualTo(Qos.AT_MOST_ONCE);
            client.expectNothingMore();
        }
    }

    @Test
    void that_expired_are_cleared_away_at_the_retain_expiry_interval_though_nobody_asks_for_them() {
        PublishProperties tenSeconds =
                PublishProperties.builder().messageExpiryIntervalSeconds(10L).build();
        try (EmbeddedBroker tidy = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .time(time, time)
                        .configure(config -> config.retainExpiryInterval(Duration.ofMinutes(1)))
                        .start();
                RawClient client = RawClient.v5(tidy).connected("c")) {
            client.publish("gone", "x", Qos.AT_MOST_ONCE, true, 0, tenSeconds);
            client.publishAndAwait("kept", "x", Qos.AT_MOST_ONCE, true);

            time.pass(Duration.ofSeconds(59));
            client.ping();
            assertThat(tidy.retainedMessages()).isEqualTo(2);

            time.pass(Duration.ofSeconds(1));
            await("the tidying").until(() -> tidy.retainedMessages() == 1);
        }
    }

    @Test
    void are_replaced_by_the_next_and_removed_by_an_empty_one() {
        publisher.publishAndAwait("t", "one", Qos.AT_MOST_ONCE, true);
        publisher.publishAndAwait("t", "two", Qos.AT_LEAST_ONCE, true);
        assertThat(broker.retainedMessages()).isEqualTo(1);
        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("t", Qos.AT_MOST_ONCE)) {
            assertThat(text(client.receivePublish())).isEqualTo("two");
        }

        publisher.publishAndAwait("t", "", Qos.AT_LEAST_ONCE, true);

        assertThat(broker.retainedMessages()).isZero();
        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("t", Qos.AT_MOST_ONCE)) {
            client.expectNothingMore();
        }
    }

    @Test
    void come_to_present_subscribers_without_the_flag_unless_they_want_it_as_published() {
        try (RawClient plain = RawClient.v5(broker).connected("plain");
                RawClient asPublished = RawClient.v5(broker).connected("as published")) {
            plain.subscribe(0, subscription("t", false, RetainHandling.SEND_AT_SUBSCRIBE));
            asPublished.subscribe(0, subscription("t", true, RetainHandling.SEND_AT_SUBSCRIBE));

            publisher.publishAndAwait("t", "new", Qos.AT_MOST_ONCE, true);

            assertThat(plain.receivePublish().retain()).isFalse();
            assertThat(asPublished.receivePublish().retain()).isTrue();
        }
    }

    @Test
    void come_as_retain_handling_says() {
        publisher.publishAndAwait("t", "kept", Qos.AT_MOST_ONCE, true);

        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.subscribe(0, subscription("t", false, RetainHandling.DO_NOT_SEND));
            client.expectNothingMore();
            client.subscribe(0, subscription("t", false, RetainHandling.SEND_IF_NEW));
            client.expectNothingMore();
            client.subscribe(0, subscription("+", false, RetainHandling.SEND_IF_NEW));
            assertThat(text(client.receivePublish())).isEqualTo("kept");
            client.subscribe(0, subscription("t", false, RetainHandling.SEND_AT_SUBSCRIBE));
            assertThat(text(client.receivePublish())).isEqualTo("kept");
            client.expectNothingMore();
        }
    }

    @Test
    void are_not_sent_to_shared_subscriptions() {
        publisher.publishAndAwait("t", "kept", Qos.AT_MOST_ONCE, true);

        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("$share/g/t", Qos.AT_MOST_ONCE)) {
            client.expectNothingMore();
        }
    }

    @Test
    void expire_and_count_their_expiry_interval_down() {
        PublishProperties tenSeconds =
                PublishProperties.builder().messageExpiryIntervalSeconds(10L).build();
        publisher.publish("t", "short-lived", Qos.AT_MOST_ONCE, true, 0, tenSeconds);
        publisher.ping();

        time.pass(Duration.ofSeconds(4));
        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("t", Qos.AT_MOST_ONCE)) {
            assertThat(client.receivePublish().properties().messageExpiryIntervalSeconds())
                    .isEqualTo(6);
        }
        time.pass(Duration.ofSeconds(6));
        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("t", Qos.AT_MOST_ONCE)) {
            client.expectNothingMore();
        }
        assertThat(broker.retainedMessages()).isZero();
    }

    @Test
    void of_all_topics_come_for_a_wildcard_but_not_those_with_a_dollar() {
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 200; i++) {
            publisher.publish("house/" + i % 7 + "/" + i, "x", Qos.AT_MOST_ONCE, true, 0);
            expected.add("house/" + i % 7 + "/" + i);
        }
        publisher.publish("$hidden/x", "x", Qos.AT_MOST_ONCE, true, 0);
        publisher.ping();

        try (RawClient client = RawClient.v3(broker).connected("c").subscribed("#", Qos.AT_LEAST_ONCE)) {
            Set<String> found = new TreeSet<>();
            for (int i = 0; i < 200; i++) {
                found.add(String.valueOf(client.receivePublish().topic()));
            }
            assertThat(found).isEqualTo(expected);
            client.expectNothingMore();
        }
    }

    @Test
    void of_a_publisher_that_lost_its_right_are_not_sent_any_more() {
        publisher.publishAndAwait("t", "kept", Qos.AT_MOST_ONCE, true);
        broker.reload(SecurityConfig.builder()
                .allowAnonymous(true)
                .access(AccessPolicy.builder().anonymous().mayReceive("#").build())
                .build());

        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("t", Qos.AT_MOST_ONCE)) {
            client.expectNothingMore();
        }
    }

    @Test
    void close_the_connection_of_their_publisher_where_they_are_not_available() {
        try (EmbeddedBroker without = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .configure(config -> config.retainAvailable(false))
                        .start();
                RawClient client = RawClient.v5(without)) {
            assertThat(client.connect("c").properties().retainAvailable()).isFalse();
            client.publish("t", "x", Qos.AT_MOST_ONCE, true, 0);

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.RETAIN_NOT_SUPPORTED);
        }
    }
}
