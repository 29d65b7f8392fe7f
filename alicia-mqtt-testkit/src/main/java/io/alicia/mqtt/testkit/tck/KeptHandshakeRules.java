package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.record;
import static io.alicia.mqtt.testkit.tck.TransportFixture.requestTo;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnackProperties;
import io.alicia.mqtt.broker.protocol.Connect;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.KeptHandshake;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.reactivex.rxjava3.observers.TestObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What becomes of handshakes with QoS 2 that others keep; skipped where a transport says that it has none. */
interface KeptHandshakeRules extends TransportRules {

    /** What a server saw that has nothing to say against anything. */
    final class Seen {

        /** In their order: {@code PUBLISH 32768}, {@code PUBLISH 32768 DUP}, {@code PUBREL 32768}. */
        final List<String> packets = new CopyOnWriteArrayList<>();

        private final Predicate<Packet> silence;
        private final boolean sessionPresent;

        private Seen(Predicate<Packet> silence, boolean sessionPresent) {
            this.silence = silence;
            this.sessionPresent = sessionPresent;
        }

        List<Packet> answersTo(Packet packet) {
            if (packet instanceof Connect) {
                return List.of(new Connack(sessionPresent, ReasonCode.SUCCESS, ConnackProperties.NONE));
            }
            if (packet instanceof Publish publish) {
                packets.add("PUBLISH " + publish.packetIdentifier() + (publish.dup() ? " DUP" : ""));
            } else if (packet instanceof Pubrel pubrel) {
                packets.add("PUBREL " + pubrel.packetIdentifier());
            }
            return silence.test(packet)
                    ? List.of()
                    : ScriptedServer.accepting(ConnackProperties.NONE).answersTo(packet);
        }
    }

    /** A handshake whose test says when PUBREL may go. */
    final class Handshake implements KeptHandshake {

        private final int packetIdentifier;
        private final boolean resumed;
        private final Queue<Runnable> releases = new ConcurrentLinkedQueue<>();

        Handshake(int packetIdentifier, boolean resumed) {
            this.packetIdentifier = packetIdentifier;
            this.resumed = resumed;
        }

        @Override
        public int packetIdentifier() {
            return packetIdentifier;
        }

        @Override
        public boolean isResumed() {
            return resumed;
        }

        @Override
        public void received(Runnable release) {
            releases.add(release);
        }

        /** Waits for PUBREC, and lets PUBREL go. */
        void release() {
            TransportFixture.await("PUBREC of " + packetIdentifier, () -> !releases.isEmpty());
            releases.remove().run();
        }
    }

    /** The first identifier that such handshakes have. */
    int FIRST = KeptHandshake.FIRST_PACKET_IDENTIFIER;

    @Test
    default void publishes_under_the_packet_identifier_of_a_handshake_that_others_keep() {
        Seen seen = new Seen(packet -> false, false);
        MqttConnection connection = connect(seen, Set.of());
        Handshake handshake = new Handshake(FIRST + 291, false);

        TestObserver<PublishOutcome> outcome = connection
                .publish(message("tck/kept", "1", Qos.EXACTLY_ONCE), handshake)
                .test();
        handshake.release();

        outcome.awaitDone(5, TimeUnit.SECONDS).assertValue(PublishOutcome.SUCCESS);
        assertEquals(List.of("PUBLISH 33059", "PUBREL 33059"), seen.packets);
    }

    @Test
    default void keeps_its_own_handshakes_apart_from_those_that_others_keep() {
        Seen seen = new Seen(packet -> false, false);
        MqttConnection connection = connect(seen, Set.of());
        Handshake handshake = new Handshake(FIRST, false);

        TestObserver<PublishOutcome> kept = connection
                .publish(message("tck/kept", "1", Qos.EXACTLY_ONCE), handshake)
                .test();
        handshake.release();
        kept.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
        PublishOutcome own = result(connection.publish(message("tck/own", "2", Qos.EXACTLY_ONCE)));

        assertEquals(PublishOutcome.SUCCESS, own);
        assertEquals(List.of("PUBLISH 32768", "PUBREL 32768", "PUBLISH 1", "PUBREL 1"), seen.packets);
    }

    @Test
    default void sends_pubrel_when_it_is_told_to_and_not_before() {
        Seen seen = new Seen(packet -> false, false);
        MqttConnection connection = connect(seen, Set.of());
        Handshake handshake = new Handshake(FIRST, false);

        TestObserver<PublishOutcome> outcome = connection
                .publish(message("tck/kept", "1", Qos.EXACTLY_ONCE), handshake)
                .test();
        TransportFixture.await("PUBREC", () -> !handshake.releases.isEmpty());
        result(connection.publish(message("tck/behind", "2", Qos.AT_LEAST_ONCE)));
        assertEquals(1, seen.packets.indexOf("PUBLISH 2"), () -> "before it is told: " + seen.packets);
        assertEquals(2, seen.packets.size(), () -> "before it is told: " + seen.packets);
        outcome.assertNotComplete();
        handshake.release();

        outcome.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
        assertEquals("PUBREL 32768", seen.packets.get(2));
    }

    /** [MQTT-4.6.0-4]. */
    @Test
    default void sends_pubrels_in_the_order_of_the_pubrecs_in_whichever_order_it_is_told_to() {
        Seen seen = new Seen(packet -> false, false);
        MqttConnection connection = connect(seen, Set.of());
        Handshake first = new Handshake(FIRST, false);
        Handshake second = new Handshake(FIRST + 1, false);
        TestObserver<PublishOutcome> one = connection
                .publish(message("tck/kept", "1", Qos.EXACTLY_ONCE), first)
                .test();
        TransportFixture.await("PUBREC of the first", () -> !first.releases.isEmpty());
        TestObserver<PublishOutcome> another = connection
                .publish(message("tck/kept", "2", Qos.EXACTLY_ONCE), second)
                .test();

        second.release();
        result(connection.publish(message("tck/behind", "3", Qos.AT_LEAST_ONCE)));
        assertEquals(3, seen.packets.size(), () -> "before the first is told: " + seen.packets);
        first.release();

        one.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
        another.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
        assertEquals(List.of("PUBREL 32768", "PUBREL 32769"), seen.packets.subList(3, 5));
    }

