package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.EVERYTHING;
import static io.alicia.mqtt.testkit.tck.TransportFixture.failureOf;
import static io.alicia.mqtt.testkit.tck.TransportFixture.hasEnded;
import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.record;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.testkit.fault.Fault;
import io.alicia.mqtt.testkit.fault.Packets;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * One connection after another: whoever hears that one has ended, or of what failed with it, may ask for the next one in the
 * same breath.
 */
interface SuccessionRules extends TransportRules {

    @Test
    default void takes_another_attempt_in_answer_to_the_end() {
        MqttTransport transport = fixture().transport("closed");
        MqttConnection first = fixture().connect(transport);
        Single<MqttConnection> second = first.closed()
                .flatMap(cause -> transport.connect(fixture().request().build()))
                .cache();
        second.subscribe(new TestObserver<>());

        fixture().cut(first);

        result(second);
    }

    @Test
    default void takes_another_attempt_in_answer_to_a_refusal() {
        MqttTransport transport = fixture().transport("refused");

        result(transport
                .connect(fixture()
                        .request()
                        .credentials(new Credentials("tck", "wrong"))
                        .build())
                .onErrorResumeNext(
                        refusal -> transport.connect(fixture().request().build())));
    }

    @Test
    default void takes_another_attempt_in_answer_to_an_address_where_nobody_is() {
        MqttTransport transport = fixture().transport("lost");

        result(transport
                .connect(fixture().request().server(fixture().unreachable()).build())
                .onErrorResumeNext(
                        failure -> transport.connect(fixture().request().build())));
    }

    @Test
    default void fails_a_publish_when_its_connection_has_ended_and_not_before() {
        failsNoSooner(Kind.PUBACK, connection -> connection.publish(message("tck/x", "1", Qos.AT_LEAST_ONCE)));
    }

    @Test
    default void fails_a_subscribe_when_its_connection_has_ended_and_not_before() {
        failsNoSooner(Kind.SUBACK, connection -> connection.subscribe(List.of(EVERYTHING)));
    }

    @Test
    default void fails_an_unsubscribe_when_its_connection_has_ended_and_not_before() {
        failsNoSooner(Kind.UNSUBACK, connection -> connection.unsubscribe(List.of(EVERYTHING.topicFilter())));
    }

    private void failsNoSooner(Kind cutAt, Function<MqttConnection, Single<?>> operation) {
        MqttTransport transport = fixture().transport("interrupted");
        MqttConnection first = fixture().connect(transport);
        fixture().faults().next(new Fault.Cut(Packets.of(cutAt)));
        AtomicReference<String> heard = new AtomicReference<>("nothing");

        result(operation.apply(first).cast(Object.class).onErrorResumeNext(failure -> {
            heard.set(
                    !(failure instanceof SessionEndedException)
                            ? failure.toString()
                            : hasEnded(first)
                                    ? "the connection has ended"
                                    : "it failed before the connection had ended");
            return transport.connect(fixture().request().build());
        }));

        assertEquals("the connection has ended", heard.get());
    }

    /** Each in a request of its own; where the first one finds nobody the second is another server. */
    @Test
    default void goes_from_one_server_to_another() {
        MqttTransport transport = fixture().transport("wandering");
        fixture().cut(fixture().connect(transport));
        ScriptedServer other = fixture().server();

        MqttConnection second =
                result(transport.connect(TransportFixture.requestTo(other).build()));

        assertEquals("wandering", other.awaitConnect().clientIdentifier());
        other.close();
        result(second.closed());
        assertInstanceOf(
                ConnectFailure.Unreachable.class,
                failureOf(transport.connect(TransportFixture.requestTo(other).build())));
        fixture().connect(transport);
    }

    /**
     * Not even where that has a session for the same client: a message and its Packet Identifier belong to the session that they
     * were sent in.
     */
    @Test
    default void fails_what_is_in_flight_when_it_goes_to_another_server() {
        MqttTransport transport = fixture().transport("leaving");
        record(transport);
        ConnectRequest elsewhere = fixture().requestToAnotherServer().build();
        result(result(transport.connect(elsewhere)).disconnect(ReasonCode.SUCCESS, Optional.empty()));
        MqttConnection left =
                result(transport.connect(fixture().requestThatKeepsTheSession().build()));
        fixture().faults().next(new Fault.Cut(Packets.of(Kind.PUBACK).toClients()));
        TestObserver<PublishOutcome> outcome =
                left.publish(message("tck/left", "1", Qos.AT_LEAST_ONCE)).test();
        result(left.closed());
        outcome.assertEmpty();

        MqttConnection second = result(transport.connect(elsewhere));

        assertTrue(second.connack().sessionPresent(), "session present");
        outcome.awaitDone(5, TimeUnit.SECONDS)
                .assertError(failure -> failure instanceof SessionEndedException ended && ended.isPossiblySent());
    }
}
