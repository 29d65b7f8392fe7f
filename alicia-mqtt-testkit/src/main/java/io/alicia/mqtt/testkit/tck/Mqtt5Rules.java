package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.EVERYTHING;
import static io.alicia.mqtt.testkit.tck.TransportFixture.await;
import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.payloads;
import static io.alicia.mqtt.testkit.tck.TransportFixture.record;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.DisconnectCause.Initiator;
import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.RetainHandling;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What MQTT 5 has beyond 3.1.1. */
interface Mqtt5Rules extends TransportRules {

    @Test
    default void is_given_a_client_identifier_if_it_has_none() {
        MqttConnection connection = fixture().connect(fixture().transport(""));

        String assigned = connection.connack().clientIdentifier();

        assertFalse(assigned.isEmpty());
        assertTrue(fixture().broker().broker().connectedClients().contains(assigned), assigned);
    }

    @Test
    default void carries_the_properties_of_a_message() {
        MqttTransport transport = fixture().transport("properties");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection connection = fixture().connectSubscribed(transport);
        ApplicationMessage sent = ApplicationMessage.builder()
                .topic(TopicName.of("tck/properties"))
                .payload(BinaryData.ofUtf8("{}"))
                .payloadFormat(PayloadFormat.UTF_8)
                .contentType("application/json")
                .responseTopic(TopicName.of("tck/answers"))
                .correlationData(BinaryData.ofUtf8("42"))
                .messageExpiryInterval(Duration.ofMinutes(5))
                .addUserProperties(new UserProperty("a", "1"), new UserProperty("a", "2"))
                .build();

        result(connection.publish(sent));

        deliveries.awaitCount(1);
        assertEquals(sent, deliveries.values().get(0).message());
    }

