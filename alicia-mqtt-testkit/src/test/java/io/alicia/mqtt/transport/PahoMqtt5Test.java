package io.alicia.mqtt.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.access.StandardPolicy;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.testkit.TestBroker;
import io.alicia.mqtt.testkit.tck.Mqtt5TransportTck;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The SPI over a client that shares nothing with HiveMQ's: blocking sockets, threads of its own, callbacks. Side by side, because
 * Paho looks every 100 ms whether each of its threads has started or ended.
 */
@Execution(ExecutionMode.CONCURRENT)
class PahoMqtt5Test extends Mqtt5TransportTck {

    /** Held here, because a logger that nobody holds forgets its level. */
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho.mqttv5");

    @BeforeAll
    static void keepQuiet() {
        PAHO.setLevel(Level.OFF);
    }

    @Override
    protected MqttTransportProvider provider() {
        return new PahoTransportProvider();
    }

    /**
     * With QoS 1 alone: Paho 1.2.5 takes a PUBREC with an error for its own failure and breaks the connection off, against
     * [MQTT-4.3.3-4]; nothing above it can help that.
     */
    @Override
    @Test
    public void tells_a_refusal_by_the_server_as_an_outcome() {
        refusalAsAnOutcome(Qos.AT_LEAST_ONCE);
    }

    /** With QoS 1 alone, for the same reason. */
    @Override
    @Test
    public void passes_on_the_words_of_a_server_that_refuses_a_message() {
        outcomeIs(ReasonCode.QUOTA_EXCEEDED, "enough for today", Qos.AT_LEAST_ONCE);
    }

    /** With QoS 1 alone: Paho 1.2.5 has the PUBCOMP take the place of what PUBREC said. */
    @Override
    @Test
    public void passes_on_the_words_of_a_server_that_takes_a_message() {
        outcomeIs(ReasonCode.NO_MATCHING_SUBSCRIBERS, "nobody here", Qos.AT_LEAST_ONCE);
    }

    /** All but the one that is taken for the earlier transport's: Paho 1.2.5 has no way to release a Packet Identifier. */
    @Override
    @Test
    public void publishes_qos_2_in_a_session_that_an_earlier_transport_left_in_the_middle_of_one() {
        publishesInALeftSession(4);
    }

    /** The Reason Code alone: Paho 1.2.5 makes an exception of it and throws the CONNACK away. */
    @Override
    @Test
    public void passes_on_another_server_that_a_refusal_names() {
        refusalTells(Optional.empty(), Optional.empty());
    }

    /** Without saying so: Paho 1.2.5 reads the DUP flag and hands over the message without. */
    @Override
    @Test
    public void says_of_what_comes_again_that_it_does() {
        comesAgain(false);
    }

    @Test
    void carries_the_typed_client() {
        try (TestBroker broker = TestBroker.start();
                AliciaMqtt lamp = client(broker, StandardPolicy.ESP32_DEVICE);
                AliciaMqtt app = client(broker, StandardPolicy.MOBILE_APP)) {
            Disposable answering = lamp.devices()
                    .light("kitchen")
                    .onCommand(command ->
                            Single.just(CommandResult.builder().success(true).build()));
            lamp.subscribed().blockingAwait();

            CommandResult result =
                    app.devices().light("kitchen").command(Command.turnOn()).blockingGet();

            assertThat(result.success()).isTrue();
            answering.dispose();
        }
    }

    private AliciaMqtt client(TestBroker broker, String account) {
        return AliciaMqttClient.builder()
                .server(broker.uri())
                .account(account, broker.password(account))
                .transport(provider())
                .connect();
    }
}
