package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.access.StandardPolicy;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a publisher hears of its messages. */
class PublishTest extends RealServers {

    @Test
    void says_whether_anybody_listened() {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());

        PublishResult result = alicia.topic(ROOMS, PayloadCodec.text())
                .publishForResult("empty", "hello")
                .blockingGet();

        assertThat(result).isInstanceOf(PublishResult.Acknowledged.class);
        assertThat(((PublishResult.Acknowledged) result).hadSubscribers()).isFalse();
    }

    /** Mosquitto 2.0.11 acknowledges over 3.1.1 what it drops when more than max_inflight_messages, 20, are under way. */
    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void loses_nothing_of_a_burst(MqttVersion version) {
        String room = uniqueId("burst");
        TestSubscriber<Received<String, String>> notes = client(version, mosquitto.tcp())
                .topic(ROOMS, PayloadCodec.text())
                .withQos(Qos.EXACTLY_ONCE)
                .messages(room)
                .test();
        clients.get(clients.size() - 1).subscribed().blockingAwait();
        TypedTopic<String, String> sender = client(version, mosquitto.tcp()).topic(ROOMS, PayloadCodec.text());

        Flowable.range(0, 500)
                .flatMapCompletable(
                        i -> sender.withQos(i % 5 == 0 ? Qos.AT_LEAST_ONCE : Qos.EXACTLY_ONCE)
                                .publish(room, "n" + i),
                        false,
                        500)
                .blockingAwait();

        Awaitility.await().untilAsserted(() -> assertThat(notes.values()).hasSizeGreaterThanOrEqualTo(500));
        assertThat(notes.values().stream().map(Received::payload).distinct()).hasSize(500);
    }

    @Test
    void refuses_what_its_own_policy_forbids_and_names_the_rule() {
        AliciaMqttClient esp32 = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .account("esp32_device", "unused")
                .policy(StandardPolicy.of())
                .connect();
        clients.add(esp32);

        PublishResult result = esp32.topic(TopicTemplate.of("alicia/devices/{id}/command"), PayloadCodec.text())
                .publishForResult("bulb", "{}")
                .blockingGet();

        assertThat(result).isInstanceOf(PublishResult.RefusedByPolicy.class);
        assertThat(result.description())
                .contains("denied PUBLISH alicia/devices/bulb/command by esp32_device")
                .contains("no rule matched; nearest: `topic read alicia/devices/+/command`");
        esp32.devices()
                .device("bulb")
                .send(Command.turnOn())
                .test()
                .awaitDone(5, TimeUnit.SECONDS)
                .assertError(PublishFailedException.class);
    }

    @Test
    void gives_results_to_those_who_prefer_other_styles() throws Exception {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        TypedTopic<String, String> notes = alicia.topic(ROOMS, PayloadCodec.text());

        PublishResult future = notes.publishForResult("style", "future")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);

        assertThat(future.isAcknowledged()).isTrue();
    }

    @Test
    void tells_other_results_while_one_caller_blocks_at_its_own() {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        TypedTopic<String, String> notes = alicia.topic(ROOMS, PayloadCodec.text());

        PublishResult inner = notes.publishForResult("nested", "outer")
                .map(outer -> notes.publishForResult("nested", "inner").blockingGet())
                .timeout(10, TimeUnit.SECONDS)
                .blockingGet();

        assertThat(inner.isAcknowledged()).isTrue();
    }

    /** The HiveMQ client's own "async" publish is known to block. */
    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void never_waits_in_the_call_although_the_server_is_silent(MqttVersion version) throws Exception {
        byte[] large = new byte[60_000];
        try (Mosquitto silent = Mosquitto.start()) {
            AliciaMqttClient sender = AliciaMqttClient.builder()
                    .server(silent.tcp())
                    .version(version)
                    .closeDeadline(Duration.ZERO)
                    .connect();
            TypedTopic<String, byte[]> notes = sender.topic(ROOMS, PayloadCodec.bytes());
            silent.freeze();

            CompletableFuture.runAsync(() -> Stream.of(Qos.values())
                            .forEach(qos -> IntStream.range(0, 600)
                                    .forEach(i -> notes.withQos(qos)
                                            .publishForResult("silent", large)
                                            .subscribe())))
                    .get(20, TimeUnit.SECONDS);

            sender.close();
        }
    }
}
