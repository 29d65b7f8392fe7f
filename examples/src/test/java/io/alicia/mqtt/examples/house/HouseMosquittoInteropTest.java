package io.alicia.mqtt.examples.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.topic.AliciaTopics;
import io.alicia.mqtt.topic.NoLevels;
import io.alicia.mqtt.topic.TopicName;
import io.alicia.mqtt.topic.TopicTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that nobody here wrote join the running house, over TCP and over WebSocket. */
class HouseMosquittoInteropTest {

    private static final Path SAMPLES =
            Path.of("..", "alicia-mqtt-api", "src", "test", "resources", "io", "alicia", "mqtt", "codec", "samples");

    private static RunningHouse house;
    private static MosquittoClients mosquitto;

    @BeforeAll
    static void move_in() {
        MosquittoClients.areRequired();
        house = RunningHouse.start();
        mosquitto = new MosquittoClients(house.mqttPort());
    }

    @AfterAll
    static void move_out() {
        if (house != null) {
            house.close();
        }
    }

    @ParameterizedTest(name = "{0} by {1} is seen as {2}")
    @CsvSource({
        "sensor-reading-combined.json, esp32_device, 'SensorReading{'",
        "sensor-scalar-temperature.json, esp32_device, 'sees 23.5'",
        "sensor-availability.json, esp32_device, 'sees ONLINE'",
        "bulb-status.json, esp32_device, 'BulbStatus{'",
        "speaker-status-simulated.json, esp32_device, 'SpeakerStatus{'",
        "speaker-status-bus-double-envelope.json, esp32_device, 'SpeakerStatus{'",
        "ha-discovery-sensor.json, esp32_device, 'has got to know sensor'",
        "command-short.json, mobile_app, 'Command{'",
        "command-bus.json, mobile_app, 'Command{'",
        "command-sonos-volume.json, mobile_app, 'Command{'",
        "announcement.json, voice_assistant, 'Announcement{'",
        "voice-stt-response.json, voice_assistant, 'SttResponse{'",
        "service-register.json, alicia, 'ServiceRegistration{'",
    })
    void each_sample_is_seen_as_its_typed_event(String file, String account, String expected) throws IOException {
        Sample sample = Sample.read(SAMPLES.resolve(file));

        MosquittoClients.Outcome outcome = mosquitto.publish(house.logIn(account), sample.topic(), sample.payload());

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        await().untilAsserted(() -> assertThat(house.linesWith(sample.topic()))
                .anySatisfy(line -> assertThat(line).contains("home_assistant").contains(expected)));
    }

