package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.EVERYTHING;
import static io.alicia.mqtt.testkit.tck.TransportFixture.hasEnded;
import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.testkit.fault.Fault;
import io.alicia.mqtt.testkit.fault.InjectedFault;
import io.alicia.mqtt.testkit.fault.Packets;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A result that nobody subscribes to sends nothing; those of connecting and publishing are with their like. */
interface LazinessRules extends TransportRules {

    @Test
    default void subscribes_when_somebody_wants_to_know_and_not_before() {
        MqttConnection connection = fixture().publisher();
        InjectedFault sent = dropped(Kind.SUBSCRIBE);
        Single<List<ReasonCode>> subscribing = connection.subscribe(List.of(EVERYTHING));

        sendsNothing(connection, sent);
        assertEquals(List.of(ReasonCode.GRANTED_QOS_2), result(subscribing));
    }

    @Test
    default void unsubscribes_when_somebody_wants_to_know_and_not_before() {
        MqttConnection connection = fixture().publisher();
        result(connection.subscribe(List.of(EVERYTHING)));
        InjectedFault sent = dropped(Kind.UNSUBSCRIBE);
        Single<List<ReasonCode>> unsubscribing = connection.unsubscribe(List.of(EVERYTHING.topicFilter()));

        sendsNothing(connection, sent);
        assertEquals(List.of(ReasonCode.SUCCESS), result(unsubscribing));
    }

    @Test
    default void says_goodbye_when_somebody_wants_to_know_and_not_before() {
        MqttConnection connection = fixture().publisher();
        InjectedFault sent = dropped(Kind.DISCONNECT);
        Completable leaving = connection.disconnect(ReasonCode.SUCCESS, Optional.empty());

        sendsNothing(connection, sent);
        assertFalse(hasEnded(connection), "ended");
        result(leaving);
    }

    /** Counts them, and has none of them arrive. */
    private InjectedFault dropped(Kind kind) {
        return fixture().faults().always(new Fault.Drop(Packets.of(kind).fromClients()));
    }

    private static void sendsNothing(MqttConnection connection, InjectedFault sent) {
        // Whatever is on its way from another thread has time to come.
        for (int i = 0; i < 10; i++) {
            result(connection.publish(message("tck/fence", "", Qos.AT_LEAST_ONCE)));
        }
        assertEquals(0, sent.hits(), "packets that nobody asked for");
        sent.lift();
    }
}
