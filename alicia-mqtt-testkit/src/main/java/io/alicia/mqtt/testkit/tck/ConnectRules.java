package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.failureOf;
import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.requestTo;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import io.alicia.mqtt.broker.protocol.Connect;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.testkit.fault.Fault;
import io.alicia.mqtt.testkit.fault.InjectedFault;
import io.alicia.mqtt.testkit.fault.Packets;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a connection comes about, and how not. */
interface ConnectRules extends TransportRules {

    @Test
    default void says_what_the_server_said_when_it_accepted() {
        MqttTransport transport = fixture().transport("bulb");

        Connack connack = result(transport.connect(fixture()
                        .requestThatKeepsTheSession()
                        .keepAlive(Duration.ofSeconds(30))
                        .build()))
                .connack();

        assertFalse(connack.sessionPresent(), "session present");
        assertEquals("bulb", connack.clientIdentifier());
        assertEquals(Duration.ofMinutes(5), connack.sessionExpiryInterval());
        assertEquals(Duration.ofSeconds(30), connack.keepAlive());
    }

    /** With MQTT 5 by its word, over 3.1.1 nobody says. */
    @Test
    default void says_how_many_messages_the_server_takes_unacknowledged() {
        int told = fixture().version() == MqttVersion.MQTT_5 ? TransportFixture.RECEIVE_MAXIMUM : 65_535;

        assertEquals(told, fixture().publisher().connack().receiveMaximum());
    }

    @Test
    default void tells_the_server_who_it_is_and_what_its_will_is() {
        ScriptedServer server = fixture().server();
        for (Qos qos : Qos.values()) {
            ApplicationMessage lastWords = message("tck/will", "gone with " + qos, qos).toBuilder()
                    .retain(qos != Qos.AT_MOST_ONCE)
                    .build();

            result(fixture()
                    .transport("known-" + qos)
                    .connect(requestTo(server)
                            .credentials(new Credentials("hall", "xyzzy"))
                            .keepAlive(Duration.ofSeconds(33))
                            .will(new Will(lastWords))
                            .build()));

            Connect connect = server.awaitConnect();
            assertEquals(fixture().version(), connect.version());
            assertEquals("known-" + qos, connect.clientIdentifier());
            assertEquals("hall", connect.userName());
            assertEquals(BinaryData.ofUtf8("xyzzy"), connect.password());
            assertEquals(33, connect.keepAliveSeconds());
            io.alicia.mqtt.broker.protocol.Will will = connect.will();
            assertNotNull(will, "will");
            assertEquals(lastWords.topic(), will.topic());
            assertEquals(lastWords.payload(), will.payload());
            assertEquals(qos, will.qos());
            assertEquals(lastWords.retain(), will.retain(), "will retain");
        }
    }

    @Test
    default void connects_when_somebody_subscribes_and_not_before() {
        Single<MqttConnection> connecting =
                fixture().transport("lazy").connect(fixture().request().build());

        MqttConnection other = fixture().connect(fixture().transport("other"));
        // Whatever is on its way from another thread has time to come.
        for (int i = 0; i < 10; i++) {
            result(other.publish(message("tck/fence", "", Qos.AT_LEAST_ONCE)));
        }
        assertEquals(Set.of("other"), fixture().broker().broker().connectedClients());
        result(connecting);
        assertEquals(Set.of("lazy", "other"), fixture().broker().broker().connectedClients());
    }

    @Test
    default void reports_wrong_credentials_as_refused_without_showing_them() {
        MqttTransport transport = fixture().transport("stranger");
        ConnectRequest request = fixture()
                .request()
                .credentials(new Credentials("tck", "xyzzy-wrong"))
                .build();

        ConnectFailedException failure =
                assertThrows(ConnectFailedException.class, () -> result(transport.connect(request)));

        ConnectFailure.Refused refused = assertInstanceOf(ConnectFailure.Refused.class, failure.failure());
        assertTrue(
                Set.of(ReasonCode.BAD_USER_NAME_OR_PASSWORD, ReasonCode.NOT_AUTHORIZED)
                        .contains(refused.reasonCode()),
                refused.toString());
        assertFalse(refused.mayPass(), "worth another attempt");
        assertFalse(failure.toString().contains("xyzzy"), failure.toString());
    }

    @Test
    default void connects_with_the_credentials_of_the_next_request_after_a_refusal() {
        MqttTransport transport = fixture().transport("rotated");
        failureOf(transport.connect(
                fixture().request().credentials(new Credentials("tck", "old")).build()));

        fixture().connect(transport);
    }

    @Test
    default void reports_that_nobody_listens_and_connects_elsewhere() {
        MqttTransport transport = fixture().transport("lost");

        ConnectFailure failure = failureOf(transport.connect(
                fixture().request().server(fixture().unreachable()).build()));

        assertInstanceOf(ConnectFailure.Unreachable.class, failure);
        assertTrue(failure.mayPass(), "worth another attempt");
        fixture().connect(transport);
    }

    @Test
    default void reports_a_server_that_closes_instead_of_answering() {
        fixture().faults().next(Fault.cut(Kind.CONNECT));
        MqttTransport transport = fixture().transport("early");

        ConnectFailure failure = failureOf(transport.connect(fixture().request().build()));

        assertInstanceOf(ConnectFailure.ClosedEarly.class, failure);
        fixture().connect(transport);
    }

    @Test
    default void gives_up_on_a_server_that_says_nothing_and_takes_another_attempt() {
        InjectedFault silence = fixture().faults().always(new Fault.Hold(Packets.of(Kind.CONNACK)));
        MqttTransport transport = fixture().transport("patient");

        ConnectFailure failure = failureOf(transport.connect(
                fixture().request().timeout(Duration.ofMillis(200)).build()));

        assertEquals(new ConnectFailure.TimedOut(Duration.ofMillis(200)), failure);
        silence.lift();
        fixture().connect(transport);
    }

    @Test
    default void gives_an_attempt_up_when_it_is_cancelled_and_takes_another() {
        InjectedFault silence = fixture().faults().always(new Fault.Hold(Packets.of(Kind.CONNACK)));
        MqttTransport transport = fixture().transport("fickle");
        TestObserver<MqttConnection> attempt =
                transport.connect(fixture().request().build()).test();
        silence.awaitHit();

        attempt.dispose();
        silence.lift();

        MqttConnection connection = fixture().connect(transport);
        assertTrue(connection.closed().test().values().isEmpty(), "open");
        attempt.assertNoValues();
    }

    @Test
    default void has_one_connection_at_a_time() {
        MqttTransport transport = fixture().transport("single");
        MqttConnection first = fixture().connect(transport);

        assertThrows(IllegalStateException.class, () -> fixture().connect(transport));

        fixture().cut(first);
        fixture().connect(transport);
    }

    @Test
    default void connects_no_more_once_it_is_closed() {
        MqttTransport transport = fixture().transport("done");
        result(transport.close());

        assertThrows(IllegalStateException.class, () -> fixture().connect(transport));
    }
}
