package io.alicia.mqtt.client.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.AliciaMqttClientBuilder;
import io.alicia.mqtt.client.Backoff;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicTemplate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A service with two servers that know nothing of each other, each of which fails while the other one is well. Somebody else is at
 * each of them, publishes there and notes what arrives there.
 */
@Timeout(120)
public abstract class FailoverContract {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("failover/{from}/note");
    private static final int AT_ONCE = 100;
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));

    private final CompositeDisposable streams = new CompositeDisposable();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    /** What the three streams of the service got. */
    private final List<String> all = new CopyOnWriteArrayList<>();

    private final List<String> fromA = new CopyOnWriteArrayList<>();
    private final List<String> handled = new CopyOnWriteArrayList<>();

    /** What became of what the service published. */
    private final List<PublishResult> results = new CopyOnWriteArrayList<>();

    /** For subclasses. */
    protected FailoverContract() {}

    /** A server that lets everybody in and keeps what waits for a session. */
    protected abstract MortalServer startServer();

    /** Somebody who has but one of the servers. */
    private final class Neighbour {

        private final AliciaMqttClient client;
        private final List<String> seen = new CopyOnWriteArrayList<>();

        Neighbour(MqttVersion version, ServerAddress server, String name) {
            client = keep(builder(version, name).server(server).connect());
            streams.add(notes(client).messages("service").subscribe(note -> seen.add(note.payload())));
            client.subscribed().blockingAwait();
        }

        void publishes(String from, String note) {
            publishes(from, note, Qos.AT_LEAST_ONCE);
        }

        void publishes(String from, String note, Qos qos) {
            PublishResult result =
                    notes(client).withQos(qos).publishForResult(from, note).blockingGet();
            assertThat(result.isAcknowledged()).as("%s: %s", note, result).isTrue();
        }

        void awaitAllOf(String note) {
            List<String> expected = IntStream.range(0, AT_ONCE)
                    .mapToObj(number -> note + " " + number)
                    .toList();
            Awaitility.await(note).untilAsserted(() -> assertThat(seen).containsAll(expected));
        }

        void awaitConnected() {
            Awaitility.await().until(() -> client.connectionState() instanceof ConnectionState.Connected);
            client.subscribed().blockingAwait();
        }
    }

    private <T extends AutoCloseable> T keep(T opened) {
        open.add(0, opened);
        return opened;
    }

    @AfterEach
    void closeAll() throws Exception {
        streams.dispose();
        for (AutoCloseable opened : open) {
            opened.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT_3_1_1", "MQTT_5"})
    protected void streams_and_publishes_go_where_there_is_a_server(MqttVersion version) {
        MortalServer a = keep(startServer());
        MortalServer b = keep(startServer());
        Neighbour atA = new Neighbour(version, a.tcp(), "neighbour-a");
        Neighbour atB = new Neighbour(version, b.tcp(), "neighbour-b");
        AliciaMqttClient service = service(version, a.tcp(), b.tcp());
        awaitConnected(service, a.tcp());
        atA.publishes("a", "A has its say");
        awaitEverywhere("A has its say");

        for (int round = 1; round <= 2; round++) {
            a.kill();
            publishAtOnce(service, "to B in round " + round);
            awaitConnected(service, b.tcp());
            atB.publishes("a", "B in round " + round);
            awaitEverywhere("B in round " + round);
            atB.awaitAllOf("to B in round " + round);

            a.startAgain();
            atA.awaitConnected();
            b.kill();
            publishAtOnce(service, "to A in round " + round);
            awaitConnected(service, a.tcp());
            atA.publishes("a", "A in round " + round);
            awaitEverywhere("A in round " + round);
            atA.awaitAllOf("to A in round " + round);
            b.startAgain();
            atB.awaitConnected();
        }

        Awaitility.await().until(() -> results.size() == 4 * AT_ONCE);
        assertThat(results)
                .allSatisfy(result -> assertThat(result.isAcknowledged())
                        .as(result.description())
                        .isTrue());
        assertThat(all)
                .containsExactly("A has its say", "B in round 1", "A in round 1", "B in round 2", "A in round 2");
        assertThat(handled).containsExactlyElementsOf(all);
        assertThat(fromA).containsExactlyElementsOf(all);
    }

    /** Some while the connection looks alive, others when it is known to be gone. */
    private void publishAtOnce(AliciaMqttClient service, String note) {
        streams.add(Flowable.range(0, AT_ONCE)
                .flatMapSingle(number -> notes(service).publishForResult("service", note + " " + number))
                .subscribe(results::add));
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT_3_1_1", "MQTT_5"})
    protected void each_server_keeps_what_comes_while_the_service_is_at_the_other_one(MqttVersion version) {
        MortalServer a = keep(startServer());
        MortalServer b = keep(startServer());
        Neighbour atA = new Neighbour(version, a.tcp(), "neighbour-a");
        Neighbour atB = new Neighbour(version, b.tcp(), "neighbour-b");
        FaultyNetwork toA = keep(new FaultyNetwork(a.tcp()));
        FaultyNetwork toB = keep(new FaultyNetwork(b.tcp()));
        AliciaMqttClient service = service(version, toA.address(), toB.address());
        awaitConnected(service, toA.address());
        List<String> published = new ArrayList<>();

        for (int round = 1; round <= 2; round++) {
            fail(toA); // nothing is on its way
            awaitConnected(service, toB.address());
            service.subscribed().blockingAwait();
            publish(atA, "while A is away " + round, published);
            publish(atB, "at B " + round, published);
            awaitEverywhere("at B " + round);

            awaitAcknowledgementsAtServer(service);
            fail(toB);
            toA.release();
            awaitConnected(service, toA.address());
            awaitEverywhere("while A is away " + round);
            publish(atB, "while B is away " + round, published);
            publish(atA, "at A " + round, published);
            awaitEverywhere("at A " + round);
            awaitAcknowledgementsAtServer(service);
            toB.release();
        }
        fail(toA);
        awaitConnected(service, toB.address());
        awaitEverywhere("while B is away 1");
        awaitEverywhere("while B is away 2");

        assertThat(all).containsExactlyInAnyOrderElementsOf(published);
        assertThat(handled).containsExactlyElementsOf(all);
    }

    private static void publish(Neighbour neighbour, String note, List<String> published) {
        neighbour.publishes("a", note);
        published.add(note);
    }

    /** Else what they are for comes again when the service is back, as it should with QoS 1. */
    private void awaitAcknowledgementsAtServer(AliciaMqttClient service) {
        Awaitility.await()
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .until(() -> meters.get("alicia.mqtt.client.received.waiting")
                                .gauge()
                                .value()
                        == 0);
        PublishResult behind = notes(service).publishForResult("fence", "").blockingGet();
        assertThat(behind.isAcknowledged()).as(behind.description()).isTrue();
    }

    /** Nothing goes through, and nobody comes in. */
    private static void fail(FaultyNetwork network) {
        network.hold();
        network.cut();
    }

    @ParameterizedTest
    @CsvSource({"MQTT_3_1_1, AT_LEAST_ONCE", "MQTT_5, AT_LEAST_ONCE", "MQTT_3_1_1, EXACTLY_ONCE", "MQTT_5, EXACTLY_ONCE"
    })
    protected void what_is_in_hand_when_its_server_is_left_is_not_handled_again_when_the_service_is_back(
            MqttVersion version, Qos qos) {
        MortalServer a = keep(startServer());
        MortalServer b = keep(startServer());
        Neighbour atA = new Neighbour(version, a.tcp(), "neighbour-a");
        Neighbour atB = new Neighbour(version, b.tcp(), "neighbour-b");
        FaultyNetwork toA = keep(new FaultyNetwork(a.tcp()));
        FaultyNetwork toB = keep(new FaultyNetwork(b.tcp()));
        AliciaMqttClient service = service(version, toA.address(), toB.address());
        awaitConnected(service, toA.address());
        CompletableSubject work = CompletableSubject.create();
        List<String> begun = new CopyOnWriteArrayList<>();
        streams.add(notes(service).withQos(qos).onMessage("slow", note -> {
            begun.add(note.payload());
            return work;
        }));
        service.subscribed().blockingAwait();
        atA.publishes("slow", "in hand", qos);
        Awaitility.await().until(() -> begun.size() == 1);

        fail(toA);
        awaitConnected(service, toB.address());
        atB.publishes("a", "at B");
        awaitEverywhere("at B");
        work.onComplete();
        fail(toB);
        toA.release();
        awaitConnected(service, toA.address());
        atA.publishes("slow", "the next");

        Awaitility.await().until(() -> begun.contains("the next"));
        assertThat(begun).containsExactly("in hand", "the next");
    }

    private AliciaMqttClient service(MqttVersion version, ServerAddress first, ServerAddress second) {
        AliciaMqttClient service = keep(builder(version, "service")
                .server(first)
                .server(second)
                .meters(meters)
                .random(() -> 0) // which draws the first
                .connectTimeout(Duration.ofMillis(500))
                .sessionExpiryInterval(Duration.ofHours(1))
                .build());
        streams.add(notes(service).withQos(Qos.EXACTLY_ONCE).messages("a").subscribe(note -> all.add(note.payload())));
        streams.add(notes(service)
                .messages()
                .filter(note -> note.levels().equals("a"))
                .subscribe(note -> fromA.add(note.payload())));
        streams.add(notes(service).onMessage("a", note -> Completable.fromAction(() -> handled.add(note.payload()))));
        service.connect();
        service.subscribed().blockingAwait();
        return service;
    }

    private static AliciaMqttClientBuilder builder(MqttVersion version, String clientIdentifier) {
        return AliciaMqttClient.builder()
                .version(version)
                .clientIdentifier(clientIdentifier)
                .keepAlive(Duration.ofSeconds(2))
                .backoff(QUICK);
    }

    private static TypedTopic<String, String> notes(AliciaMqttClient client) {
        return client.topic(NOTES, PayloadCodec.text()).withQos(Qos.AT_LEAST_ONCE);
    }

    private static void awaitConnected(AliciaMqttClient client, ServerAddress server) {
        Awaitility.await("a connection to " + server)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> client.connectionState() instanceof ConnectionState.Connected connected
                        && connected.server().equals(server));
        TestObserver<Void> subscribed = client.subscribed().test();
        assertThat(subscribed.awaitDone(10, TimeUnit.SECONDS).values()).isEmpty();
        subscribed.assertComplete();
    }

    private void awaitEverywhere(String note) {
        Awaitility.await(note)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(List.of(all, fromA, handled))
                        .allSatisfy(stream -> assertThat(stream).contains(note)));
    }
}
