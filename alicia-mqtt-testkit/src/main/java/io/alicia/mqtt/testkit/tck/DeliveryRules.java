package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.hasEnded;
import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.payloads;
import static io.alicia.mqtt.testkit.tck.TransportFixture.record;
import static io.alicia.mqtt.testkit.tck.TransportFixture.requestTo;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.Unpooled;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How messages arrive: in order, on demand, until they are acknowledged. */
interface DeliveryRules extends TransportRules {

    @Test
    default void hands_messages_over_in_order_and_as_many_as_are_asked_for() {
        MqttTransport transport = fixture().transport("slow");
        TestSubscriber<Delivery> deliveries = transport.deliveries().test(0);
        MqttConnection receiver = fixture().connectSubscribed(transport);
        MqttConnection sender = fixture().publisher();
        List<String> numbers =
                IntStream.range(0, 100).mapToObj(Integer::toString).toList();
        numbers.forEach(number -> result(sender.publish(message("tck/n", number, Qos.AT_LEAST_ONCE))));
        deliveries.assertNoValues();

        for (int i = 0; i < numbers.size(); i++) {
            deliveries.request(1);
            deliveries.awaitCount(i + 1);
            assertEquals(i + 1, deliveries.values().size());
            deliveries.values().get(i).acknowledge();
        }

        assertEquals(numbers, payloads(deliveries));
        assertFalse(receiver.closed().test().values().iterator().hasNext(), "closed");
    }

    /** However many come: what nobody asks for fills the memory of no client. */
    @Test
    default void keeps_no_more_than_so_many_qos_0_messages_that_nobody_asks_for() {
        keepsNotAllOf(10_000);
    }

    /** For more of them, for clients that keep more; 65,535 at the very most. */
    default void keepsNotAllOf(int flood) {
        ScriptedServer server = fixture().server();
        MqttTransport transport = fixture().transport("flooded");
        TestSubscriber<Delivery> deliveries = transport.deliveries().test(0);
        MqttConnection connection =
                result(transport.connect(requestTo(server).receiveMaximum(100).build()));

        server.flood(
                new Publish(TopicName.of("tck/flood"), Unpooled.EMPTY_BUFFER, Qos.AT_MOST_ONCE, false, false, 0),
                flood);
        result(connection.publish(message("tck/fence", "", Qos.AT_LEAST_ONCE)));
        deliveries.assertNoValues();
        deliveries.request(Long.MAX_VALUE);
        server.send(List.of(
                new Publish(TopicName.of("tck/end"), Unpooled.EMPTY_BUFFER, Qos.AT_LEAST_ONCE, false, false, 1)));

        TransportFixture.await(
                "what comes behind the flood",
                () -> !deliveries.values().isEmpty()
                        && last(deliveries).message().qos() == Qos.AT_LEAST_ONCE);
        int kept = deliveries.values().size() - 1;
        assertTrue(kept > 0 && kept < flood, kept + " of " + flood + " messages waited, expected some");
        assertFalse(hasEnded(connection), "ended");
    }

    private static Delivery last(TestSubscriber<Delivery> deliveries) {
        return deliveries.values().get(deliveries.values().size() - 1);
    }

    @Test
    default void delivers_again_what_was_not_acknowledged_when_the_session_comes_back() {
        MqttTransport transport = fixture().transport("again");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection first = fixture().connectSubscribed(transport);
        result(first.publish(message("tck/again", "1", Qos.AT_LEAST_ONCE)));
        deliveries.awaitCount(1);
        // An acknowledgement that nobody gave would have arrived before this is answered.
        result(first.unsubscribe(List.of(TopicFilter.of("tck/none"))));
        fixture().cut(first);

        result(transport.connect(fixture().requestThatKeepsTheSession().build()));

        deliveries.awaitCount(2);
        assertEquals(List.of("1", "1"), payloads(deliveries));
        deliveries.values().get(1).acknowledge();
    }

    /** Whoever has the first one still can tell the copy from something new. */
    @Test
    default void says_of_what_comes_again_that_it_does() {
        comesAgain(true);
    }

    /** For clients that hand over a message without its DUP flag, {@code marked} is false. */
    default void comesAgain(boolean marked) {
        MqttTransport transport = fixture().transport("copy");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection first = fixture().connectSubscribed(transport);
        result(first.publish(message("tck/copy", "1", Qos.AT_LEAST_ONCE)));
        deliveries.awaitCount(1);
        fixture().cut(first);

        MqttConnection second =
                result(transport.connect(fixture().requestThatKeepsTheSession().build()));
        result(second.publish(message("tck/copy", "2", Qos.AT_LEAST_ONCE)));

        deliveries.awaitCount(3);
        assertEquals(List.of("1", "1", "2"), payloads(deliveries));
        assertEquals(
                List.of(false, marked, false),
                deliveries.values().stream().map(Delivery::isDuplicate).toList());
    }

