package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.Unacknowledged;
import io.alicia.mqtt.client.server.FaultyNetwork;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a service sees, and does not see, of a server that is killed, frozen and started again. */
@Timeout(60)
class ReconnectTest {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("story/{room}/note");
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));

    private final List<AliciaMqttClient> clients = new ArrayList<>();
    private Mosquitto mosquitto;

    @BeforeEach
    void startServer() {
        mosquitto = Mosquitto.start(List.of("allow_anonymous true", "persistence false"));
    }

    @AfterEach
    void stop() {
        clients.forEach(AliciaMqtt::close);
        mosquitto.close();
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void what_is_published_while_the_server_is_away_arrives_after_a_restart_of_this_process(
            MqttVersion version, @TempDir Path directory) {
        OfflineQueue queue = OfflineQueue.DEFAULT.onDisk(directory.resolve("outbox.mv"));
        TestSubscriber<Received<String, String>> received = client(version, "house")
                .topic(NOTES, PayloadCodec.text())
                .withQos(Qos.EXACTLY_ONCE)
                .messages()
                .test();
        clients.get(0).subscribed().blockingAwait();
        mosquitto.kill();
        AliciaMqttClient before =
                builder(version, "station").offlineQueue(queue).build();
        before.start();
        TypedTopic<String, String> notes = before.topic(NOTES, PayloadCodec.text());
        TestObserver<PublishResult> atLeastOnce =
                notes.publishForResult("garden", "21.5").test();
        TestObserver<PublishResult> exactlyOnce = notes.withQos(Qos.EXACTLY_ONCE)
                .publishForResult("garden", "21.6")
                .test();
        before.close();
        atLeastOnce.awaitDone(5, TimeUnit.SECONDS).assertValue(new PublishResult.Queued());
        exactlyOnce.awaitDone(5, TimeUnit.SECONDS).assertValue(new PublishResult.Queued());

        mosquitto.startAgain();
        awaitConnected();
        clients.get(0).subscribed().blockingAwait();
        AliciaMqttClient after = builder(version, "station").offlineQueue(queue).connect();
        clients.add(after);
        after.topic(NOTES, PayloadCodec.text()).publish("garden", "21.7").blockingAwait();

        // Not in order: Mosquitto passes QoS 2 on when its handshake is over.
        Awaitility.await()
                .untilAsserted(() -> assertThat(payloads(received)).containsExactlyInAnyOrder("21.5", "21.6", "21.7"));
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void streams_go_on_after_a_server_restart_without_a_repeated_retained_message(MqttVersion version) {
        TypedTopic<String, String> notes =
                client(version, "listener").topic(NOTES, PayloadCodec.text()).withRetained(true);
        TypedTopic<String, String> sender =
                client(version, "sender").topic(NOTES, PayloadCodec.text()).withRetained(true);
        sender.publish("hall", "one").blockingAwait();
        TestSubscriber<Received<String, String>> received =
                notes.messages("hall").test();
        received.awaitCount(1);

        mosquitto.kill();
        mosquitto.startAgain();
        awaitConnected();
        sender.publish("hall", "one").blockingAwait();
        clients.get(0).subscribed().blockingAwait();
        sender.publish("hall", "two").blockingAwait();

        Awaitility.await().until(() -> payloads(received).contains("two"));
        assertThat(payloads(received)).startsWith("one").endsWith("two").hasSizeBetween(2, 3);
    }

    @Test
    void what_is_published_while_the_server_is_away_arrives_when_it_is_back() {
        AliciaMqttClient alicia = client(MqttVersion.MQTT_5, "patient");
        TypedTopic<String, String> notes = alicia.topic(NOTES, PayloadCodec.text());
        TestSubscriber<Received<String, String>> received = notes.messages().test();
        alicia.subscribed().blockingAwait();
        mosquitto.kill();
        awaitLost(alicia);

        List<TestObserver<PublishResult>> results = IntStream.range(0, 20)
                .mapToObj(i -> notes.publishForResult("hall", "n" + i).test())
                .toList();
        results.forEach(TestObserver::assertNotComplete);
        mosquitto.startAgain();

        results.forEach(result -> result.awaitDone(20, TimeUnit.SECONDS).assertValue(PublishResult::isAcknowledged));
        Awaitility.await().until(() -> received.values().size() == 20);
        assertThat(payloads(received))
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "n" + i).toList());
    }

    @Test
    void a_kept_session_brings_what_was_published_before_this_process_started() {
        AliciaMqttClient first = client(MqttVersion.MQTT_5, "keeper", Duration.ofMinutes(5));
        TestSubscriber<Received<String, String>> before =
                first.topic(NOTES, PayloadCodec.text()).messages().test();
        first.subscribed().blockingAwait();
        first.close();
        before.awaitDone(1, TimeUnit.SECONDS).assertComplete();
        TypedTopic<String, String> sender = client(MqttVersion.MQTT_5, "sender").topic(NOTES, PayloadCodec.text());
        IntStream.range(0, 10).forEach(i -> sender.publish("hall", "n" + i).blockingAwait());

        AliciaMqttClient second = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .clientIdentifier("keeper")
                .sessionExpiryInterval(Duration.ofMinutes(5))
                .build();
        clients.add(second);
        TestSubscriber<Received<String, String>> after =
                second.topic(NOTES, PayloadCodec.text()).messages().test();
        second.connect();

        Awaitility.await().until(() -> after.values().size() == 10);
        assertThat(payloads(after)).first().isEqualTo("n0");
    }

    @Test
    void what_was_not_acknowledged_comes_again_to_the_next_process() {
        AliciaMqttClient first = client(MqttVersion.MQTT_5, "worker", Duration.ofMinutes(5));
        TestSubscriber<Unacknowledged<String, String>> unfinished =
                first.topic(NOTES, PayloadCodec.text()).unacknowledgedMessages().test();
        first.subscribed().blockingAwait();
        TypedTopic<String, String> sender = client(MqttVersion.MQTT_5, "sender").topic(NOTES, PayloadCodec.text());
        sender.publish("hall", "done").blockingAwait();
        sender.publish("hall", "unfinished").blockingAwait();
        unfinished.awaitCount(2);
        unfinished.values().get(0).acknowledge();
        sender.publish("hall", "flush").blockingAwait();
        unfinished.awaitCount(3);
        first.close();

        AliciaMqttClient second = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .clientIdentifier("worker")
                .sessionExpiryInterval(Duration.ofMinutes(5))
                .build();
        clients.add(second);
        TestSubscriber<Received<String, String>> again =
                second.topic(NOTES, PayloadCodec.text()).messages().test();
        second.connect();

        Awaitility.await().until(() -> again.values().size() == 2);
        assertThat(payloads(again)).containsExactly("unfinished", "flush");
    }

    @Test
    void notices_a_server_that_has_gone_silent() {
        AliciaMqttClient alicia = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .keepAlive(Duration.ofSeconds(1))
                .connectTimeout(Duration.ofMillis(300))
                .backoff(QUICK)
                .connect();
        clients.add(alicia);

        mosquitto.freeze();
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> !(alicia.connectionState() instanceof ConnectionState.Connected));
        mosquitto.thaw();

        awaitConnected();
        assertThat(alicia.topic(NOTES, PayloadCodec.text())
                        .publishForResult("hall", "back")
                        .blockingGet()
                        .isAcknowledged())
                .isTrue();
    }

    @Test
    void says_by_its_will_that_it_is_gone_and_by_itself_that_it_is_back() {
        TestSubscriber<Availability> presence = client(MqttVersion.MQTT_5, "watcher")
                .devices()
                .device("lamp-9")
                .availability()
                .test();
        clients.get(0).subscribed().blockingAwait();
        try (FaultyNetwork network = new FaultyNetwork(mosquitto.tcp());
                AliciaMqttClient lamp = AliciaMqttClient.builder()
                        .server(network.address())
                        .presence(Presence.ofDevice("lamp-9"))
                        .backoff(QUICK)
                        .connect()) {
            presence.awaitCount(1);

            network.cut();

            Awaitility.await().until(() -> presence.values().size() >= 3);
            assertThat(presence.values().subList(0, 3))
                    .as("of %s", lamp)
                    .containsExactly(Availability.ONLINE, Availability.OFFLINE, Availability.ONLINE);
        }
    }

    @Test
    void starts_before_its_server_does() {
        mosquitto.kill();
        AliciaMqttClient alicia = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .backoff(QUICK)
                .start();
        clients.add(alicia);
        TestObserver<PublishResult> early = alicia.topic(NOTES, PayloadCodec.text())
                .publishForResult("hall", "early")
                .test();

        mosquitto.startAgain();

        early.awaitDone(20, TimeUnit.SECONDS).assertValue(PublishResult::isAcknowledged);
    }

    @Test
    void closes_in_time_although_the_server_is_silent() {
        AliciaMqttClient alicia = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .closeDeadline(Duration.ofMillis(300))
                .connect();
        mosquitto.freeze();
        TestObserver<PublishResult> open = alicia.topic(NOTES, PayloadCodec.text())
                .withQos(Qos.EXACTLY_ONCE)
                .publishForResult("hall", "open")
                .test();

        assertThat(alicia.closeAsync().blockingAwait(10, TimeUnit.SECONDS)).isTrue();

        open.awaitDone(5, TimeUnit.SECONDS).assertValue(result -> !result.isAcknowledged());
        mosquitto.thaw();
    }

    private AliciaMqttClient client(MqttVersion version, String clientIdentifier) {
        AliciaMqttClient client = builder(version, clientIdentifier).connect();
        clients.add(client);
        return client;
    }

    private AliciaMqttClientBuilder builder(MqttVersion version, String clientIdentifier) {
        return AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .version(version)
                .clientIdentifier(clientIdentifier)
                .backoff(QUICK);
    }

    private AliciaMqttClient client(MqttVersion version, String clientIdentifier, Duration sessionExpiryInterval) {
        AliciaMqttClient client = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .version(version)
                .clientIdentifier(clientIdentifier)
                .sessionExpiryInterval(sessionExpiryInterval)
                .connect();
        clients.add(client);
        return client;
    }

    private void awaitConnected() {
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> clients.stream()
                        .allMatch(client -> client.connectionState() instanceof ConnectionState.Connected));
    }

    private static void awaitLost(AliciaMqttClient client) {
        Awaitility.await().until(() -> !(client.connectionState() instanceof ConnectionState.Connected));
    }

    private static List<String> payloads(TestSubscriber<Received<String, String>> received) {
        return received.values().stream().map(Received::payload).toList();
    }
}