    /** Where both sides have identifiers, {@link io.alicia.mqtt.spi.Connack#subscriptionIdentifiersAvailable()}. */
    @Test
    default void says_which_subscriptions_a_message_is_for() {
        MqttTransport transport = fixture().transport("identifiers");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection connection = fixture().connect(transport);
        assumeTrue(
                connection.connack().subscriptionIdentifiersAvailable(),
                "this transport, or its server, has no Subscription Identifiers");
        result(connection.subscribe(
                List.of(new Subscription(TopicFilter.of("tck/one"), Qos.AT_LEAST_ONCE)), 268_435_455));
        result(connection.subscribe(List.of(new Subscription(TopicFilter.of("tck/+"), Qos.AT_LEAST_ONCE)), 1));

        result(connection.publish(message("tck/two", "2", Qos.AT_LEAST_ONCE)));
        result(connection.publish(message("tck/one", "1", Qos.AT_LEAST_ONCE)));
        result(connection.publish(message("tck/two", "3", Qos.AT_MOST_ONCE)));

        await(
                "the last message",
                () -> deliveries.values().stream()
                        .anyMatch(last -> last.message().payload().toUtf8().equals("3")));
        Map<String, Set<Integer>> identifiers = deliveries.values().stream()
                .collect(Collectors.toMap(
                        delivery -> delivery.message().payload().toUtf8(),
                        delivery -> Set.copyOf(delivery.subscriptionIdentifiers()),
                        (one, other) ->
                                Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet())));
        assertEquals(Map.of("1", Set.of(1, 268_435_455), "2", Set.of(1), "3", Set.of(1)), identifiers);
    }

    @Test
    default void says_that_nobody_listens() {
        MqttConnection connection = fixture().publisher();

        assertEquals(
                ReasonCode.NO_MATCHING_SUBSCRIBERS,
                result(connection.publish(message("tck/nobody", "1", Qos.AT_LEAST_ONCE)))
                        .reasonCode());
    }

    @Test
    default void tells_a_refusal_by_the_server_as_an_outcome() {
        refusalAsAnOutcome(Qos.AT_LEAST_ONCE);
        refusalAsAnOutcome(Qos.EXACTLY_ONCE);
    }

    /** For one QoS, for clients that have a defect with the other. */
    default void refusalAsAnOutcome(Qos qos) {
        MqttConnection connection = fixture().connect(fixture().transport("refused-" + qos));

        ReasonCode reasonCode =
                result(connection.publish(message("elsewhere", "1", qos))).reasonCode();

        assertEquals(ReasonCode.NOT_AUTHORIZED, reasonCode);
        assertTrue(connection.closed().test().values().isEmpty(), "open");
    }

    @Test
    default void sends_nothing_larger_than_the_server_takes() {
        MqttConnection connection = fixture().publisher();
        long maximum = connection.connack().maximumPacketSize().orElseThrow();

        ReasonCode reasonCode = result(connection.publish(ApplicationMessage.builder()
                        .topic(TopicName.of("tck/large"))
                        .payload(BinaryData.wrap(new byte[(int) maximum]))
                        .build()))
                .reasonCode();

        assertEquals(ReasonCode.PACKET_TOO_LARGE, reasonCode);
        result(connection.publish(message("tck/small", "1", Qos.AT_LEAST_ONCE)));
    }

    @Test
    default void passes_the_subscription_options_on() {
        MqttTransport transport = fixture().transport("options");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection connection = fixture().connect(transport);
        ApplicationMessage retained = message("tck/a", "retained", Qos.AT_LEAST_ONCE).toBuilder()
                .retain(true)
                .build();
        MqttConnection other = fixture().publisher();
        result(other.publish(retained));

        result(connection.subscribe(List.of(
                new Subscription(TopicFilter.of("tck/#"), Qos.AT_LEAST_ONCE, true, true, RetainHandling.DO_NOT_SEND))));
        result(connection.publish(message("tck/a", "own", Qos.AT_LEAST_ONCE)));
        result(other.publish(
                retained.toBuilder().payload(BinaryData.ofUtf8("as published")).build()));

        deliveries.awaitCount(1);
        assertEquals(List.of("as published"), payloads(deliveries));
        assertTrue(deliveries.values().get(0).message().retain(), "retain as published");
    }

    @Test
    default void shares_a_subscription_with_others() {
        MqttTransport one = fixture().transport("worker-1");
        MqttTransport two = fixture().transport("worker-2");
        TestSubscriber<Delivery> first = record(one);
        TestSubscriber<Delivery> second = record(two);
        List<Subscription> subscriptions = List.of(
                new Subscription(TopicFilter.of("$share/workers/tck/work"), Qos.AT_LEAST_ONCE),
                new Subscription(TopicFilter.of("tck/fence"), Qos.AT_LEAST_ONCE));
        result(fixture().connect(one).subscribe(subscriptions));
        result(fixture().connect(two).subscribe(subscriptions));
        MqttConnection sender = fixture().publisher();

        IntStream.range(0, 10).forEach(i -> result(sender.publish(message("tck/work", "w" + i, Qos.AT_LEAST_ONCE))));
        result(sender.publish(message("tck/fence", "fence", Qos.AT_LEAST_ONCE)));

        TransportFixture.await(
                "what comes behind the work",
                () -> payloads(first).contains("fence") && payloads(second).contains("fence"));
        assertEquals(
                List.of("fence", "fence", "w0", "w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9"),
                Stream.concat(payloads(first).stream(), payloads(second).stream())
                        .sorted()
                        .toList());
    }

    @Test
    default void says_that_there_was_nothing_to_unsubscribe_from() {
        MqttConnection connection = fixture().connect(fixture().transport("never"));

        assertEquals(
                List.of(ReasonCode.NO_SUBSCRIPTION_EXISTED),
                result(connection.unsubscribe(List.of(EVERYTHING.topicFilter()))));
    }

    @Test
    default void holds_the_server_back_with_its_receive_maximum() {
        MqttTransport transport = fixture().transport("held-back");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection receiver =
                result(transport.connect(fixture().request().receiveMaximum(5).build()));
        result(receiver.subscribe(List.of(EVERYTHING)));
        MqttConnection sender = fixture().publisher();
        IntStream.range(0, 20).forEach(i -> result(sender.publish(message("tck/n", "n" + i, Qos.AT_LEAST_ONCE))));

        result(sender.publish(message("tck/fence", "fence", Qos.AT_MOST_ONCE)));

        TransportFixture.await(
                "QoS 0 is not held back", () -> payloads(deliveries).contains("fence"));
        assertEquals(6, deliveries.values().size());
        for (int i = 0; i < 21; i++) {
            deliveries.awaitCount(i + 1);
            deliveries.values().get(i).acknowledge();
        }
    }

    @Test
    default void tells_why_the_server_ended_the_connection() {
        MqttConnection connection = fixture().connect(fixture().transport("removed"));

        fixture().broker().broker().disconnect("removed");

        DisconnectCause cause = result(connection.closed());
        assertEquals(Initiator.SERVER, cause.initiator());
        assertEquals(Optional.of(ReasonCode.ADMINISTRATIVE_ACTION), cause.reasonCode());
    }

    @Test
    default void has_its_will_published_if_it_asks_for_that_in_its_goodbye() {
        MqttTransport watching = fixture().transport("watcher");
        TestSubscriber<Delivery> deliveries = record(watching);
        fixture().connectSubscribed(watching);
        MqttConnection leaving = result(fixture()
                .transport("leaving")
                .connect(fixture()
                        .request()
                        .will(new Will(message("tck/will", "gone", Qos.AT_LEAST_ONCE)))
                        .build()));

        result(leaving.disconnect(ReasonCode.DISCONNECT_WITH_WILL_MESSAGE, Optional.empty()));

        deliveries.awaitCount(1);
        assertEquals(List.of("gone"), payloads(deliveries));
    }

    @Test
    default void ends_its_session_with_the_goodbye_if_it_says_so() {
        MqttTransport transport = fixture().transport("final");
        MqttConnection first = fixture().connectSubscribed(transport);

        result(first.disconnect(ReasonCode.SUCCESS, Optional.of(Duration.ZERO)));

        MqttConnection second =
                result(transport.connect(fixture().requestThatKeepsTheSession().build()));
        assertFalse(second.connack().sessionPresent(), "session present");
    }
}
