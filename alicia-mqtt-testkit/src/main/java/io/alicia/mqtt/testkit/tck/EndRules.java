package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.await;
import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.payloads;
import static io.alicia.mqtt.testkit.tck.TransportFixture.record;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.DisconnectCause.Initiator;
import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.testkit.fault.Fault;
import io.alicia.mqtt.testkit.fault.InjectedFault;
import io.alicia.mqtt.testkit.fault.Packets;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How connections and transports end, and what is told of it. */
interface EndRules extends TransportRules {

    @Test
    default void tells_of_its_own_goodbye() {
        MqttConnection connection = fixture().connect(fixture().transport("polite"));
        TestObserver<DisconnectCause> closed = connection.closed().test();
        closed.assertEmpty();

        result(connection.disconnect(ReasonCode.SUCCESS, Optional.empty()));

        closed.awaitDone(5, TimeUnit.SECONDS).assertValue(cause -> cause.initiator() == Initiator.CLIENT);
        result(connection.disconnect(ReasonCode.SUCCESS, Optional.empty()));
        assertEquals(Initiator.CLIENT, result(connection.closed()).initiator());
        await(
                "the broker knows",
                () -> fixture().broker().broker().connectedClients().isEmpty());
    }

    @Test
    default void tells_of_a_network_that_goes_away() {
        MqttConnection connection = fixture().connect(fixture().transport("cut"));

        fixture().cut(connection);

        assertEquals(Initiator.NETWORK, result(connection.closed()).initiator());
    }

    @Test
    default void notices_a_server_that_has_fallen_silent() {
        MqttConnection connection = result(fixture()
                .transport("half-open")
                .connect(fixture().request().keepAlive(Duration.ofSeconds(1)).build()));
        InjectedFault silence =
                fixture().faults().always(new Fault.Drop(Packets.all().toClients()));

        DisconnectCause cause = result(connection.closed());

        assertEquals(Initiator.NETWORK, cause.initiator());
        silence.lift();
    }

    @Test
    default void has_its_will_published_when_it_goes_without_a_goodbye() {
        MqttTransport watching = fixture().transport("watcher");
        TestSubscriber<Delivery> deliveries = record(watching);
        fixture().connectSubscribed(watching);

        fixture().cut(connectWithWill("mortal"));

        deliveries.awaitCount(1);
        assertEquals(List.of("gone"), payloads(deliveries));
        assertEquals("tck/will", deliveries.values().get(0).message().topic().value());
    }

    @Test
    default void has_no_will_published_when_it_says_goodbye() {
        MqttTransport watching = fixture().transport("watcher");
        TestSubscriber<Delivery> deliveries = record(watching);
        MqttConnection watcher = fixture().connectSubscribed(watching);

        result(connectWithWill("polite").disconnect(ReasonCode.SUCCESS, Optional.empty()));
        await(
                "the broker knows",
                () -> fixture().broker().broker().connectedClients().size() == 1);
        result(watcher.publish(message("tck/end", "end", Qos.EXACTLY_ONCE)));

        deliveries.awaitCount(1);
        assertEquals(List.of("end"), payloads(deliveries));
    }

    private MqttConnection connectWithWill(String clientIdentifier) {
        return result(fixture()
                .transport(clientIdentifier)
                .connect(fixture()
                        .request()
                        .will(new Will(message("tck/will", "gone", Qos.AT_LEAST_ONCE)))
                        .build()));
    }

    @Test
    default void fails_what_is_in_flight_when_it_is_closed() {
        MqttTransport transport = fixture().transport("leaver");
        MqttConnection connection =
                result(transport.connect(fixture().requestThatKeepsTheSession().build()));
        InjectedFault held = fixture().faults().always(new Fault.Hold(Packets.of(Kind.PUBACK)));
        TestObserver<PublishOutcome> outcome =
                connection.publish(message("tck/x", "1", Qos.AT_LEAST_ONCE)).test();
        held.awaitHit();

        result(transport.close());

        outcome.awaitDone(5, TimeUnit.SECONDS).assertError(SessionEndedException.class);
        assertEquals(Initiator.CLIENT, result(connection.closed()).initiator());
    }

    /** Whatever their names: they are told by the thread group that they are made in. */
    @Test
    default void leaves_no_thread_when_it_is_closed() {
        String name = "life-" + UUID.randomUUID();
        live("first-" + name); // what is made once for all transports of the JVM is there then
        ThreadGroup threads = new ThreadGroup("threads of a transport");
        FutureTask<Boolean> life = new FutureTask<>(() -> live("second-" + name), true);
        new Thread(threads, life, "whoever uses the transport").start();
        result(Single.fromFuture(life));

        await(
                () -> "no thread of the transport is left, but there are " + alive(threads),
                Duration.ofSeconds(3),
                () -> alive(threads).isEmpty());
        assertEquals(
                List.of(),
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(alive -> alive.contains("second-" + name))
                        .toList());
    }

    private void live(String clientIdentifier) {
        MqttTransport transport = fixture().transport(clientIdentifier);
        record(transport);
        MqttConnection connection = fixture().connectSubscribed(transport);
        result(connection.publish(message("tck/life", "1", Qos.EXACTLY_ONCE)));
        result(transport.close());
    }

    private static List<String> alive(ThreadGroup group) {
        Thread[] threads = new Thread[100];
        int count = group.enumerate(threads);
        return Stream.of(threads).limit(count).map(Thread::getName).toList();
    }

    @Test
    default void gives_an_attempt_up_when_it_is_closed() {
        InjectedFault held = fixture().faults().always(new Fault.Hold(Packets.of(Kind.CONNACK)));
        MqttTransport transport = fixture().transport("hasty");
        TestObserver<MqttConnection> attempt =
                transport.connect(fixture().request().build()).test();
        held.awaitHit();

        result(transport.close());

        attempt.awaitDone(5, TimeUnit.SECONDS).assertError(failure -> true);
    }

    @Test
    default void closes_twice_and_without_ever_having_been_connected() {
        MqttTransport transport = fixture().transport("unused");

        result(transport.close());
        result(transport.close());

        assertThrows(IllegalStateException.class, () -> fixture().connect(transport));
    }
}
