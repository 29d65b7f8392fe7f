package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.DecodingError;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.codec.AliciaCodecs;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.DeviceOfKind;
import io.alicia.mqtt.topic.TopicLevel;
import io.alicia.mqtt.topic.TopicName;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the topic and the payload name two devices: the topic holds, and it is told. */
@Timeout(30)
class DeviceOfTopicTest {

    private final FakeTransport transport = new FakeTransport();
    private final AliciaMessages messages = new AliciaMessages(AliciaCodecs.inUtc());
    private AliciaMqttClient alicia;
    private TestSubscriber<DecodingError> told;

    @BeforeEach
    void start() {
        alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .clientIdentifier("hall-panel")
                .transport(transport.provider())
                .start();
        told = alicia.decodingErrors().test();
    }

    @AfterEach
    void close() {
        alicia.close();
    }

    @Test
    void a_reading_is_that_of_the_sensor_in_its_topic() {
        TestSubscriber<SensorReading> readings = alicia.sensors().readings().test();

        arrives("alicia/sensors/hall", "{\"device_id\":\"attic\",\"temperature_celsius\":21.5,\"co2\":400}");

        readings.awaitCount(1);
        SensorReading reading = readings.values().get(0);
        assertThat(reading.deviceId()).isEqualTo(DeviceId.of("hall"));
        assertThat(reading.temperatureCelsius()).hasValue(21.5);
        assertThat(reading.additional()).containsOnlyKeys("co2");
        tells("alicia/sensors/hall", "device_id: the payload says attic, the topic hall; taken for one of hall");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"device_id\":\"attic\",\"device_type\":\"smart_bulb\",\"state\":\"on\"}",
                "{\"device_id\":\"attic\",\"device_type\":\"sonos_speaker\",\"volume_percent\":3}",
                "{\"speaker_id\":\"attic\",\"volume\":3}",
                "{\"device_id\":\"attic\",\"device_type\":\"fan\",\"speed\":3}",
                "{\"message_id\":\"1\",\"timestamp\":1.5,\"source\":\"s\",\"payload\":{\"device_id\":\"attic\",\"state\":\"on\"}}"
            })
    void a_status_is_that_of_the_device_in_its_topic(String payload) {
        TestSubscriber<DeviceStatus> statuses = alicia.devices().statuses().test();
        TestSubscriber<DeviceStatus> latest = alicia.devices().status("hall").test();

        arrives("alicia/devices/hall/status", payload);

        statuses.awaitCount(1);
        latest.awaitCount(1);
        assertThat(statuses.values()).extracting(DeviceStatus::deviceId).containsExactly(DeviceId.of("hall"));
        assertThat(latest.values()).isEqualTo(statuses.values());
        told.awaitCount(1);
        assertThat(told.values().get(0).reason()).contains("attic", "hall");
    }

    @Test
    void a_kind_in_the_topic_and_an_envelope_around_the_payload_change_nothing() {
        TestSubscriber<Received<DeviceOfKind, MaybeEnveloped<DeviceStatus>>> statuses =
                alicia.topic(messages.deviceOfKindStatus()).messages().test();

        arrives(
                "alicia/devices/sonos/hall/status",
                "{\"message_id\":\"7\",\"timestamp\":1.5,\"source\":\"sonos\",\"payload\":{\"speaker_id\":\"attic\"}}");

        statuses.awaitCount(1);
        MaybeEnveloped<DeviceStatus> status = statuses.values().get(0).payload();
        assertThat(status.payload().deviceId()).isEqualTo(DeviceId.of("hall"));
        assertThat(status.envelope()).hasValueSatisfying(envelope -> {
            assertThat(envelope.messageId()).isEqualTo("7");
            assertThat(envelope.payload()).isEqualTo(status.payload());
        });
        assertThat(statuses.values().get(0).message().payload().toUtf8()).contains("attic");
        told.awaitCount(1);
    }

    @Test
    void an_answer_is_that_of_the_device_in_its_topic_also_if_it_names_none() {
        TestSubscriber<CommandResult> answers = alicia.topic(messages.deviceResponse())
                .messages()
                .map(received -> received.payload().payload())
                .test();

        arrives("alicia/devices/hall/response", "{\"success\":true}");
        arrives("alicia/devices/hall/response", "{\"success\":true,\"device_id\":\"hall\"}");
        arrives("alicia/devices/hall/response", "{\"success\":true,\"device_id\":\"attic\"}");

        answers.awaitCount(3);
        assertThat(answers.values().get(0).deviceId()).isEmpty();
        assertThat(answers.values().get(2).deviceId()).contains(DeviceId.of("hall"));
        tells(
                "alicia/devices/hall/response",
                "device_id: the payload says attic, the topic hall; taken for one of hall");
    }

    @Test
    void topics_of_your_own_mean_by_a_device_what_you_mean() {
        TestSubscriber<SensorReading> readings = alicia.topic(
                        TopicTemplate.of("gateways/{gateway}/readings", TopicLevel.deviceId()),
                        AliciaCodecs.inUtc().sensorReading())
                .messages()
                .map(Received::payload)
                .test();

        arrives("gateways/cellar/readings", "{\"device_id\":\"attic\",\"temperature_celsius\":21.5}");

        readings.awaitCount(1);
        assertThat(readings.values().get(0).deviceId()).isEqualTo(DeviceId.of("attic"));
        told.assertNoValues();
    }

    private void tells(String topic, String reason) {
        told.awaitCount(1);
        assertThat(told.values()).hasSize(1);
        assertThat(told.values().get(0).topic()).isEqualTo(TopicName.of(topic));
        assertThat(told.values().get(0).reason()).isEqualTo(reason);
    }

    private void arrives(String topic, String payload) {
        transport.arriving.onNext(new Arrived(ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .payload(BinaryData.ofUtf8(payload))
                .qos(Qos.AT_LEAST_ONCE)
                .build()));
    }

    private record Arrived(ApplicationMessage message) implements Delivery {

        @Override
        public void acknowledge() {
            // nobody counts them here
        }
    }
}