    @Test
    default void takes_a_late_acknowledgement_for_none_of_the_copy() {
        MqttTransport transport = fixture().transport("late");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection first = fixture().connectSubscribed(transport);
        result(first.publish(message("tck/late", "1", Qos.AT_LEAST_ONCE)));
        result(first.publish(message("tck/late", "2", Qos.AT_LEAST_ONCE)));
        deliveries.awaitCount(2);
        fixture().cut(first);
        deliveries.values().get(0).acknowledge();

        MqttConnection second =
                result(transport.connect(fixture().requestThatKeepsTheSession().build()));
        deliveries.awaitCount(4);
        deliveries.values().get(1).acknowledge();
        // What went over the connection after an acknowledgement shows that the server would have it.
        result(second.unsubscribe(List.of(TransportFixture.EVERYTHING.topicFilter())));
        fixture().cut(second);
        result(transport.connect(fixture().requestThatKeepsTheSession().build()));

        deliveries.awaitCount(6);
        assertEquals(List.of("1", "2", "1", "2", "1", "2"), payloads(deliveries));
    }

    @Test
    default void does_not_deliver_again_what_was_acknowledged_in_whatever_order() {
        for (Qos qos : List.of(Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
            MqttTransport transport = fixture().transport("acknowledged-" + qos);
            TestSubscriber<Delivery> deliveries = record(transport);
            MqttConnection first = fixture().connectSubscribed(transport);
            for (String payload : List.of("1", "2", "3")) {
                result(first.publish(message("tck/" + qos, payload, qos)));
            }
            deliveries.awaitCount(3);

            for (int i : new int[] {2, 0, 0, 1}) {
                deliveries.values().get(i).acknowledge();
            }
            // What went over the connection after the acknowledgements shows that the server has them.
            result(first.unsubscribe(List.of(TransportFixture.EVERYTHING.topicFilter())));
            result(first.publish(message("tck/" + qos, "fence", Qos.EXACTLY_ONCE)));
            fixture().cut(first);
            MqttConnection second = result(
                    transport.connect(fixture().requestThatKeepsTheSession().build()));
            result(second.subscribe(List.of(TransportFixture.EVERYTHING)));
            result(second.publish(message("tck/" + qos, "end", qos)));

            deliveries.awaitCount(4);
            assertEquals(List.of("1", "2", "3", "end"), payloads(deliveries));
        }
    }

    @Test
    default void receives_in_a_new_session_although_the_old_one_left_messages_unacknowledged() {
        MqttTransport transport = fixture().transport("forgotten");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection first = fixture().connectSubscribed(transport);
        result(first.publish(message("tck/old", "1", Qos.AT_LEAST_ONCE)));
        deliveries.awaitCount(1);
        Delivery late = deliveries.values().get(0);
        fixture().cut(first);

        MqttConnection second = result(transport.connect(
                fixture().requestThatKeepsTheSession().cleanStart(true).build()));
        result(second.subscribe(List.of(TransportFixture.EVERYTHING)));
        IntStream.range(0, 30).forEach(i -> result(second.publish(message("tck/new", "x" + i, Qos.AT_LEAST_ONCE))));
        late.acknowledge();
        for (int i = 1; i <= 30; i++) {
            deliveries.awaitCount(i + 1);
            deliveries.values().get(i).acknowledge();
        }
        result(second.publish(message("tck/new", "last", Qos.EXACTLY_ONCE)));

        deliveries.awaitCount(32);
        assertEquals("last", deliveries.values().get(31).message().payload().toUtf8());
        last(deliveries).acknowledge();
        // What went over the connection after the acknowledgements shows that the server has them.
        result(second.unsubscribe(List.of(TransportFixture.EVERYTHING.topicFilter())));
        result(second.publish(message("tck/fence", "fence", Qos.EXACTLY_ONCE)));
        fixture().cut(second);
        MqttConnection third =
                result(transport.connect(fixture().requestThatKeepsTheSession().build()));
        result(third.subscribe(List.of(TransportFixture.EVERYTHING)));
        result(third.publish(message("tck/new", "end", Qos.AT_LEAST_ONCE)));

        deliveries.awaitCount(33);
        assertEquals("end", payloads(deliveries).get(32));
    }

    @Test
    default void completes_when_the_transport_is_closed() {
        MqttTransport transport = fixture().transport("complete");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection connection = fixture().connect(transport);
        result(connection.disconnect(ReasonCode.SUCCESS, Optional.empty()));
        deliveries.assertNotComplete();

        result(transport.close());

        deliveries.awaitDone(5, TimeUnit.SECONDS).assertComplete();
    }
}
