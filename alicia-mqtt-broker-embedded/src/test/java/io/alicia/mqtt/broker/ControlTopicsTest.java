package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients publish below {@code $CONTROL/}, where Mosquitto's plugins are spoken to and this broker has none. */
class ControlTopicsTest {

    private static final String ENDPOINT = "$CONTROL/dynamic-security/v1";

    @TempDir
    Path directory;

    private final int port = FreePort.find();

    private AutoCloseable started(String which) throws IOException {
        List<String> conf = List.of("listener " + port + " 127.0.0.1", "allow_anonymous true");
        return which.equals("ours")
                ? EmbeddedBroker.start(BrokerConfig.fromMosquitto(Files.write(directory.resolve("m.conf"), conf)))
                : MosquittoBroker.start(directory, port, conf);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ours", "mosquitto"})
    void reaches_no_other_client_and_is_not_retained_not_even_as_a_response(String which) throws Exception {
        try (AutoCloseable broker = started(which);
                RawClient early = RawClient.at(port).connected("early");
                RawClient admin = RawClient.at(port).connected("admin");
                RawClient late = RawClient.at(port).connected("late")) {
            assertThat(broker).isNotNull();
            early.subscribed("$CONTROL/#", Qos.AT_MOST_ONCE);

            admin.publish(ENDPOINT + "/response", "forged", Qos.AT_LEAST_ONCE, true, 1);
            assertThat(admin.receive(Puback.class)).isEqualTo(new Puback(1, ReasonCode.SUCCESS));

            late.subscribed("$CONTROL/#", Qos.AT_MOST_ONCE);
            early.expectNothingMore();
            late.expectNothingMore();
        }
    }

    /** As Mosquitto 2.1.2 without a plugin answers, byte for byte; 2.0 says nothing. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void is_acknowledged_and_its_publisher_is_told_that_nothing_listens_there(MqttVersion version) throws Exception {
        try (AutoCloseable broker = started("ours");
                RawClient admin = RawClient.at(port, version).connected("admin")) {
            assertThat(broker).isNotNull();
            admin.publish(ENDPOINT, "{}", Qos.AT_LEAST_ONCE, false, 1);
            assertThat(admin.receive(Puback.class)).isEqualTo(new Puback(1, ReasonCode.SUCCESS));
            assertThatNothingListens(admin);

            admin.publish(ENDPOINT, "{}", Qos.EXACTLY_ONCE, false, 2);
            assertThat(admin.receive(Pubrec.class)).isEqualTo(new Pubrec(2));
            assertThatNothingListens(admin);
            admin.send(new Pubrel(2));
            assertThat(admin.receive(Pubcomp.class)).isEqualTo(new Pubcomp(2));

            admin.publish(ENDPOINT, "{}", Qos.AT_MOST_ONCE, false, 0);
            assertThatNothingListens(admin);
            admin.expectNothingMore();
        }
    }

    private static void assertThatNothingListens(RawClient client) {
        Publish told = client.receivePublish();
        assertThat(told.topic()).isEqualTo(TopicName.of(ENDPOINT + "/response"));
        assertThat(text(told)).isEqualTo("{\"error\": \"endpoint not available\"}");
        assertThat(told.qos()).isEqualTo(Qos.AT_MOST_ONCE);
        assertThat(told.retain()).isFalse();
        told.release();
    }

    @Test
    void the_topic_above_is_one_like_others() throws Exception {
        try (AutoCloseable broker = started("ours");
                RawClient client = RawClient.at(port).connected("c")) {
            assertThat(broker).isNotNull();
            client.subscribed("$CONTROL", Qos.AT_MOST_ONCE);

            client.publish("$CONTROL", "x", Qos.AT_MOST_ONCE, false, 0);

            assertThat(text(client.receivePublish())).isEqualTo("x");
        }
    }
}
