package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.payloads;
import static io.alicia.mqtt.testkit.tck.TransportFixture.record;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.testkit.fault.Fault;
import io.alicia.mqtt.testkit.fault.Packets;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What survives from one connection to the next, and what becomes of it when the session does not. */
interface SessionRules extends TransportRules {

    @Test
    default void resumes_the_session_with_its_subscriptions_and_what_was_sent_meanwhile() {
        MqttTransport transport = fixture().transport("resumed");
        TestSubscriber<Delivery> deliveries = record(transport);
        fixture().cut(fixture().connectSubscribed(transport));
        result(fixture().publisher().publish(message("tck/meanwhile", "1", Qos.AT_LEAST_ONCE)));

        MqttConnection second =
                result(transport.connect(fixture().requestThatKeepsTheSession().build()));

        assertTrue(second.connack().sessionPresent(), "session present");
        deliveries.awaitCount(1);
        assertEquals(List.of("1"), payloads(deliveries));
    }

    @Test
    default void misses_no_message_of_a_session_that_an_earlier_transport_left() {
        MqttTransport earlier = fixture().transport("inherited");
        MqttConnection connection = fixture().connectSubscribed(earlier);
        result(connection.disconnect(ReasonCode.SUCCESS, Optional.empty()));
        result(earlier.close());
        result(fixture().publisher().publish(message("tck/meanwhile", "1", Qos.EXACTLY_ONCE)));
        MqttTransport later = fixture().transport("inherited");
        TestSubscriber<Delivery> deliveries = record(later);

        result(later.connect(fixture().requestThatKeepsTheSession().build()));

        deliveries.awaitCount(1);
        assertEquals(List.of("1"), payloads(deliveries));
    }

    /**
     * The server takes a message for the earlier one, sent again, if it comes under a Packet Identifier whose handshake is not
     * through [MQTT-4.3.3-10]; ours looks at the message as well, so that it has to be the same.
     */
    @Test
    default void publishes_qos_2_in_a_session_that_an_earlier_transport_left_in_the_middle_of_one() {
        publishesInALeftSession(5);
    }

    /** For clients that cannot free what is in use there, so that fewer than 5 messages arrive. */
    default void publishesInALeftSession(int arriving) {
        MqttTransport receiving = fixture().transport("receiver");
        TestSubscriber<Delivery> deliveries = record(receiving);
        fixture().connectSubscribed(receiving);
        MqttTransport earlier = fixture().transport("left");
        MqttConnection interrupted =
                result(earlier.connect(fixture().requestThatKeepsTheSession().build()));
        for (String number : List.of("1", "2")) {
            result(interrupted.publish(message("tck/left", number, Qos.EXACTLY_ONCE)));
        }
        fixture().faults().next(new Fault.Cut(Packets.of(Kind.PUBREC).ofClient("left")));
        TestObserver<PublishOutcome> unanswered =
                interrupted.publish(message("tck/left", "ON", Qos.EXACTLY_ONCE)).test();
        result(interrupted.closed());
        unanswered.assertNotComplete();
        result(earlier.close());
        MqttTransport later = fixture().transport("left");
        record(later);

        MqttConnection taken =
                result(later.connect(fixture().requestThatKeepsTheSession().build()));
        for (int i = 0; i < 5; i++) {
            result(taken.publish(message("tck/left", "ON", Qos.EXACTLY_ONCE)));
        }
        result(taken.publish(message("tck/left", "end", Qos.EXACTLY_ONCE)));

        assertTrue(taken.connack().sessionPresent(), "session present");
        TransportFixture.await("the last message", () -> payloads(deliveries).contains("end"));
        List<String> expected = new ArrayList<>(List.of("1", "2", "ON"));
        expected.addAll(Collections.nCopies(arriving, "ON"));
        expected.add("end");
        assertEquals(expected, payloads(deliveries));
    }

    @Test
    default void starts_anew_when_it_is_told_to() {
        MqttTransport transport = fixture().transport("clean");
        fixture().cut(fixture().connectSubscribed(transport));

        MqttConnection second = result(transport.connect(
                fixture().requestThatKeepsTheSession().cleanStart(true).build()));

        assertFalse(second.connack().sessionPresent(), "session present");
    }

    @Test
    default void ends_a_session_that_was_not_to_outlive_its_connection() {
        MqttTransport transport = fixture().transport("brief");
        fixture().cut(fixture().connect(transport));

        assertFalse(fixture().connect(transport).connack().sessionPresent(), "session present");
    }

