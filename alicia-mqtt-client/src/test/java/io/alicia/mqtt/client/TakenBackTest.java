package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.DecodingError;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.payload.Measurement;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.DeviceOfKind;
import io.alicia.mqtt.topic.TopicName;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An empty payload takes a retained message back (MQTT 5 §3.3.1.3); where nothing is retained it is a payload like others. */
@Timeout(30)
class TakenBackTest {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("story/{room}/note");

    private final FakeTransport transport = new FakeTransport();
    private AliciaMqttClient alicia;
    private TestSubscriber<String> unreadable;

    @BeforeEach
    void start() {
        alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .clientIdentifier("hall-panel")
                .transport(transport.provider())
                .start();
        unreadable = alicia.decodingErrors()
                .map(DecodingError::topic)
                .map(TopicName::value)
                .test();
    }

    @AfterEach
    void close() {
        alicia.close();
    }

    @Test
    void is_published_by_topic_and_by_area() {
        transport.awaitAttempt();
        FakeConnection connection = transport.accept(false);

        List.of(
                        alicia.devices().removeRetainedStatus("lamp"),
                        alicia.devices().removeRetainedStatus(new DeviceOfKind("sonos", DeviceId.of("kitchen"))),
                        alicia.devices().removeRetainedAvailability("lamp"),
                        alicia.sensors().removeRetainedReading("hall"),
                        alicia.sensors().removeRetainedMeasurement("hall", "temperature"),
                        alicia.sensors().removeRetainedAvailability("hall"),
                        alicia.topic(NOTES, PayloadCodec.text()).removeRetained("attic"))
                .forEach(removal -> {
                    int before = connection.published.size();
                    TestObserver<Void> removed = removal.test();
                    Awaitility.await().until(() -> connection.published.size() > before);
                    connection.published.get(before).outcome().onSuccess(PublishOutcome.SUCCESS);
                    removed.awaitDone(5, TimeUnit.SECONDS).assertComplete();
                });

        assertThat(connection.published)
                .extracting(FakeConnection.Published::message)
                .allSatisfy(message -> {
                    assertThat(message.payload()).isEqualTo(BinaryData.EMPTY);
                    assertThat(message.retain()).isTrue();
                })
                .extracting(message -> message.topic().value())
                .containsExactly(
                        "alicia/devices/lamp/status",
                        "alicia/devices/sonos/kitchen/status",
                        "alicia/devices/lamp/availability",
                        "alicia/sensors/hall",
                        "alicia/sensors/hall/temperature",
                        "alicia/sensors/hall/status",
                        "story/attic/note");
    }

    @Test
    void streams_of_the_house_pass_over_what_was_taken_back() {
        TestSubscriber<DeviceId> statuses =
                alicia.devices().statuses().map(status -> status.deviceId()).test();
        TestSubscriber<Availability> availability =
                alicia.devices().device("lamp").availability().test();
        TestSubscriber<Measurement> temperature =
                alicia.sensors().measurements("hall", "temperature").test();

        arrives("alicia/devices/lamp/status", "");
        arrives("alicia/devices/lamp/availability", "");
        arrives("alicia/sensors/hall/temperature", "");
        arrives("alicia/devices/lamp/status", "{\"device_id\":\"lamp\",\"state\":\"on\"}");
        arrives("alicia/devices/lamp/availability", "online");
        arrives("alicia/sensors/hall/temperature", "21.5");

        statuses.awaitCount(1);
        availability.awaitCount(1);
        temperature.awaitCount(1);
        assertThat(statuses.values()).containsExactly(DeviceId.of("lamp"));
        assertThat(availability.values()).containsExactly(Availability.ONLINE);
        assertThat(temperature.values()).containsExactly(Measurement.of(21.5));
        reportsNothingBut();
    }

    @Test
    void a_command_without_a_payload_is_reported() {
        TestSubscriber<String> commands = alicia.devices()
                .device("lamp")
                .commands()
                .map(command -> command.name().toString())
                .test();

        arrives("alicia/devices/lamp/command", "");

        reportsNothingBut("alicia/devices/lamp/command");
        commands.assertNoValues();
    }

    @Test
    void for_topics_of_your_own_it_depends_on_whether_they_are_retained() {
        TestSubscriber<JsonValue> retained = alicia.topic(NOTES, PayloadCodec.json())
                .withRetained(true)
                .messages("hall")
                .map(Received::payload)
                .test();
        TestSubscriber<JsonValue> others = alicia.topic(NOTES, PayloadCodec.json())
                .messages("attic")
                .map(Received::payload)
                .test();

        arrives("story/hall/note", "");
        arrives("story/hall/note", "1");
        arrives("story/attic/note", "");
        arrives("story/attic/note", "2");

        retained.awaitCount(1);
        others.awaitCount(1);
        reportsNothingBut("story/attic/note");
    }

    @Test
    void a_codec_that_has_a_value_for_it_brings_that() {
        TestSubscriber<String> notes = alicia.topic(NOTES, PayloadCodec.text())
                .withRetained(true)
                .messages("hall")
                .map(Received::payload)
                .test();

        arrives("story/hall/note", "");

        notes.awaitCount(1);
        assertThat(notes.values()).containsExactly("");
    }

    @Test
    void one_who_lags_hears_of_the_value_that_is_there_in_the_end() {
        TestSubscriber<Map<DeviceId, Availability>> presence =
                alicia.devices().presence().test(1);
        arrives("alicia/devices/lamp/availability", "online");
        presence.awaitCount(1);

        arrives("alicia/devices/fan/availability", "online");
        arrives("alicia/devices/lamp/availability", "");
        arrives("alicia/devices/fan/availability", "offline");
        Map<DeviceId, Availability> fanAlone = Map.of(DeviceId.of("fan"), Availability.OFFLINE);
        assertThat(alicia.devices().presence().filter(fanAlone::equals).blockingFirst())
                .isEqualTo(fanAlone);
        presence.request(Long.MAX_VALUE);

        presence.awaitCount(2);
        assertThat(presence.values()).containsExactly(Map.of(DeviceId.of("lamp"), Availability.ONLINE), fanAlone);
    }

    /** What cannot be read in the end shows that nothing else is under way to be reported. */
    private void reportsNothingBut(String... topics) {
        unreadable.awaitCount(topics.length);
        TestSubscriber<?> last =
                alicia.topic(NOTES, PayloadCodec.json()).messages("end").test();
        arrives("story/end/note", "");
        unreadable.awaitCount(topics.length + 1);
        last.assertNoValues();
        List<String> expected = new ArrayList<>(List.of(topics));
        expected.add("story/end/note");
        assertThat(unreadable.values()).isEqualTo(expected);
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
