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
        Single<List<ReasonCode>> subscribing = connection.subscribe(List.of(EVERYTHING));

        sendsNothing(connection, Kind.SUBSCRIBE);
        assertEquals(List.of(ReasonCode.GRANTED_QOS_2), result(subscribing));
    }

    @Test
    default void unsubscribes_when_somebody_wants_to_know_and_not_before() {
        MqttConnection connection = fixture().publisher();
        result(connection.subscribe(List.of(EVERYTHING)));
        Single<List<ReasonCode>> unsubscribing = connection.unsubscribe(List.of(EVERYTHING.topicFilter()));

        sendsNothing(connection, Kind.UNSUBSCRIBE);
        assertEquals(List.of(ReasonCode.SUCCESS), result(unsubscribing));
    }

    @Test
    default void says_goodbye_when_somebody_wants_to_know_and_not_before() {
        MqttConnection connection = fixture().publisher();
        Completable leaving = connection.disconnect(ReasonCode.SUCCESS, Optional.empty());

        sendsNothing(connection, Kind.DISCONNECT);
        assertFalse(hasEnded(connection), "ended");
        result(leaving);
    }

    private void sendsNothing(MqttConnection connection, Kind kind) {
        InjectedFault sent =
                fixture().faults().always(new Fault.Drop(Packets.of(kind).fromClients()));
        // Whatever is on its way from another thread has time to come.
        for (int i = 0; i < 10; i++) {
            result(connection.publish(message("tck/fence", "", Qos.AT_LEAST_ONCE)));
        }
        assertEquals(0, sent.hits(), kind + " packets that nobody asked for");
        sent.lift();
    }
}