    @Test
    default void sends_again_what_was_in_flight_and_says_then_what_became_of_it() {
        for (Qos qos : List.of(Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
            MqttTransport transport = fixture().transport("survivor-" + qos);
            record(transport);
            MqttConnection first = fixture().connectSubscribed(transport);
            Kind acknowledgement = qos == Qos.AT_LEAST_ONCE ? Kind.PUBACK : Kind.PUBREC;
            fixture().faults().next(new Fault.Cut(Packets.of(acknowledgement).toClients()));
            TestObserver<PublishOutcome> outcome =
                    first.publish(message("tck/survivor", "1", qos)).test();
            result(first.closed());
            outcome.assertNotComplete();

            result(transport.connect(fixture().requestThatKeepsTheSession().build()));

            outcome.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
        }
    }

    @Test
    default void publishes_qos_2_once_however_the_connection_ends() {
        MqttTransport receiving = fixture().transport("receiver");
        TestSubscriber<Delivery> deliveries = record(receiving);
        MqttConnection receiver = fixture().connectSubscribed(receiving);
        MqttTransport transport = fixture().transport("once");
        MqttConnection connection =
                result(transport.connect(fixture().requestThatKeepsTheSession().build()));
        for (Kind cutAt : List.of(Kind.PUBREC, Kind.PUBREL, Kind.PUBCOMP)) {
            fixture().faults().next(new Fault.Cut(Packets.of(cutAt).ofClient("once")));
            TestObserver<PublishOutcome> outcome = connection
                    .publish(message("tck/once", cutAt.name(), Qos.EXACTLY_ONCE))
                    .test();
            result(connection.closed());
            connection = result(
                    transport.connect(fixture().requestThatKeepsTheSession().build()));
            outcome.awaitDone(5, TimeUnit.SECONDS);
        }
        result(connection.publish(message("tck/once", "end", Qos.EXACTLY_ONCE)));

        deliveries.awaitCount(4);
        assertEquals(List.of("PUBREC", "PUBREL", "PUBCOMP", "end"), payloads(deliveries));
        assertTrue(receiver.closed().test().values().isEmpty(), "open");
    }

    @Test
    default void sends_nothing_again_where_it_is_to_forget_what_is_in_flight() {
        for (Qos qos : List.of(Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
            MqttTransport transport = fixture().transport("forgetful-" + qos);
            TestSubscriber<Delivery> deliveries = record(transport);
            MqttConnection first = result(
                    transport.connect(fixture().requestThatKeepsTheSession().build()));
            result(first.subscribe(List.of(new Subscription(TopicFilter.of("tck/" + qos), qos))));
            fixture().faults().next(new Fault.Cut(Packets.of(Kind.PUBLISH).fromClients()));
            TestObserver<PublishOutcome> outcome =
                    first.publish(message("tck/" + qos, "poison", qos)).test();
            result(first.closed());
            outcome.assertNotComplete();

            MqttConnection second = result(transport.connect(
                    fixture().requestThatKeepsTheSession().forgetsInFlight(true).build()));

            outcome.awaitDone(5, TimeUnit.SECONDS)
                    .assertError(failure -> failure instanceof SessionEndedException ended && ended.isPossiblySent());
            assertTrue(second.connack().sessionPresent(), "session present");
            result(second.publish(message("tck/" + qos, "food", qos)));
            deliveries.awaitCount(1);
            assertEquals(List.of("food"), payloads(deliveries));
        }
    }

    @Test
    default void fails_what_is_in_flight_when_the_server_has_forgotten_the_session() {
        MqttTransport transport = fixture().transport("amnesia");
        record(transport);
        MqttConnection first = fixture().connectSubscribed(transport);
        fixture().faults().next(new Fault.Cut(Packets.of(Kind.PUBACK).toClients()));
        TestObserver<PublishOutcome> outcome =
                first.publish(message("tck/x", "1", Qos.AT_LEAST_ONCE)).test();
        result(first.closed());
        fixture().broker().broker().forgetSession("amnesia");

        MqttConnection second =
                result(transport.connect(fixture().requestThatKeepsTheSession().build()));

        assertFalse(second.connack().sessionPresent(), "session present");
        outcome.awaitDone(5, TimeUnit.SECONDS)
                .assertError(failure -> failure instanceof SessionEndedException ended && ended.isPossiblySent());
    }

    @Test
    default void fails_what_is_in_flight_when_the_session_ends_with_its_connection() {
        MqttConnection connection = fixture().publisher();
        fixture().faults().next(new Fault.Cut(Packets.of(Kind.PUBACK).toClients()));

        TestObserver<PublishOutcome> outcome =
                connection.publish(message("tck/x", "1", Qos.AT_LEAST_ONCE)).test();

        outcome.awaitDone(5, TimeUnit.SECONDS)
                .assertError(failure -> failure instanceof SessionEndedException ended && ended.isPossiblySent());
    }
}
