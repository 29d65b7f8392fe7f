package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.failureOf;
import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.requestTo;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.DisconnectCause.Initiator;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.PublishOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where 3.1.1 cannot say what MQTT 5 can. */
interface Mqtt3Rules extends TransportRules {

    @Test
    default void takes_an_acknowledgement_for_success_because_it_cannot_say_more() {
        MqttConnection connection = fixture().publisher();

        assertEquals(PublishOutcome.SUCCESS, result(connection.publish(message("elsewhere", "1", Qos.AT_LEAST_ONCE))));
    }

    /** By their counterparts (3.1.1 §3.2.2.3). */
    @Test
    default void tells_each_return_code_of_a_refusal() {
        for (ReasonCode reasonCode : List.of(
                ReasonCode.UNSUPPORTED_PROTOCOL_VERSION,
                ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                ReasonCode.SERVER_UNAVAILABLE,
                ReasonCode.BAD_USER_NAME_OR_PASSWORD,
                ReasonCode.NOT_AUTHORIZED)) {
            ScriptedServer server = fixture().server(packet -> List.of(Connack.refused(reasonCode)));

            ConnectFailure failure = failureOf(
                    fixture().transport("refused").connect(requestTo(server).build()));

            assertEquals(new ConnectFailure.Refused(reasonCode, Optional.empty(), Optional.empty()), failure);
        }
    }

    /** Zero is Clean Session, anything else keeps the session; a clean start is one as well. */
    @Test
    default void asks_for_a_clean_session_where_none_is_to_be_kept() {
        ScriptedServer server = fixture().server();

        result(fixture().transport("brief").connect(requestTo(server).build()));
        assertTrue(server.awaitConnect().cleanStart(), "clean session");
        result(fixture()
                .transport("kept")
                .connect(requestTo(server)
                        .sessionExpiryInterval(Duration.ofSeconds(77))
                        .build()));
        assertFalse(server.awaitConnect().cleanStart(), "clean session");
        result(fixture()
                .transport("anew")
                .connect(requestTo(server)
                        .sessionExpiryInterval(Duration.ofSeconds(77))
                        .cleanStart(true)
                        .build()));
        assertTrue(server.awaitConnect().cleanStart(), "clean session");
    }

    @Test
    default void tells_a_server_that_closes_from_a_network_by_nothing() {
        MqttConnection connection = fixture().connect(fixture().transport("removed"));

        fixture().broker().broker().disconnect("removed");

        assertEquals(Initiator.NETWORK, result(connection.closed()).initiator());
    }
}
