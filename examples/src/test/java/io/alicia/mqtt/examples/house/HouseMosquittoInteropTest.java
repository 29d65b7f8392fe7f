package io.alicia.mqtt.examples.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
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

    @Test
    void the_app_sees_what_its_policy_lets_it_see_and_nothing_more() {
        String marker = UUID.randomUUID().toString();
        Process app =
                mosquitto.subscribe(house.logIn("mobile_app"), 1, "alicia/voice/command", "alicia/sensors/+/marker");

        // Nothing tells from outside when it has subscribed: both are sent, the secret first, until it has got one.
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            mosquitto.publish(house.logIn("alicia"), "alicia/voice/command", "{\"text\":\"secret\"}");
            mosquitto.publish(house.logIn("esp32_device"), "alicia/sensors/test/marker", marker);
            return !app.isAlive();
        });

        MosquittoClients.Outcome outcome = MosquittoClients.outcomeOf(app);
        assertThat(outcome.output()).contains(marker).doesNotContain("secret");
    }

    @Test
    void a_wrong_password_and_no_account_at_all_are_refused() {
        MosquittoClients.Outcome wrongPassword =
                mosquitto.publish(List.of("-u", "mobile_app", "-P", "guessed"), "alicia/commands/x", "{}");
        MosquittoClients.Outcome anonymous = mosquitto.publish(List.of(), "alicia/commands/x", "{}");

        assertThat(wrongPassword.exitCode()).as(wrongPassword.output()).isNotZero();
        assertThat(anonymous.exitCode()).as(anonymous.output()).isNotZero();
    }

    @Test
    void a_browser_style_client_joins_over_web_socket() throws MqttException {
        String marker = UUID.randomUUID().toString();
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName("esp32_device");
        options.setPassword(house.password("esp32_device").getBytes(StandardCharsets.UTF_8));

        MqttClient client = new MqttClient(
                "ws://127.0.0.1:" + house.webSocketPort() + "/mqtt", "browser-" + marker, new MemoryPersistence());
        client.connect(options);
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
