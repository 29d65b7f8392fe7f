package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.DecodingError;
import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.access.StandardPolicy;
import io.alicia.mqtt.client.server.Moquette;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandNames;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.payload.HealthReport;
import io.alicia.mqtt.payload.HealthRequest;
import io.alicia.mqtt.payload.Measurement;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
class AliciaMqttClientTest {

    private static final TopicTemplate<String> ROOMS = TopicTemplate.of("story/{room}/note");

    private final AtomicInteger ids = new AtomicInteger();
    private final List<AliciaMqttClient> clients = new ArrayList<>();
    private Mosquitto mosquitto;
    private Moquette moquette;

    @BeforeAll
    void startServers() {
        mosquitto = Mosquitto.start();
        moquette = Moquette.start();
    }

    @AfterAll
    void stopServers() {
        mosquitto.close();
        moquette.close();
    }

    @AfterEach
    void closeClients() {
        clients.forEach(AliciaMqtt::close);
        clients.clear();
    }

    Stream<Arguments> versionsAndServers() {
        return Stream.of(MqttVersion.values())
                .flatMap(version -> Stream.of(mosquitto, moquette)
                        .filter(server -> server.speaks(version))
                        .flatMap(server -> Stream.of(server.tcp(), server.webSocket()))
                        .map(address -> Arguments.of(version, address)));
    }

