package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.EVERYTHING;
import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.payloads;
import static io.alicia.mqtt.testkit.tck.TransportFixture.record;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.testkit.fault.Fault;
import io.alicia.mqtt.testkit.fault.InjectedFault;
import io.alicia.mqtt.testkit.fault.Packets;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of a published message. */
interface PublishRules extends TransportRules {

    @Test
    default void carries_messages_of_each_qos() {
        MqttTransport transport = fixture().transport("both");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection connection = fixture().connectSubscribed(transport);

        for (Qos qos : Qos.values()) {
            PublishOutcome outcome = result(connection.publish(message("tck/" + qos, "hello " + qos, qos)));
            assertFalse(outcome.reasonCode().isError(), outcome.toString());
        }

        deliveries.awaitCount(3);
        Iterator<Delivery> arrived = deliveries.values().iterator();
        for (Qos qos : Qos.values()) {
            ApplicationMessage message = arrived.next().message();
            assertEquals(qos, message.qos());
            assertEquals("tck/" + qos, message.topic().value());
            assertEquals("hello " + qos, message.payload().toUtf8());
            assertFalse(message.retain(), "retain");
        }
    }

    @Test
    default void publishes_when_somebody_subscribes_and_not_before() {
        MqttTransport transport = fixture().transport("lazy");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection connection = fixture().connectSubscribed(transport);
        Single<PublishOutcome> first = connection.publish(message("tck/lazy", "later", Qos.AT_LEAST_ONCE));

        result(connection.publish(message("tck/lazy", "sooner", Qos.AT_LEAST_ONCE)));
        result(first);

        deliveries.awaitCount(2);
        assertEquals(List.of("sooner", "later"), payloads(deliveries));
    }

    @Test
    default void carries_nothing_and_much() {
        MqttTransport transport = fixture().transport("sizes");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection connection = fixture().connectSubscribed(transport);
        byte[] much = new byte[200_000];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) i;
        }

        result(connection.publish(message("tck/nothing", "", Qos.AT_LEAST_ONCE)));
        result(connection.publish(ApplicationMessage.builder()
                .topic(TopicName.of("tck/much"))
                .payload(BinaryData.of(much))
                .build()));

        deliveries.awaitCount(2);
        assertTrue(deliveries.values().get(0).message().payload().isEmpty());
        assertEquals(BinaryData.of(much), deliveries.values().get(1).message().payload());
    }

    @Test
    default void retains_for_later_subscribers() {
        MqttTransport transport = fixture().transport("late");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection connection = fixture().connect(transport);
        result(connection.publish(message("tck/kept", "1", Qos.AT_LEAST_ONCE).toBuilder()
                .retain(true)
                .build()));

        result(connection.subscribe(List.of(EVERYTHING)));

        deliveries.awaitCount(1);
        assertTrue(deliveries.values().get(0).message().retain(), "retain");
    }

    @Test
    default void completes_qos_1_with_the_servers_acknowledgement() {
        MqttConnection connection = fixture().publisher();
        completesWith(connection, Qos.AT_LEAST_ONCE, Kind.PUBACK);
    }

    @Test
    default void completes_qos_2_with_the_servers_acknowledgement() {
        MqttConnection connection = fixture().publisher();
        completesWith(connection, Qos.EXACTLY_ONCE, Kind.PUBREC);
    }

    private void completesWith(MqttConnection connection, Qos qos, Kind acknowledgement) {
        InjectedFault held = fixture().faults().next(new Fault.Hold(Packets.of(acknowledgement)));
        TestObserver<PublishOutcome> outcome =
                connection.publish(message("tck/x", "1", qos)).test();
        held.awaitHit();
        outcome.assertNotComplete();

        held.lift();

        outcome.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
    }

    @Test
    default void sends_the_message_although_nobody_wants_to_hear_of_it_any_more() {
        MqttTransport transport = fixture().transport("careless");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection connection = fixture().connectSubscribed(transport);

        connection
                .publish(message("tck/careless", "1", Qos.EXACTLY_ONCE))
                .test()
                .dispose();

        deliveries.awaitCount(1);
        assertEquals(List.of("1"), payloads(deliveries));
    }

    @Test
    default void never_blocks_a_caller_however_many_are_in_flight() {
        MqttConnection connection = fixture().publisher();
        InjectedFault held = fixture().faults().always(new Fault.Hold(Packets.of(Kind.PUBACK)));
        int count = Math.min(connection.connack().receiveMaximum(), 500);

        List<TestObserver<PublishOutcome>> outcomes = IntStream.range(0, count)
                .mapToObj(i -> connection
                        .publish(message("tck/burst", Integer.toString(i), Qos.AT_LEAST_ONCE))
                        .test())
                .toList();
        outcomes.forEach(TestObserver::assertNotComplete);
        held.lift();

        outcomes.forEach(outcome -> outcome.awaitDone(10, TimeUnit.SECONDS).assertValueCount(1));
    }

    @Test
    default void sends_nothing_once_the_connection_has_ended() {
        MqttConnection connection = fixture().publisher();
        fixture().cut(connection);

        SessionEndedException failure = assertThrows(
                SessionEndedException.class,
                () -> result(connection.publish(message("tck/x", "1", Qos.AT_LEAST_ONCE))));

        assertFalse(failure.isPossiblySent(), "possibly sent");
    }
}
