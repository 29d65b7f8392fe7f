package io.alicia.mqtt.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.AliciaMqttClientBuilder;
import io.alicia.mqtt.client.Backoff;
import io.alicia.mqtt.client.Presence;
import io.alicia.mqtt.client.server.FaultyNetwork;
import io.alicia.mqtt.client.server.TestServer;
import io.alicia.mqtt.codec.AliciaCodecs;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.payload.MessageType;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.AliciaTopics;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a service may rely on, whatever server it talks to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class ClientContract {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("contract/{room}/note");
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger ids = new AtomicInteger();
    private final List<AliciaMqttClient> clients = new ArrayList<>();
    private @Nullable TestServer server;

    abstract TestServer start();

    @BeforeAll
    void startServer() {
        server = start();
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void closeClients() {
        clients.forEach(AliciaMqtt::close);
        clients.clear();
    }

    private TestServer server() {
        TestServer running = server;
        if (running == null) {
            throw new IllegalStateException("the server runs during tests alone");
        }
        return running;
    }

    Stream<MqttVersion> versions() {
        return Stream.of(MqttVersion.values()).filter(server()::speaks);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void a_message_that_is_worth_less_than_a_second_reaches_who_is_there(MqttVersion version) {
        AliciaMqtt alicia = connect(version);
        String room = unique("ttl");
        TypedTopic<String, Envelope<JsonValue>> calls =
                alicia.topic(NOTES, AliciaCodecs.inUtc().enveloped(PayloadCodec.json()));
        TestSubscriber<String> received =
                calls.messages(room).map(call -> call.payload().messageId()).test();
        settled();
        Envelope<JsonValue> call =
                Envelope.of("by ttl", Instant.EPOCH, "kitchen", MessageType.EVENT, JsonObject.empty());

        calls.publish(room, call.toBuilder().ttl(Duration.ofMillis(900)).build())
                .blockingAwait();
        calls.withMessageExpiryInterval(Duration.ofMillis(500))
                .publish(room, call.toBuilder().messageId("by interval").build())
                .blockingAwait();

        received.awaitCount(2);
        assertThat(received.values()).containsExactlyInAnyOrder("by ttl", "by interval");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void says_what_became_of_each_message_and_brings_it_once(MqttVersion version) {
        String room = unique("qos");
        TypedTopic<String, String> notes = notes(connect(version));
        TestSubscriber<Received<String, String>> received =
                notes.withQos(Qos.EXACTLY_ONCE).messages(room).test();
        settled();

        for (Qos qos : Qos.values()) {
            PublishResult result =
                    notes.withQos(qos).publishForResult(room, qos.name()).blockingGet();
            assertThat(result.isAcknowledged()).as("%s: %s", qos, result).isTrue();
        }

        received.awaitCount(3);
        assertThat(payloads(received)).containsExactlyInAnyOrder("AT_MOST_ONCE", "AT_LEAST_ONCE", "EXACTLY_ONCE");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void goes_without_what_is_larger_than_it_takes_where_the_server_can_be_told(MqttVersion version) {
        String room = unique("large");
        AliciaMqttClient small = connect(builder(server().tcp(), version).maximumPacketSize(1_000));
        TestSubscriber<Received<String, String>> received =
                notes(small).messages(room).test();
        TestSubscriber<ConnectionState> states = small.connectionStates().test();
        settled();
        TypedTopic<String, String> notes = notes(connect(version));

        notes.publish(room, "large".repeat(200)).blockingAwait();
        notes.publish(room, "small").blockingAwait();

        Awaitility.await().until(() -> payloads(received).contains("small"));
        assertThat(received.values()).hasSize(version == MqttVersion.MQTT_5 ? 1 : 2);
        states.assertValueCount(1).assertValue(ConnectionState.Connected.class::isInstance);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void brings_the_retained_reading_first_and_then_each_change(MqttVersion version) {
        String device = unique("hall");
        AliciaMqtt esp32 = connect(version);
        esp32.sensors().publish(reading(device, 20)).blockingAwait();

        TestSubscriber<Double> readings = connect(version)
                .sensors()
                .readings(device)
                .map(reading -> reading.temperatureCelsius().orElseThrow())
                .test();
        readings.awaitCount(1);
        esp32.sensors().publish(reading(device, 21)).blockingAwait();

        readings.awaitCount(2);
        assertThat(readings.values()).containsExactly(20.0, 21.0);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void forgets_the_retained_reading_that_was_taken_back(MqttVersion version) {
        String device = unique("attic");
        AliciaMqtt esp32 = connect(version);
        AliciaMqttClient alicia = connect(version);
        TestSubscriber<Double> looking = latest(alicia, device).test();
        TestSubscriber<String> unreadable =
                alicia.decodingErrors().map(error -> error.topic().value()).test();
        settled();
        esp32.sensors().publish(reading(device, 20)).blockingAwait();
        looking.awaitCount(1);

        esp32.sensors().removeRetainedReading(device).blockingAwait();
        // Read by the same stream, after it: when this is known to be unreadable the other was passed over.
        PayloadCodec<byte[]> anything = PayloadCodec.bytes();
        TypedTopic<DeviceId, byte[]> raw = esp32.topic(AliciaTopics.SENSOR_READING.template(), anything);
        raw.publish(DeviceId.of(device), new byte[] {'{'}).blockingAwait();
        unreadable.awaitCount(1);
        TestSubscriber<Double> late = latest(alicia, device).test();
        TestSubscriber<Double> elsewhere = latest(connect(version), device).test();
        settled();
        esp32.sensors().publish(reading(device, 20)).blockingAwait();
        esp32.sensors().publish(reading(device, 21)).blockingAwait();

        looking.awaitCount(3);
        late.awaitCount(2);
        elsewhere.awaitCount(2);
        assertThat(looking.values()).containsExactly(20.0, 20.0, 21.0);
        assertThat(late.values()).containsExactly(20.0, 21.0);
        assertThat(elsewhere.values()).containsExactly(20.0, 21.0);
        assertThat(unreadable.values()).containsExactly("alicia/sensors/" + device);
    }

    private static Flowable<Double> latest(AliciaMqtt alicia, String device) {
        return alicia.sensors()
                .latest(device)
                .map(reading -> reading.temperatureCelsius().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void leaves_out_a_device_whose_presence_was_taken_back(MqttVersion version) {
        DeviceId stays = DeviceId.of(unique("stays"));
        DeviceId goes = DeviceId.of(unique("goes"));
        AliciaMqtt lamps = connect(version);
        lamps.devices().publish(stays.value(), Availability.ONLINE).blockingAwait();
        lamps.devices().publish(goes.value(), Availability.ONLINE).blockingAwait();
        TestSubscriber<Map<DeviceId, Availability>> presence =
                connect(version).devices().presence().test();
        awaitLatest(presence, known -> known.keySet().containsAll(List.of(stays, goes)));

        lamps.devices().removeRetainedAvailability(goes.value()).blockingAwait();

        awaitLatest(presence, known -> known.containsKey(stays) && !known.containsKey(goes));
    }

    private static <T> void awaitLatest(TestSubscriber<T> seen, Predicate<T> expected) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !seen.values().isEmpty()
                        && expected.test(seen.values().get(seen.values().size() - 1)));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void delivers_once_to_each_of_overlapping_streams(MqttVersion version) {
        String room = unique("overlap");
        TypedTopic<String, String> notes = notes(connect(version));
        TestSubscriber<String> all = notes.messages()
                .filter(message -> message.levels().equals(room))
                .map(Received::payload)
                .test();
        TestSubscriber<Received<String, String>> one = notes.messages(room).test();
        settled();
        List<String> numbers = numbers(20);

        numbers.forEach(number -> notes.publish(room, number).blockingAwait());

        all.awaitCount(20);
        one.awaitCount(20);
        assertThat(all.values()).containsExactlyElementsOf(numbers);
        assertThat(payloads(one)).containsExactlyElementsOf(numbers);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void asks_and_gets_the_answer_that_belongs_to_the_question(MqttVersion version) {
        String lamp = unique("lamp");
        Disposable answering = connect(version)
                .devices()
                .light(lamp)
                .onCommand(command -> Single.just(CommandResult.builder()
                        .success(true)
                        .message("at " + command.brightness().orElseThrow().percent() + " %")
                        .build()));
        settled();
        AliciaMqtt app = connect(version);

        List<String> answers = Flowable.range(1, 50)
                .concatMapEager(percent -> app.devices()
                        .light(lamp)
                        .turnOn(Brightness.percent(percent))
                        .map(result -> result.message().orElseThrow())
                        .toFlowable())
                .toList()
                .timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .blockingGet();

        assertThat(answers)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50)
                        .mapToObj(percent -> "at " + percent + " %")
                        .toList());
        answering.dispose();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void holds_messages_back_until_a_slow_stream_asks_for_them(MqttVersion version) {
        String room = unique("slow");
        TypedTopic<String, String> slow =
                notes(connect(builder(server().tcp(), version).streamBuffer(8)));
        TestSubscriber<Received<String, String>> received = slow.messages(room).test(0);
        settled();
        TypedTopic<String, String> sender = notes(connect(version));
        List<String> numbers = numbers(100);
        numbers.forEach(number -> sender.publish(room, number).blockingAwait());
        received.assertNoValues();

        received.request(10);
        received.awaitCount(10);
        received.request(90);
        received.awaitCount(100);

        assertThat(payloads(received)).containsExactlyElementsOf(numbers);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void comes_back_by_itself_and_loses_nothing_that_was_published_meanwhile(MqttVersion version) {
        String room = unique("cut");
        try (FaultyNetwork network = new FaultyNetwork(server().tcp())) {
            AliciaMqttClient cut = connect(builder(network.address(), version));
            TypedTopic<String, String> notes = notes(cut);
            TestSubscriber<Received<String, String>> received =
                    notes.messages(room).test();
            settled();
            List<String> numbers = numbers(30);

            List<TestObserver<PublishResult>> results = new ArrayList<>();
            for (int i = 0; i < numbers.size(); i++) {
                if (i % 10 == 5) {
                    network.cut();
                }
                results.add(notes.publishForResult(room, numbers.get(i)).test());
            }

            results.forEach(result -> result.awaitDone(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .assertValue(PublishResult::isAcknowledged));
            if (version == MqttVersion.MQTT_5) {
                // The session was kept: nothing that anybody published is missed. Over 3.1.1 it ends with its
                // connection.
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> payloads(received).containsAll(numbers));
            }
            Awaitility.await().atMost(PATIENCE).until(() -> cut.connectionState() instanceof ConnectionState.Connected);
            cut.subscribed().blockingAwait();
            notes.publish(room, "end").blockingAwait();
            Awaitility.await().atMost(PATIENCE).until(() -> payloads(received).contains("end"));
        }
    }

    /** The first message of the second process is under the Packet Identifier that the first one left in use. */
    @ParameterizedTest
    @MethodSource("versions")
    void publishes_exactly_once_although_an_earlier_process_was_killed_in_the_middle_of_that(MqttVersion version) {
        String room = unique("killed");
        String topic = NOTES.name(room).value();
        TestSubscriber<Received<String, String>> received =
                notes(connect(version)).withQos(Qos.EXACTLY_ONCE).messages(room).test();
        settled();
        KilledProcess.publishes(server().tcp(), version, room, topic, "old", "ON");
        TypedTopic<String, String> notes = notes(connect(builder(server().tcp(), version)
                        .clientIdentifier(room)
                        .sessionExpiryInterval(Duration.ofMinutes(5))))
                .withQos(Qos.EXACTLY_ONCE);

        for (String note : List.of("new", "ON again", "end")) {
            assertThat(notes.publishForResult(room, note).blockingGet().isAcknowledged())
                    .isTrue();
        }

        Awaitility.await().atMost(PATIENCE).until(() -> payloads(received).contains("end"));
        assertThat(payloads(received)).containsOnlyOnce("new", "ON again", "end");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void tells_the_house_that_it_is_there_and_that_it_is_gone(MqttVersion version) {
        String device = unique("lamp");
        TestSubscriber<String> presence = connect(version)
                .topic(TopicTemplate.of("alicia/devices/{device}/availability"), PayloadCodec.text())
                .messages(device)
                .map(Received::payload)
                .test();
        settled();
        try (FaultyNetwork network = new FaultyNetwork(server().tcp())) {
            AliciaMqttClient lamp = connect(builder(network.address(), version).presence(Presence.ofDevice(device)));
            presence.awaitCount(1);

            network.cut();

            Awaitility.await().atMost(PATIENCE).until(() -> presence.values().size() >= 3);
            assertThat(presence.values()).startsWith("online", "offline", "online");
            lamp.close();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> presence.values().size() >= 4
                            && presence.values()
                                    .get(presence.values().size() - 1)
                                    .equals("offline"));
        }
    }

    private AliciaMqttClientBuilder builder(ServerAddress address, MqttVersion version) {
        return AliciaMqttClient.builder().server(address).version(version).backoff(QUICK);
    }

    private AliciaMqttClient connect(MqttVersion version) {
        return connect(builder(server().tcp(), version));
    }

    private AliciaMqttClient connect(AliciaMqttClientBuilder builder) {
        AliciaMqttClient client = builder.connect();
        clients.add(client);
        return client;
    }

    private void settled() {
        clients.forEach(client -> client.subscribed().blockingAwait());
    }

    private static TypedTopic<String, String> notes(AliciaMqtt client) {
        return client.topic(NOTES, PayloadCodec.text());
    }

    private String unique(String name) {
        return name + "-" + ids.incrementAndGet();
    }

    private static SensorReading reading(String device, double celsius) {
        return SensorReading.builder()
                .deviceId(DeviceId.of(device))
                .temperatureCelsius(celsius)
                .build();
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }

    private static List<String> payloads(TestSubscriber<Received<String, String>> received) {
        return received.values().stream().map(Received::payload).toList();
    }
}