    @ParameterizedTest
    @MethodSource("versionsAndServers")
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
                .extracting(AliciaMqttClientTest::temperature)
                .containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
        assertThat(one.values()).extracting(AliciaMqttClientTest::temperature).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
    }

    /** Not Moquette: it sends retained messages without the RETAIN flag, against [MQTT-3.3.1-8] of 3.1.1. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
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
        assertThat(first.values()).extracting(AliciaMqttClientTest::temperature).containsExactly(20.0, 21.0);
        assertThat(second.values())
                .extracting(AliciaMqttClientTest::temperature)
                .containsExactly(20.0, 21.0);
    }

    @ParameterizedTest
    @MethodSource("versionsAndServers")
    void asks_a_light_and_gets_its_answer(MqttVersion version, ServerAddress server) {
        AliciaMqtt lamp = client(version, server);
        Disposable answering = lamp.devices().light("kitchen").onCommand(command -> {
            assertThat(command.name()).isEqualTo(CommandNames.TURN_ON);
            int percent = command.brightness().orElseThrow().percent();
            return Single.just(CommandResult.builder()
                    .success(true)
                    .message("at " + percent + " %")
                    .build());
        });
        lamp.subscribed().blockingAwait();
        AliciaMqtt app = client(version, server);

        CommandResult result = app.devices()
                .light("kitchen")
                .turnOn(Brightness.percent(75))
                .timeout(5, TimeUnit.SECONDS)
                .blockingGet();

        assertThat(result.success()).isTrue();
        assertThat(result.message()).contains("at 75 %");
        assertThat(result.command()).contains(CommandNames.TURN_ON);
        answering.dispose();
    }

    @ParameterizedTest
    @MethodSource("versionsAndServers")
    void keeps_many_requests_apart(MqttVersion version, ServerAddress server) {
        AliciaMqtt service = client(version, server);
        Disposable answering = service.commands()
                .onCommand(
                        "echo",
                        command -> Single.just(CommandResult.builder()
                                .success(true)
                                .message(command.message().orElseThrow())
                                .build()));
        service.subscribed().blockingAwait();
        AliciaMqtt app = client(version, server);

        List<String> answers = Flowable.range(0, 50)
                .flatMapSingle(i -> app.commands()
                        .command("echo", Command.announce("n" + i))
                        .map(result -> {
                            assertThat(result.message()).contains("n" + i);
                            return result.message().orElseThrow();
                        }))
                .toList()
                .blockingGet();

        assertThat(answers).hasSize(50).doesNotHaveDuplicates();
        answering.dispose();
    }

    @Test
    void tells_a_handlers_failure_to_whoever_asked() {
        AliciaMqtt lamp = client(MqttVersion.MQTT_5, mosquitto.tcp());
        Disposable answering = lamp.devices().light("broken").onCommand(command -> {
            throw new IllegalStateException("bulb is loose");
        });
        lamp.subscribed().blockingAwait();

        CommandResult result = client(MqttVersion.MQTT_5, mosquitto.tcp())
                .devices()
                .light("broken")
                .turnOn()
                .blockingGet();

        assertThat(result.success()).isFalse();
        assertThat(result.error()).contains("bulb is loose");
        answering.dispose();
    }

    @Test
    void fails_a_command_that_nobody_answers() {
        AliciaMqtt app = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .commandTimeout(Duration.ofMillis(200))
                .connect();

        app.devices()
                .light("nobody")
                .turnOn()
                .test()
                .awaitDone(5, TimeUnit.SECONDS)
                .assertError(TimeoutException.class);
        app.close();
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
        assertThat(readings.values())
                .extracting(AliciaMqttClientTest::temperature)
                .containsExactly(20.0);
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

    @Test
    void says_whether_anybody_listened() {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());

        PublishResult result = alicia.topic(ROOMS, PayloadCodec.text())
                .publishForResult("empty", "hello")
                .blockingGet();

        assertThat(result).isInstanceOf(PublishResult.Acknowledged.class);
        assertThat(((PublishResult.Acknowledged) result).hadSubscribers()).isFalse();
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
        assertThat(first.values()).extracting(AliciaMqttClientTest::temperature).containsExactly(20.0, 22.0);
        assertThat(second.values())
                .extracting(AliciaMqttClientTest::temperature)
                .containsExactly(20.0, 22.0);
    }

    @Test
    void refuses_wrong_credentials_without_showing_them() {
        try (Mosquitto strict = Mosquitto.start(
                List.of("password_file " + Mosquitto.passwordFile("bulb", "right"), "allow_anonymous false"))) {
            AliciaMqttClientBuilder builder =
                    AliciaMqttClient.builder().server(strict.tcp()).account("bulb", "s3cret-and-wrong");

            assertThatThrownBy(builder::connect)
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageContaining("refused")
                    .hasMessageNotContaining("s3cret");
        }
    }

    /** Mosquitto 2.0.11 acknowledges over 3.1.1 what it drops when more than max_inflight_messages, 20, are under way. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
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
        assertThat(result.description()).contains("esp32_device").contains("alicia/devices/bulb/command");
        esp32.devices()
                .device("bulb")
                .send(Command.turnOn())
                .test()
                .awaitDone(5, TimeUnit.SECONDS)
                .assertError(PublishFailedException.class);
    }

    @Test
    void answers_requests_for_a_health_report_that_are_for_it() {
        AliciaMqtt service = client(MqttVersion.MQTT_5, mosquitto.tcp());
        Disposable answering = service.services()
                .answerHealthRequests(
                        "speech",
                        () -> HealthReport.builder()
                                .serviceName("speech")
                                .status(HealthReport.Status.HEALTHY)
                                .build());
        AliciaMqtt operator = client(MqttVersion.MQTT_5, mosquitto.tcp());
        TestSubscriber<HealthReport> reports =
                operator.services().healthReports().test();
        service.subscribed().blockingAwait();
        operator.subscribed().blockingAwait();

        operator.services()
                .requestHealth(HealthRequest.builder().serviceName("other").build())
                .blockingAwait();
        operator.services().requestHealth(HealthRequest.builder().build()).blockingAwait();

        reports.awaitCount(1);
        assertThat(reports.values()).extracting(HealthReport::serviceName).containsExactly("speech");
        answering.dispose();
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

    @Test
    void leaves_no_thread_and_completes_its_streams_when_it_is_closed() {
        AliciaMqttClient alicia = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .clientIdentifier("goner")
                .connect();
        TestSubscriber<SensorReading> readings = alicia.sensors().readings().test();
        alicia.sensors().publish(reading("goner", 1)).blockingAwait();

        alicia.close();

        readings.awaitDone(1, TimeUnit.SECONDS).assertComplete();
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.contains("goner")));
        assertThat(alicia.topic(ROOMS, PayloadCodec.text())
                        .publishForResult("a", "b")
                        .timeout(5, TimeUnit.SECONDS)
                        .blockingGet())
                .isInstanceOf(PublishResult.Dropped.class);
    }

    @Test
    void knows_at_once_which_devices_are_there_however_late_one_asks() {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        DeviceId lamp = DeviceId.of(uniqueId("lamp"));
        DeviceId bell = DeviceId.of(uniqueId("bell"));
        alicia.devices().publish(lamp.value(), Availability.ONLINE).blockingAwait();
        alicia.devices().publish(bell.value(), Availability.OFFLINE).blockingAwait();
        TestSubscriber<Map<DeviceId, Availability>> first =
                alicia.devices().presence().test();
        Awaitility.await()
                .until(() ->
                        first.values().stream().anyMatch(known -> known.keySet().containsAll(List.of(lamp, bell))));

        Map<DeviceId, Availability> late = alicia.devices().presence().blockingFirst();

        assertThat(late).containsEntry(lamp, Availability.ONLINE).containsEntry(bell, Availability.OFFLINE);
        first.cancel();
    }

    @Test
    void announces_a_device_and_has_its_will_published() {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        TestSubscriber<String> presence = alicia.devices()
                .device("lamp-7")
                .availability()
                .map(availability -> availability + "")
                .test();
        alicia.subscribed().blockingAwait();
        AliciaMqttClient lamp = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .presence(Presence.ofDevice("lamp-7"))
                .connect();
        presence.awaitCount(1);

        lamp.close();

        presence.awaitCount(2);
        assertThat(presence.values()).containsExactly("ONLINE", "OFFLINE");
    }

    private AliciaMqttClient client(MqttVersion version, ServerAddress server) {
        AliciaMqttClient client =
                AliciaMqttClient.builder().server(server).version(version).connect();
        clients.add(client);
        return client;
    }

    private String uniqueId(String name) {
        return name + "-" + ids.incrementAndGet();
    }

    private static SensorReading reading(String deviceId, double celsius) {
        return SensorReading.builder()
                .deviceId(DeviceId.of(deviceId))
                .temperatureCelsius(celsius)
                .build();
    }

    private static double temperature(SensorReading reading) {
        return reading.temperatureCelsius().orElseThrow();
    }
}
