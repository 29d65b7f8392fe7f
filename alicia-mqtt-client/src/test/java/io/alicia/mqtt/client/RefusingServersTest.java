package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Flowable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that end the connection for one message, whatever else is to go through it. */
class RefusingServersTest {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("refused/{name}");

    @ParameterizedTest
    @CsvSource({
        "max_packet_size 1000, MQTT_3_1_1",
        "retain_available false, MQTT_3_1_1",
        "max_packet_size 1000, MQTT_5",
        "retain_available false, MQTT_5",
        // Version 2.0.11 answers with a PUBACK that MQTT 5 does not have, for which this side ends the connection.
        "message_size_limit 1000, MQTT_5",
    })
    @Timeout(30)
    void refuse_one_message_and_get_all_the_others(String limit, MqttVersion version) {
        try (Mosquitto server = Mosquitto.start(List.of("allow_anonymous true", limit));
                AliciaMqttClient client = AliciaMqttClient.builder()
                        .server(server.tcp())
                        .version(version)
                        .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(20)))
                        .connect()) {
            TypedTopic<String, String> notes = client.topic(NOTES, PayloadCodec.text());
            List<PublishResult> results = Flowable.range(0, 20)
                    .concatMapEager(number -> (number == 7
                                    ? notes.withRetained(true).publishForResult("other", "x".repeat(3_000))
                                    : notes.publishForResult("same", String.valueOf(number)))
                            .toFlowable())
                    .toList()
                    .blockingGet();

            assertThat(results.get(7)).isInstanceOf(PublishResult.RefusedByServer.class);
            results.remove(7);
            assertThat(results)
                    .hasSize(19)
                    .allSatisfy(result -> assertThat(result.isAcknowledged())
                            .as(result.description())
                            .isTrue());
        }
    }
}
