package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Suback;
import io.alicia.mqtt.broker.protocol.Unsuback;
import io.alicia.mqtt.broker.protocol.Unsubscribe;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.RetainHandling;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubscriptionTest {

    private final EmbeddedBroker broker =
            EmbeddedBroker.builder().tcp(0).allowAnonymous().start();
    private final RawClient publisher = RawClient.v5(broker).connected("p");

    @AfterEach
    void stop() {
        publisher.close();
        broker.close();
    }

    private static Subscription subscription(String filter, Qos qos) {
        return new Subscription(TopicFilter.of(filter), qos);
    }

    @Test
    void that_overlap_bring_one_copy_with_the_highest_qos_and_all_identifiers() {
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.subscribe(3, subscription("a/#", Qos.AT_MOST_ONCE));
            client.subscribe(4, subscription("a/+", Qos.AT_LEAST_ONCE));
            client.subscribe(0, subscription("+/b", Qos.AT_MOST_ONCE));

            publisher.publishAndAwait("a/b", "x", Qos.EXACTLY_ONCE, false);

            Publish publish = client.receivePublish();
            assertThat(publish.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
            assertThat(publish.subscriptionIdentifiers()).containsExactlyInAnyOrder(3, 4);
            client.expectNothingMore();
        }
    }

    @Test
    void that_overlap_bring_a_copy_each_where_duplicates_are_allowed() {
        try (EmbeddedBroker like = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .configure(config -> config.allowDuplicateMessages(true))
                        .start();
                RawClient client = RawClient.v5(like).connected("c")) {
            client.subscribe(3, subscription("a/#", Qos.AT_MOST_ONCE));
            client.subscribe(4, subscription("a/+", Qos.AT_MOST_ONCE));

            client.publish("a/b", "x", Qos.AT_MOST_ONCE, false, 0);

            List<Integer> identifiers = List.of(
                    client.receivePublish().subscriptionIdentifiers().get(0),
                    client.receivePublish().subscriptionIdentifiers().get(0));
            assertThat(identifiers).containsExactlyInAnyOrder(3, 4);
        }
    }

    @Test
    void with_no_local_leave_out_the_clients_own_messages() {
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.subscribe(
                    0,
                    new Subscription(
                            TopicFilter.of("t"), Qos.AT_MOST_ONCE, true, false, RetainHandling.SEND_AT_SUBSCRIBE));

            client.publish("t", "own", Qos.AT_MOST_ONCE, false, 0);
            client.expectNothingMore();
            publisher.publish("t", "other", Qos.AT_MOST_ONCE, false, 0);
            assertThat(text(client.receivePublish())).isEqualTo("other");
        }
    }

    @Test
    void end_with_unsubscribe() {
        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("t", Qos.AT_MOST_ONCE)) {
            client.send(new Unsubscribe(11, List.of(TopicFilter.of("t"), TopicFilter.of("other")), List.of()));

            assertThat(client.receive(Unsuback.class).reasonCodes())
                    .containsExactly(ReasonCode.SUCCESS, ReasonCode.NO_SUBSCRIPTION_EXISTED);
            publisher.publishAndAwait("t", "x", Qos.AT_MOST_ONCE, false);
            client.expectNothingMore();
            assertThat(broker.counters().subscriptions().sum()).isZero();
        }
    }

    @Test
    void are_refused_one_by_one_where_they_break_a_limit() {
        try (EmbeddedBroker limited = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .configure(config -> config.maxSubscriptionsPerSession(2))
                        .start();
                RawClient client = RawClient.v5(limited).connected("c")) {
            Suback suback = client.subscribe(
                    0,
                    subscription("a/b/c", Qos.AT_MOST_ONCE),
                    subscription("b", Qos.AT_LEAST_ONCE),
                    subscription("c", Qos.AT_LEAST_ONCE),
                    subscription("b", Qos.EXACTLY_ONCE));

            assertThat(suback.reasonCodes())
                    .containsExactly(
                            ReasonCode.SUCCESS,
                            ReasonCode.GRANTED_QOS_1,
                            ReasonCode.QUOTA_EXCEEDED,
                            ReasonCode.GRANTED_QOS_2);
        }
    }

    @Test
    void bring_all_properties_of_a_message_in_their_order() {
        PublishProperties properties = PublishProperties.builder()
                .payloadFormatIndicator(PayloadFormat.UTF_8)
                .contentType("text/plain")
                .responseTopic("answers/here")
                .correlationData(BinaryData.ofUtf8("42"))
                .addUserProperties(new UserProperty("a", "1"), new UserProperty("b", "2"), new UserProperty("a", "3"))
                .build();
        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("t", Qos.AT_LEAST_ONCE);
                RawClient old = RawClient.v3(broker).connected("old").subscribed("t", Qos.AT_LEAST_ONCE)) {
            publisher.publish("t", "x", Qos.AT_LEAST_ONCE, false, 1, properties);

            assertThat(client.receivePublish().properties()).isEqualTo(properties);
            assertThat(text(old.receivePublish())).isEqualTo("x");
        }
    }

    @Test
    void that_are_shared_take_turns() {
        try (RawClient one = RawClient.v5(broker).connected("1").subscribed("$share/g/t", Qos.AT_LEAST_ONCE);
                RawClient two = RawClient.v3(broker).connected("2").subscribed("$share/g/t", Qos.AT_LEAST_ONCE);
                RawClient other = RawClient.v5(broker).connected("3").subscribed("$share/h/t", Qos.AT_LEAST_ONCE)) {
            publisher.publishAndAwait("t", "a", Qos.AT_LEAST_ONCE, false);
            publisher.publishAndAwait("t", "b", Qos.AT_LEAST_ONCE, false);

            assertThat(List.of(text(one.receivePublish()), text(two.receivePublish())))
                    .containsExactlyInAnyOrder("a", "b");
            one.expectNothingMore();
            two.expectNothingMore();
            assertThat(text(other.receivePublish())).isEqualTo("a");
            assertThat(text(other.receivePublish())).isEqualTo("b");
        }
    }

    @Test
    void that_are_shared_hand_what_a_lost_member_did_not_acknowledge_to_another() {
        RawClient lost = RawClient.v5(broker);
        lost.connect("lost", false, expiry(100));
        lost.subscribed("$share/g/t", Qos.EXACTLY_ONCE);
        publisher.publishAndAwait("t", "at least once", Qos.AT_LEAST_ONCE, false);
        publisher.publishAndAwait("t", "exactly once", Qos.EXACTLY_ONCE, false);
        lost.receivePublish();
        lost.receivePublish();

        try (RawClient heir = RawClient.v5(broker).connected("heir").subscribed("$share/g/t", Qos.EXACTLY_ONCE)) {
            lost.close();

            Publish publish = heir.receivePublish();
            assertThat(text(publish)).isEqualTo("at least once");
            heir.send(new Puback(publish.packetIdentifier()));
            // [MQTT-4.8.2-4]: a QoS 2 delivery that has begun is completed with its client and with nobody else.
            heir.expectNothingMore();
        }
        try (RawClient back = RawClient.v5(broker)) {
            assertThat(back.connect("lost", false, expiry(100)).sessionPresent())
                    .isTrue();
            assertThat(text(back.receivePublish())).isEqualTo("exactly once");
            back.expectNothingMore();
        }
    }

    @Test
    void that_are_shared_prefer_a_member_that_is_connected() {
        RawClient away = RawClient.v5(broker);
        away.connect("away", false, expiry(100));
        away.subscribed("$share/g/t", Qos.AT_LEAST_ONCE);
        away.close();
        Awaitility.await().until(() -> broker.counters().clientsDisconnected().sum() == 1);

        try (RawClient here = RawClient.v5(broker).connected("here").subscribed("$share/g/t", Qos.AT_LEAST_ONCE)) {
            for (int i = 0; i < 4; i++) {
                publisher.publishAndAwait("t", "message " + i, Qos.AT_LEAST_ONCE, false);
                assertThat(text(here.receivePublish())).isEqualTo("message " + i);
            }
        }
    }

    @Test
    void that_are_shared_may_not_have_no_local() {
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            // SUBSCRIBE, identifier 10, no properties, "$share/g/t", options: No Local
            client.sendHex("82 10 00 0A 00 00 0A 24 73 68 61 72 65 2F 67 2F 74 04");

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        }
    }

    /** A client of 3.1.1 is told too little to find out why, and one of 3.1 nothing. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void that_are_refused_are_counted_and_told_whatever_their_client_hears(MqttVersion version) {
        Events events = new Events();
        try (EmbeddedBroker strict = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .configure(config -> config.maxSubscriptionsPerSession(1))
                        .brokerListener(events)
                        .start();
                RawClient client = RawClient.of(version, strict).connected("c")) {
            client.subscribe(0, subscription("a/1", Qos.AT_MOST_ONCE));
            client.subscribe(0, subscription("a/2", Qos.AT_MOST_ONCE));
            client.subscribe(0, subscription("b", Qos.AT_MOST_ONCE));

            assertThat(strict.counters().subscriptionsRefused().sum()).isEqualTo(2);
            assertThat(events.refusedSubscriptions).containsExactly("c a/2 QUOTA_EXCEEDED", "c b QUOTA_EXCEEDED");
        }
    }
}
