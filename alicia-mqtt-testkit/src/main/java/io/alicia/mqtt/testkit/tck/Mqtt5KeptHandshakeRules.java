package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.record;
import static io.alicia.mqtt.testkit.tck.TransportFixture.requestTo;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alicia.mqtt.broker.protocol.ConnackProperties;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.KeptHandshake;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.testkit.tck.KeptHandshakeRules.Handshake;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The same as {@link KeptHandshakeRules}, where a server says what 3.1.1 has no words for. */
interface Mqtt5KeptHandshakeRules extends TransportRules {

    /** A server that does not know a Topic Alias ends the connection (MQTT 5 §3.3.2.3.4). */
    @Test
    default void names_the_topic_of_a_kept_message_to_a_server_that_takes_topic_aliases() {
        List<String> topics = new CopyOnWriteArrayList<>();
        ScriptedServer.Script accepting = ScriptedServer.accepting(
                ConnackProperties.builder().topicAliasMaximum(10).build());
        MqttConnection connection = connect(requestTo(fixture().server(packet -> {
            if (packet instanceof Publish publish) {
                topics.add(
                        publish.topic() == null
                                ? "alias " + publish.topicAlias()
                                : publish.topic().value());
            }
            return accepting.answersTo(packet);
        })));

        PublishOutcome outcome = publish(connection, "tck/kept");

        assertEquals(PublishOutcome.SUCCESS, outcome);
        assertEquals(List.of("tck/kept"), topics);
    }

    @Test
    default void frees_the_identifier_of_a_kept_message_that_the_server_refuses() {
        MqttConnection connection = connect(fixture().request());

        TestObserver<PublishOutcome> refused = connection
                .publish(message("elsewhere", "1", Qos.EXACTLY_ONCE), handshake())
                .test();
        refused.awaitDone(5, TimeUnit.SECONDS)
                .assertValue(outcome -> outcome.reasonCode() == ReasonCode.NOT_AUTHORIZED);

        assertFalse(publish(connection, "tck/kept").reasonCode().isError(), "an error");
    }

    private static PublishOutcome publish(MqttConnection connection, String topic) {
        Handshake handshake = handshake();
        TestObserver<PublishOutcome> outcome = connection
                .publish(message(topic, "1", Qos.EXACTLY_ONCE), handshake)
                .test();
        handshake.release();
        return outcome.awaitDone(5, TimeUnit.SECONDS).values().get(0);
    }

    private static Handshake handshake() {
        return new Handshake(KeptHandshake.FIRST_PACKET_IDENTIFIER, false);
    }

    private MqttConnection connect(ConnectRequest.Builder request) {
        MqttTransport transport = fixture().transport("kept");
        record(transport);
        MqttConnection connection =
                result(transport.connect(request.keepsHandshakes(true).build()));
        assumeTrue(connection.keepsHandshakes(), "this transport has no handshakes that others keep");
        return connection;
    }
}