    /** [MQTT-3.3.1-1]. */
    @Test
    default void says_of_what_an_earlier_process_may_have_sent_that_it_is_sent_again() {
        Seen seen = new Seen(packet -> false, false);
        MqttConnection connection = connect(seen, Set.of());
        Handshake resumed = new Handshake(FIRST, true);

        TestObserver<PublishOutcome> outcome = connection
                .publish(message("tck/kept", "1", Qos.EXACTLY_ONCE), resumed)
                .test();
        resumed.release();

        outcome.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
        assertEquals(List.of("PUBLISH 32768 DUP", "PUBREL 32768"), seen.packets);
    }

    @Test
    default void goes_on_with_a_handshake_that_others_keep_on_the_next_connection() {
        Seen seen = new Seen(packet -> false, true);
        ScriptedServer server = fixture().server(seen::answersTo);
        MqttTransport transport = fixture().transport("kept");
        record(transport);
        MqttConnection first = keeping(result(transport.connect(request(server, Set.of()))));
        seen.packets.clear(); // what it frees in a session that it finds
        Handshake handshake = new Handshake(FIRST, false);
        TestObserver<PublishOutcome> outcome = first.publish(message("tck/kept", "1", Qos.EXACTLY_ONCE), handshake)
                .test();
        TransportFixture.await("PUBREC", () -> !handshake.releases.isEmpty());
        handshake.releases.clear(); // which nobody is told of

        server.hangUp();
        result(first.closed());
        keeping(result(transport.connect(request(server, Set.of()))));
        handshake.release();

        outcome.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
        assertEquals(List.of("PUBLISH 32768", "PUBLISH 32768 DUP", "PUBREL 32768"), seen.packets);
    }

    @Test
    default void ends_a_handshake_of_an_earlier_process_with_pubrel_and_pubcomp() {
        Seen seen = new Seen(packet -> packet instanceof Pubrel, false);
        MqttConnection connection = connect(seen, Set.of());

        TestObserver<Void> released = connection.release(FIRST + 5).test();
        TransportFixture.await("PUBREL", () -> seen.packets.contains("PUBREL 32773"));
        released.assertNotComplete();
        result(connection.disconnect(ReasonCode.SUCCESS, Optional.empty()));

        released.awaitDone(5, TimeUnit.SECONDS).assertError(SessionEndedException.class);
        MqttConnection next = connect(new Seen(packet -> false, false), Set.of());
        result(next.release(FIRST + 5));
    }

    @Test
    default void leaves_alone_in_a_session_that_it_finds_what_is_to_be_gone_on_with() {
        Seen seen = new Seen(packet -> false, true);

        connect(seen, Set.of(FIRST, FIRST + 2));

        TransportFixture.await("what it frees", () -> seen.packets.contains("PUBREL " + (FIRST + 3)));
        assertTrue(seen.packets.contains("PUBREL 1"), () -> "its own: " + seen.packets);
        assertTrue(seen.packets.contains("PUBREL " + (FIRST + 1)), () -> "of nobody: " + seen.packets);
        assertTrue(
                seen.packets.stream().noneMatch(Set.of("PUBREL " + FIRST, "PUBREL " + (FIRST + 2))::contains),
                () -> "to be gone on with: " + seen.packets);
    }

    @Test
    default void frees_in_a_session_that_it_finds_as_many_identifiers_as_may_be_in_use() {
        Seen seen = new Seen(packet -> false, true);
        MqttTransport transport = fixture().transport("kept");
        record(transport);
        ConnectRequest.Builder request = requestTo(fixture().server(seen::answersTo));

        keeping(result(transport.connect(request.sessionExpiryInterval(Duration.ofMinutes(5))
                .keepsHandshakes(true)
                .sendMaximum(1_500)
                .build())));

        TransportFixture.await(
                "the last of them",
                () -> seen.packets.contains("PUBREL 1500") && seen.packets.contains("PUBREL " + (FIRST + 1_499)));
    }

    @Test
    default void refuses_a_handshake_for_a_message_without_and_an_identifier_of_its_own() {
        MqttConnection connection = connect(new Seen(packet -> false, false), Set.of());

        assertThrows(
                IllegalArgumentException.class,
                () -> result(
                        connection.publish(message("tck/kept", "1", Qos.AT_LEAST_ONCE), new Handshake(FIRST, false))));
        assertThrows(
                IllegalArgumentException.class,
                () -> result(connection.publish(
                        message("tck/kept", "1", Qos.EXACTLY_ONCE), new Handshake(FIRST - 1, false))));
    }

    private MqttConnection connect(Seen seen, Set<Integer> unfinished) {
        MqttTransport transport = fixture().transport("kept");
        record(transport);
        return keeping(result(transport.connect(request(fixture().server(seen::answersTo), unfinished))));
    }

    private static ConnectRequest request(ScriptedServer server, Set<Integer> unfinished) {
        ConnectRequest.Builder request = requestTo(server);
        return request.sessionExpiryInterval(Duration.ofMinutes(5))
                .keepsHandshakes(true)
                .unfinishedHandshakes(unfinished)
                .build();
    }

    private static MqttConnection keeping(MqttConnection connection) {
        assumeTrue(connection.keepsHandshakes(), "this transport has no handshakes that others keep");
        return connection;
    }
}