    @ParameterizedTest(name = "{0} by esp32_device is refused with the rule")
    @CsvSource({
        "command-bus.json",
        "command-short.json",
        "command-sonos-volume.json",
        "announcement.json",
        "service-register.json",
        "voice-stt-response.json"
    })
    void what_a_device_must_not_send_is_refused_with_the_rule(String file) throws IOException {
        Sample sample = Sample.read(SAMPLES.resolve(file));

        MosquittoClients.Outcome outcome =
                mosquitto.publish(house.logIn("esp32_device"), sample.topic(), sample.payload());

        assertThat(outcome.output()).containsIgnoringCase("not authorized");
        await().untilAsserted(() -> assertThat(house.linesWith("denied PUBLISH " + sample.topic() + " by esp32_device"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("nearest: `topic ")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "alicia/sensors/hall_bulb/temperature, true",
        "alicia/devices/hall_bulb/status, true",
        "alicia/devices/hall_bulb/availability, true",
        "alicia/devices/kitchen_bulb/status, false",
        "alicia/devices/kitchen_bulb/availability, false",
        "alicia/sensors/living_room_climate/temperature, false",
        "alicia/devices/hall_bulb/command, false"
    })
    void the_account_of_a_device_speaks_for_that_device_alone(String topic, boolean allowed) {
        MosquittoClients.Outcome outcome =
                mosquitto.publish(house.logIn("hall_bulb"), topic, topic.endsWith("availability") ? "online" : "20.5");

        if (allowed) {
            assertThat(outcome.output()).isEmpty();
        } else {
            assertThat(outcome.output()).containsIgnoringCase("not authorized");
            await().untilAsserted(() -> assertThat(house.linesWith("denied PUBLISH " + topic + " by hall_bulb"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains("nearest: `topic ")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alicia/commands/sonos/sonos_kitchen|{"command":"set_volume","volume":42}|42
            alicia/commands/sonos/volume|{"speaker":"media_player.sonos_kitchen","volume":43}|43
            alicia/devices/sonos_kitchen/command|{"command":"set_volume","parameters":{"volume":44}}|44
            """)
    void the_speaker_obeys_each_form_of_command_that_the_contract_has_for_it(String topic, String json, String volume)
            throws IOException {
        mosquitto.publish(
                house.logIn("mobile_app"), "alicia/commands/sonos/volume", "{\"speaker\":\"attic\",\"volume\":9}");

        mosquitto.publish(house.logIn("mobile_app"), topic, json);

        await().untilAsserted(() -> assertThat(house.linesWith("sonos_kitchen       is at volume " + volume + " %"))
                .isNotEmpty());
        assertThat(house.linesWith("sonos_kitchen       is at volume 9 %")).isEmpty();
    }

    /** The parts of the contract's topics that nobody in this house uses, so that its inhabitants stay as they are. */
    private static List<TopicName> everyTopicOfTheContract() {
        return AliciaTopics.all().stream()
                .map(topic -> topic.template().filter().toString())
                .filter(filter -> !filter.equals(
                        AliciaTopics.HOME_ASSISTANT_STATUS.template().filter().toString()))
                .map(filter -> TopicName.of(filter.replace("+", "elsewhere")))
                .toList();
    }

    @Test
    void of_all_topics_of_the_contract_the_app_sees_what_the_policy_lets_it_see_and_nothing_more(
            @TempDir Path directory) throws IOException {
        AccessPolicy policy = HousePolicy.create();
        String marker = UUID.randomUUID().toString();
        List<TopicName> topics = everyTopicOfTheContract();
        List<String> allowed = topics.stream()
                .filter(topic -> policy.decide("mobile_app", "app-" + marker, Access.RECEIVE, topic)
                        .allowed())
                .map(TopicName::value)
                .toList();
        List<String> subscribing = mosquitto.client("mosquitto_sub", house.logIn("mobile_app"));
        subscribing.addAll(List.of("-i", "app-" + marker, "-q", "1", "-v", "-t", "#"));
        Path output = directory.resolve("output");
        Process app = MosquittoClients.start(subscribing, output);
        try (AliciaMqtt alicia = AliciaMqttClient.builder()
                .server("mqtt://127.0.0.1:" + house.mqttPort())
                .account("alicia", house.password("alicia"))
                .connect()) {
            // What is retained in the house comes with the subscription.
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Files.readString(output).contains("alicia/sensors/living_room_climate "));

            for (TopicName topic : topics) {
                publish(alicia, topic, marker);
            }
            publish(alicia, TopicName.of("alicia/sensors/the_end"), marker);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Files.readString(output).contains("alicia/sensors/the_end " + marker));
        } finally {
            app.destroy();
            app.onExit().join();
        }

        List<String> lines = Files.readAllLines(output);
        assertThat(lines.stream()
                        .filter(line -> line.endsWith(" " + marker))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .filter(topic -> !topic.equals("alicia/sensors/the_end")))
                .containsExactlyInAnyOrderElementsOf(allowed);
        assertThat(allowed).hasSizeBetween(8, topics.size() - 8);
        assertThat(lines)
                .as("what the house itself sent, retained messages included")
                .allSatisfy(line -> assertThat(policy.decide(
                                        "mobile_app",
                                        "app-" + marker,
                                        Access.RECEIVE,
                                        TopicName.of(line.substring(0, line.indexOf(' '))))
                                .allowed())
                        .isTrue());
    }

    private static void publish(AliciaMqtt alicia, TopicName topic, String payload) {
        alicia.topic(TopicTemplate.fixed(topic.value()), PayloadCodec.text())
                .publish(NoLevels.NONE, payload)
                .blockingAwait();
    }

    @Test
    void the_printed_lines_join_the_house_as_they_are(@TempDir Path directory) throws IOException {
        List<String> lines = house.text()
                .lines()
                .filter(line -> line.startsWith("  mosquitto_"))
                .toList();
        List<String> publishing =
                lines.stream().filter(line -> line.contains("mosquitto_pub")).toList();
        assertThat(publishing).hasSize(3);
        assertThat(lines).hasSize(4);
        Path output = directory.resolve("output");

        Process watching = MosquittoClients.start(
                List.of("sh", "-c", "exec " + lines.get(0).strip()), output);
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Files.readString(output).contains("alicia/devices/kitchen_bulb/status "));
            for (String line : publishing) {
                MosquittoClients.Outcome outcome = MosquittoClients.run(List.of("sh", "-c", line));
                assertThat(outcome.exitCode())
                        .as(line + "\n" + outcome.output())
                        .isZero();
                assertThat(outcome.output()).isEmpty();
            }

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Files.readString(output))
                            .contains("alicia/sensors/garden/temperature 18.5\n")
                            .contains("alicia/sensors/hall_motion/motion ON\n")
                            .containsPattern("alicia/devices/kitchen_bulb/status .*\"state\":\"off\""));
        } finally {
            watching.destroy();
            watching.onExit().join();
        }
        await().untilAsserted(() -> assertThat(house.linesWith("alicia/sensors/garden/temperature"))
                .anySatisfy(line -> assertThat(line).contains("home_assistant", "sees 18.5")));
    }

    @Test
    void a_wrong_password_and_no_account_at_all_are_refused_with_the_reason() {
        MosquittoClients.Outcome wrongPassword =
                mosquitto.publish(List.of("-i", "guesser", "-u", "mobile_app", "-P", "guessed"), "a", "{}");
        MosquittoClients.Outcome stranger =
                mosquitto.publish(List.of("-i", "stranger", "-u", "nobody", "-P", "guessed"), "a", "{}");
        MosquittoClients.Outcome anonymous = mosquitto.publish(List.of("-i", "anonymous"), "a", "{}");

        assertThat(wrongPassword.exitCode()).as(wrongPassword.output()).isNotZero();
        assertThat(stranger.exitCode()).as(stranger.output()).isNotZero();
        assertThat(anonymous.exitCode()).as(anonymous.output()).isNotZero();
        assertThat(List.of(wrongPassword.output(), stranger.output(), anonymous.output()))
                .allSatisfy(output -> assertThat(output).containsIgnoringCase("not authorized"));
        await().untilAsserted(() -> assertThat(house.text())
                .containsPattern(
                        "broker              refused mobile_app \\(client guesser\\) from 127\\.0\\.0\\.1:\\d+: "
                                + "the password is wrong\n")
                .containsPattern("broker              refused nobody \\(client stranger\\) from 127\\.0\\.0\\.1:\\d+: "
                        + "there is no such account\n")
                .containsPattern("broker              refused an anonymous client \\(client anonymous\\) from "
                        + "127\\.0\\.0\\.1:\\d+: anonymous clients are not allowed\n"));
    }

    @Test
    void what_speech_recognition_did_not_hear_is_no_command() {
        String session = UUID.randomUUID().toString();

        MosquittoClients.Outcome outcome = mosquitto.publish(
                house.logIn("voice_assistant"),
                "alicia/voice/stt/response",
                "{\"message_id\":\"1\",\"timestamp\":1757685602.25,\"source\":\"stt_service\",\"payload\":{\"session_id\":\""
                        + session
                        + "\",\"transcription\":{\"success\":false,\"text\":\"turn on the hall light\",\"error\":\"too loud\"}}}");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        await().untilAsserted(() -> assertThat(house.linesWith(session))
                .anySatisfy(line -> assertThat(line).contains("SpokenAnswer{text=I did not hear that")));
        assertThat(house.linesWith("voice_assistant     did not hear what was said: too loud"))
                .hasSize(1);
        assertThat(house.linesWith(session)).noneMatch(line -> line.contains("SpokenCommand{"));
    }

    @Test
    void a_browser_style_client_joins_over_web_socket() throws MqttException {
        String marker = UUID.randomUUID().toString();
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName("esp32_device");
        options.setPassword(house.password("esp32_device").getBytes(StandardCharsets.UTF_8));

        MqttClient client = new MqttClient(
                "ws://127.0.0.1:" + house.webSocketPort() + "/mqtt", "browser-" + marker, new MemoryPersistence());
        // Paho gives the handshake one second, which a machine that is busy with other tests may not have.
        await().ignoreExceptionsInstanceOf(MqttException.class).untilAsserted(() -> client.connect(options));
        client.publish(
                "alicia/sensors/browser/note",
                new MqttMessage(marker.getBytes(StandardCharsets.UTF_8), 1, false, null));
        client.disconnect();
        client.close();

        await().untilAsserted(() -> assertThat(house.linesWith(marker)).isNotEmpty());
    }

    private record Sample(String topic, String payload) {

        static Sample read(Path file) throws IOException {
            JsonObject sample = (JsonObject) Json.parse(Files.readString(file));
            String topic = ((JsonString) Objects.requireNonNull(sample.members().get("topic"))).value();
            JsonValue payload = Objects.requireNonNull(sample.members().get("payload"));
            return new Sample(topic, payload instanceof JsonString text ? text.value() : Json.write(payload));
        }
    }
}
