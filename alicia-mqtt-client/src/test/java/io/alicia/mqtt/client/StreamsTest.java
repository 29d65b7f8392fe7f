package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.DecodingError;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.payload.Measurement;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicTemplate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a stream of messages brings, with servers that nobody here wrote. */
class StreamsTest extends RealServers {

    @ParameterizedTest
    @MethodSource("versionsServersAndSockets")
    void brings_readings_and_the_retained_one_first(MqttVersion version, ServerAddress server) {
        AliciaMqtt esp32 = client(version, server);
        esp32.sensors().publish(reading("hall", 20)).blockingAwait();

        TestSubscriber<SensorReading> readings =
                client(version, server).sensors().readings("hall").test();
        readings.awaitCount(1);
        esp32.sensors().publish(reading("hall", 21)).blockingAwait();

        readings.awaitCount(2);
        assertThat(readings.values())
                .extracting(reading -> reading.temperatureCelsius().orElseThrow())
                .containsExactly(20.0, 21.0);
    }

    @ParameterizedTest
    @MethodSource("versionsAndServers")
    void delivers_once_to_each_of_overlapping_streams(MqttVersion version, ServerAddress server) {
        AliciaMqtt alicia = client(version, server);
        AliciaMqtt esp32 = client(version, server);
        TestSubscriber<SensorReading> all = alicia.sensors().readings().test();
        String overlap = uniqueId("overlap");
        TestSubscriber<SensorReading> one = alicia.sensors().readings(overlap).test();
        alicia.subscribed().blockingAwait();
        // Moquette looks for retained messages after its SUBACK: by its next SUBACK it has, and finds none of these.
        TestSubscriber<DeviceStatus> later = alicia.devices().statuses().test();
        alicia.subscribed().blockingAwait();
        later.cancel();

        IntStream.range(0, 5)
                .forEach(i -> esp32.sensors().publish(reading(overlap, i)).blockingAwait());
        esp32.sensors().publish(reading(overlap + "-end", 99)).blockingAwait();

        Awaitility.await().until(() -> all.values().stream().anyMatch(last -> temperature(last) == 99));
        one.awaitCount(5);
        assertThat(all.values().stream().filter(r -> r.deviceId().value().equals(overlap)))
                .extracting(RealServers::temperature)
                .containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
        assertThat(one.values()).extracting(RealServers::temperature).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
    }

    /** Over 3.1.1 nothing tells the copies apart that Mosquitto sends while the server has both filters. */
    @ParameterizedTest
    @EnumSource(Qos.class)
    void delivers_once_and_without_a_gap_while_a_wider_stream_comes_and_goes(Qos qos) throws InterruptedException {
        String place = uniqueId("place");
        TypedTopic<String, String> notes = client(MqttVersion.MQTT_5, mosquitto.tcp())
                .topic(ROOMS, PayloadCodec.text())
                .withQos(qos);
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        TypedTopic<String, String> heard =
                alicia.topic(ROOMS, PayloadCodec.text()).withQos(qos);
        TestSubscriber<String> narrow =
                heard.messages(place).map(Received::payload).test();
        alicia.subscribed().blockingAwait();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        Thread sender = new Thread(() -> {
            while (!over.get()) {
                notes.publish(place, "n" + sent.getAndIncrement()).blockingAwait();
            }
        });
        sender.start();

        for (int i = 0; i < 20; i++) {
            TestSubscriber<Received<String, String>> wide = heard.messages().test();
            alicia.subscribed().blockingAwait();
            wide.awaitCount(3);
            wide.cancel();
        }
        over.set(true);
        sender.join();

        narrow.awaitCount(sent.get());
        notes.publish(place, "the end").blockingAwait();
        narrow.awaitCount(sent.get() + 1);
        assertThat(narrow.values())
                .containsExactlyElementsOf(
                        Stream.concat(IntStream.range(0, sent.get()).mapToObj(i -> "n" + i), Stream.of("the end"))
                                .toList());
    }

    @Test
    void delivers_once_to_streams_that_share_under_two_names_and_to_one_that_does_not() {
        String place = uniqueId("shares");
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        TypedTopic<String, String> notes = alicia.topic(ROOMS, PayloadCodec.text());
        List<TestSubscriber<String>> streams = Stream.of(notes.sharedBy("a"), notes.sharedBy("b"), notes)
                .map(topic -> topic.messages(place).map(Received::payload).test())
                .toList();
        alicia.subscribed().blockingAwait();
        List<String> sent = IntStream.range(0, 10).mapToObj(i -> "n" + i).toList();

        sent.forEach(note -> notes.publish(place, note).blockingAwait());

        streams.forEach(stream -> {
            stream.awaitCount(sent.size());
            assertThat(stream.values()).containsExactlyElementsOf(sent);
        });
    }

