package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alicia.mqtt.connection.DisconnectCause.Initiator;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.PublishOutcome;
import org.junit.jupiter.api.Test;

/** Where 3.1.1 cannot say what MQTT 5 can. */
interface Mqtt3Rules extends TransportRules {

    @Test
    default void takes_an_acknowledgement_for_success_because_it_cannot_say_more() {
        MqttConnection connection = fixture().publisher();

        assertEquals(PublishOutcome.SUCCESS, result(connection.publish(message("elsewhere", "1", Qos.AT_LEAST_ONCE))));
    }

    @Test
    default void tells_a_server_that_closes_from_a_network_by_nothing() {
        MqttConnection connection = fixture().connect(fixture().transport("removed"));

        fixture().broker().broker().disconnect("removed");

        assertEquals(Initiator.NETWORK, result(connection.closed()).initiator());
    }
}
