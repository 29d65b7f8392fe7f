package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.EVERYTHING;
import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.payloads;
import static io.alicia.mqtt.testkit.tck.TransportFixture.record;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.testkit.fault.Fault;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What subscriptions bring, and what the server says to them. */
interface SubscribeRules extends TransportRules {

    @Test
    default void gives_the_reason_codes_in_the_order_of_the_subscriptions() {
        MqttConnection connection = fixture().connect(fixture().transport("codes"));

        List<ReasonCode> codes = result(connection.subscribe(List.of(
                new Subscription(TopicFilter.of("tck/2"), Qos.EXACTLY_ONCE),
                new Subscription(TopicFilter.of("elsewhere"), Qos.EXACTLY_ONCE),
                new Subscription(TopicFilter.of("tck/0"), Qos.AT_MOST_ONCE),
                new Subscription(TopicFilter.of("tck/1"), Qos.AT_LEAST_ONCE))));

        assertEquals(4, codes.size());
        assertEquals(ReasonCode.GRANTED_QOS_2, codes.get(0));
        assertTrue(codes.get(1).isError(), codes.toString());
        assertEquals(ReasonCode.SUCCESS, codes.get(2));
        assertEquals(ReasonCode.GRANTED_QOS_1, codes.get(3));
    }

    @Test
    default void tells_a_refusal_of_all_filters_as_an_outcome() {
        MqttConnection connection = fixture().connect(fixture().transport("refused"));

        List<ReasonCode> codes =
                result(connection.subscribe(List.of(new Subscription(TopicFilter.of("elsewhere"), Qos.AT_LEAST_ONCE))));

        assertEquals(1, codes.size());
        assertTrue(codes.get(0).isError(), codes.toString());
    }

    @Test
    default void receives_with_the_qos_that_was_asked_for() {
        MqttTransport transport = fixture().transport("modest");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection connection = fixture().connect(transport);
        result(connection.subscribe(List.of(new Subscription(TopicFilter.of("tck/#"), Qos.AT_MOST_ONCE))));

        result(connection.publish(message("tck/x", "1", Qos.EXACTLY_ONCE)));

        deliveries.awaitCount(1);
        assertEquals(Qos.AT_MOST_ONCE, deliveries.values().get(0).message().qos());
    }

    @Test
    default void receives_no_more_once_it_has_unsubscribed() {
        MqttTransport transport = fixture().transport("unsubscribed");
        TestSubscriber<Delivery> deliveries = record(transport);
        MqttConnection connection = fixture().connect(transport);
        result(connection.subscribe(List.of(
                new Subscription(TopicFilter.of("tck/a"), Qos.AT_LEAST_ONCE),
                new Subscription(TopicFilter.of("tck/b"), Qos.AT_LEAST_ONCE))));

        List<ReasonCode> codes = result(connection.unsubscribe(List.of(TopicFilter.of("tck/a"))));
        result(connection.publish(message("tck/a", "a", Qos.AT_LEAST_ONCE)));
        result(connection.publish(message("tck/b", "b", Qos.AT_LEAST_ONCE)));

        assertEquals(List.of(ReasonCode.SUCCESS), codes);
        deliveries.awaitCount(1);
        assertEquals(List.of("b"), payloads(deliveries));
    }

    @Test
    default void fails_a_subscribe_whose_connection_ends_first() {
        MqttConnection connection = fixture().connect(fixture().transport("cut"));
        fixture().faults().next(Fault.cut(Kind.SUBACK));

        TestObserver<List<ReasonCode>> codes =
                connection.subscribe(List.of(EVERYTHING)).test();

        codes.awaitDone(5, TimeUnit.SECONDS).assertError(SessionEndedException.class);
    }

    @Test
    default void fails_an_unsubscribe_whose_connection_ends_first() {
        MqttConnection connection = fixture().connect(fixture().transport("cut"));
        fixture().faults().next(Fault.cut(Kind.UNSUBACK));

        TestObserver<List<ReasonCode>> codes =
                connection.unsubscribe(List.of(EVERYTHING.topicFilter())).test();

        codes.awaitDone(5, TimeUnit.SECONDS).assertError(SessionEndedException.class);
    }
}