    /** Not Moquette: it sends retained messages without the RETAIN flag, against [MQTT-3.3.1-8] of 3.1.1. */
    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void gives_a_later_stream_the_retained_message_and_the_first_one_no_copy(MqttVersion version) {
        ServerAddress server = mosquitto.tcp();
        String late = uniqueId("late");
        AliciaMqtt alicia = client(version, server);
        client(version, server).sensors().publish(reading(late, 20)).blockingAwait();
        TestSubscriber<SensorReading> first = alicia.sensors().readings(late).test();
        first.awaitCount(1);

        TestSubscriber<SensorReading> second = alicia.sensors().readings(late).test();
        second.awaitCount(1);
        client(version, server).sensors().publish(reading(late, 21)).blockingAwait();

        first.awaitCount(2);
        second.awaitCount(2);
        assertThat(first.values()).extracting(RealServers::temperature).containsExactly(20.0, 21.0);
        assertThat(second.values()).extracting(RealServers::temperature).containsExactly(20.0, 21.0);
    }

    @Test
    void reads_a_time_without_a_zone_in_the_time_zone_of_the_house() {
        String clock = uniqueId("clock");
        AliciaMqttClient paris = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .houseTimeZone(ZoneId.of("Europe/Paris"))
                .connect();
        clients.add(paris);
        AliciaMqtt utc = client(MqttVersion.MQTT_5, mosquitto.tcp());
        TestSubscriber<SensorReading> inParis = paris.sensors().readings(clock).test();
        TestSubscriber<SensorReading> inUtc = utc.sensors().readings(clock).test();
        paris.subscribed().andThen(utc.subscribed()).blockingAwait();
        TypedTopic<String, String> raw = utc.topic(TopicTemplate.of("alicia/sensors/{id}"), PayloadCodec.text());

        raw.publish(clock, "{\"device_id\":\"" + clock + "\",\"timestamp\":\"2025-09-08T12:30:00\"}")
                .blockingAwait();
        raw.publish(clock, "{\"device_id\":\"" + clock + "\",\"timestamp\":\"2025-01-08T12:30:00\"}")
                .blockingAwait();

        inParis.awaitCount(2);
        inUtc.awaitCount(2);
        assertThat(inParis.values())
                .extracting(reading -> reading.timestamp().orElseThrow())
                .containsExactly(Instant.parse("2025-09-08T10:30:00Z"), Instant.parse("2025-01-08T11:30:00Z"));
        assertThat(inUtc.values())
                .extracting(reading -> reading.timestamp().orElseThrow())
                .containsExactly(Instant.parse("2025-09-08T12:30:00Z"), Instant.parse("2025-01-08T12:30:00Z"));
    }

    @Test
    void reports_what_cannot_be_read_and_goes_on() {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        TestSubscriber<DecodingError> errors = alicia.decodingErrors().test();
        TestSubscriber<SensorReading> readings =
                alicia.sensors().readings("garbled").test();
        alicia.subscribed().blockingAwait();
        TypedTopic<String, String> raw = alicia.topic(TopicTemplate.of("alicia/sensors/{id}"), PayloadCodec.text());

        raw.publish("garbled", "{\"device_id\": \"garbled\", \"temperature_celsius\": \"warm\"}")
                .blockingAwait();
        alicia.sensors().publish(reading("garbled", 20)).blockingAwait();

        readings.awaitCount(1);
        errors.awaitCount(1);
        assertThat(errors.values().get(0).topic().value()).isEqualTo("alicia/sensors/garbled");
        assertThat(errors.values().get(0).reason()).contains("temperature_celsius");
        assertThat(readings.values()).extracting(RealServers::temperature).containsExactly(20.0);
    }

    @Test
    void reads_a_measurement_family_without_the_availability_beside_it() {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        TestSubscriber<String> seen = alicia.sensors()
                .measurements("attic")
                .map(received -> received.levels().measurement() + "=" + received.payload())
                .test();
        alicia.subscribed().blockingAwait();

        alicia.sensors().publish("attic", Availability.ONLINE).blockingAwait();
        alicia.sensors().publish("attic", "temperature", Measurement.of(23.5)).blockingAwait();

        seen.awaitCount(1);
        assertThat(seen.values()).containsExactly("temperature=23.5");
    }

    @ParameterizedTest
    @MethodSource("versionsAndServers")
    void holds_messages_back_until_a_slow_stream_asks_for_them(MqttVersion version, ServerAddress server) {
        AliciaMqttClient slow = AliciaMqttClient.builder()
                .server(server)
                .version(version)
                .streamBuffer(8)
                .connect();
        clients.add(slow);
        TestSubscriber<Received<String, String>> notes =
                slow.topic(ROOMS, PayloadCodec.text()).messages("slow").test(0);
        slow.subscribed().blockingAwait();
        TypedTopic<String, String> sender = client(version, server).topic(ROOMS, PayloadCodec.text());
        IntStream.range(0, 300).forEach(i -> sender.publish("slow", "n" + i).blockingAwait());

        notes.request(100);
        notes.awaitCount(100);
        assertThat(notes.values()).hasSize(100);
        notes.request(200);
        notes.awaitCount(300);

        assertThat(notes.values())
                .extracting(Received::payload)
                .containsExactlyElementsOf(
                        IntStream.range(0, 300).mapToObj(i -> "n" + i).toList());
    }

    @ParameterizedTest
    @MethodSource("versionsAndServers")
    void keeps_as_many_messages_of_qos_0_as_may_wait_and_counts_those_it_drops(
            MqttVersion version, ServerAddress server) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        AliciaMqttClient slow = AliciaMqttClient.builder()
                .server(server)
                .version(version)
                .streamBuffer(8)
                .meters(meters)
                .connect();
        clients.add(slow);
        TestSubscriber<Received<String, String>> notes =
                slow.topic(ROOMS, PayloadCodec.text()).messages("lossy").test(0);
        slow.subscribed().blockingAwait();
        TypedTopic<String, String> sender = client(version, server).topic(ROOMS, PayloadCodec.text());
        TypedTopic<String, String> lossy = sender.withQos(Qos.AT_MOST_ONCE);
        IntStream.range(0, 100).forEach(i -> lossy.publish("lossy", "n" + i).blockingAwait());
        sender.publish("lossy", "kept").blockingAwait();
        Awaitility.await().until(() -> count(meters, "received") == 101);

        notes.request(100);
        notes.awaitCount(9);
        lossy.publish("lossy", "room again").blockingAwait();
        notes.awaitCount(10);

        assertThat(notes.values())
                .extracting(Received::payload)
                .containsExactly("n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "kept", "room again");
        assertThat(count(meters, "received.dropped")).isEqualTo(92);
    }

    private static double count(SimpleMeterRegistry meters, String name) {
        return meters.get("alicia.mqtt.client." + name).functionCounter().count();
    }

    @Test
    void survives_a_server_that_sends_past_the_receive_maximum() {
        AliciaMqttClient slow = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .receiveMaximum(5)
                .streamBuffer(1)
                .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)))
                .connect();
        clients.add(slow);
        TestSubscriber<Received<String, String>> notes =
                slow.topic(ROOMS, PayloadCodec.text()).messages("flood").test(0);
        slow.subscribed().blockingAwait();
        TypedTopic<String, String> sender =
                client(MqttVersion.MQTT_5, mosquitto.tcp()).topic(ROOMS, PayloadCodec.text());
        IntStream.range(0, 100).forEach(i -> sender.publish("flood", "n" + i).blockingAwait());

        notes.request(1_000);

        Awaitility.await()
                .until(() ->
                        notes.values().stream().anyMatch(note -> note.payload().equals("n99")));
        assertThat(notes.values().stream().map(Received::payload).distinct()).hasSize(100);
    }

    @Test
    void handles_messages_one_at_a_time_and_reports_those_at_which_the_handler_fails() {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        TypedTopic<String, String> notes = alicia.topic(ROOMS, PayloadCodec.text());
        List<String> handled = new ArrayList<>();
        TestSubscriber<String> failures = alicia.handlerErrors()
                .map(error -> error.failure().getMessage() + "")
                .test();
        Disposable handling = notes.onMessage(
                "handled",
                received -> Completable.fromAction(() -> {
                    if (received.payload().equals("bad")) {
                        throw new IllegalArgumentException("no " + received.payload());
                    }
                    synchronized (handled) {
                        handled.add(received.payload());
                    }
                }));
        alicia.subscribed().blockingAwait();

        Stream.of("a", "bad", "b")
                .forEach(note -> notes.publish("handled", note).blockingAwait());

        failures.awaitCount(1);
        Awaitility.await().until(() -> {
            synchronized (handled) {
                return handled.equals(List.of("a", "b"));
            }
        });
        assertThat(failures.values()).containsExactly("no bad");
        handling.dispose();
    }

    @Test
    void shares_work_among_clients() {
        TestSubscriber<Received<String, String>> one = worker();
        TestSubscriber<Received<String, String>> two = worker();
        TypedTopic<String, String> notes =
                client(MqttVersion.MQTT_5, mosquitto.tcp()).topic(ROOMS, PayloadCodec.text());

        IntStream.range(0, 20).forEach(i -> notes.publish("work", "n" + i).blockingAwait());

        Awaitility.await().until(() -> one.values().size() + two.values().size() == 20);
        assertThat(one.values()).isNotEmpty();
        assertThat(two.values()).isNotEmpty();
    }

    private TestSubscriber<Received<String, String>> worker() {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        TestSubscriber<Received<String, String>> notes = alicia.topic(ROOMS, PayloadCodec.text())
                .sharedBy("workers")
                .messages("work")
                .test();
        alicia.subscribed().blockingAwait();
        return notes;
    }

    @Test
    void shows_the_latest_value_at_once_and_then_changes_alone() {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        alicia.sensors().publish(reading("live", 20)).blockingAwait();
        TestSubscriber<SensorReading> first = alicia.sensors().latest("live").test();
        first.awaitCount(1);

        TestSubscriber<SensorReading> second = alicia.sensors().latest("live").test();
        second.awaitCount(1);
        alicia.sensors().publish(reading("live", 20)).blockingAwait();
        alicia.sensors().publish(reading("live", 22)).blockingAwait();

        first.awaitCount(2);
        second.awaitCount(2);
        assertThat(first.values()).extracting(RealServers::temperature).containsExactly(20.0, 22.0);
        assertThat(second.values()).extracting(RealServers::temperature).containsExactly(20.0, 22.0);
    }
}
