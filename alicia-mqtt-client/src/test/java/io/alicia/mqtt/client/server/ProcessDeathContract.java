package io.alicia.mqtt.client.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.reactivex.rxjava3.disposables.Disposable;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept when the process of a client is killed: by the client on its disk, and by the server for its session. */
@Timeout(120)
public abstract class ProcessDeathContract {

    private static final int READINGS = 400;
    private static final int LIVES = 4;
    private static final int MOST_OF_A_LIFE = 100;

    @TempDir
    private Path directory;

    /** For subclasses. */
    protected ProcessDeathContract() {}

    /** A server that lets everybody in and keeps whatever waits for a session. */
    protected abstract TestServer startServer();

    @Test
    protected void readings_that_were_queued_on_disk_arrive_however_often_the_process_is_killed() {
        Path queue = directory.resolve("outbox.mv");
        String nobody = "mqtt://127.0.0.1:" + FreePort.find();
        Set<String> promised = new HashSet<>();
        Set<String> arrived = ConcurrentHashMap.newKeySet();

        try (DoomedProcess sensor = sensor(nobody, queue, 0, READINGS)) {
            sensor.awaitSaid("Queued", 100);
            sensor.kill();
            promised.addAll(sensor.saidAfter("Queued"));
        }

        try (TestServer server = startServer();
                AliciaMqttClient house =
                        AliciaMqttClient.builder().server(server.tcp()).connect()) {
            Disposable receiving = house.sensors()
                    .readings(DoomedClient.SENSOR.value())
                    .map(reading ->
                            Integer.toString((int) reading.temperatureCelsius().orElseThrow()))
                    .subscribe(arrived::add);
            house.subscribed().blockingAwait();
            try (DoomedProcess sensor = sensor(server.tcp().toString(), queue, READINGS, READINGS)) {
                Awaitility.await("the first to arrive")
                        .pollInterval(1, TimeUnit.MILLISECONDS)
                        .until(() -> !arrived.isEmpty());
                sensor.kill();
                promised.addAll(sensor.saidAfter("Queued"));
                promised.addAll(sensor.saidAfter("Acknowledged"));
            }

            try (DoomedProcess sensor = sensor(server.tcp().toString(), queue, 0, 0)) {
                Awaitility.await("all of " + promised.size() + " readings")
                        .atMost(30, TimeUnit.SECONDS)
                        .untilAsserted(
                                () -> assertThat(arrived).as(sensor::logged).containsAll(promised));
            }
            receiving.dispose();
        }
        assertThat(promised).hasSizeGreaterThanOrEqualTo(100);
    }

    /** Killed at random between PUBLISH and PUBCOMP: what was promised arrives exactly once, and nothing arrives twice. */
    @ParameterizedTest
    @EnumSource(names = {"MQTT_5", "MQTT_3_1_1"})
    protected void counts_exactly_once_however_often_the_process_is_killed(MqttVersion version) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path queue = directory.resolve("counts.mv");
        Set<String> promised = new HashSet<>();
        List<String> arrived = new CopyOnWriteArrayList<>();
        try (TestServer server = startServer();
                AliciaMqttClient house =
                        AliciaMqttClient.builder().server(server.tcp()).connect()) {
            TypedTopic<String, String> counts =
                    house.topic(DoomedClient.COUNTS, PayloadCodec.text()).withQos(Qos.EXACTLY_ONCE);
            Disposable receiving = counts.messages().subscribe(count -> arrived.add(count.payload()));
            house.subscribed().blockingAwait();
            for (int life = 0; life < LIVES; life++) {
                int before = arrived.size();
                int more = 1 + random.nextInt(MOST_OF_A_LIFE);
                try (DoomedProcess meter = meter(server, version, queue, life * READINGS, READINGS)) {
                    Awaitility.await("some of life " + life + ", seed " + seed)
                            .pollInterval(1, TimeUnit.MILLISECONDS)
                            .atMost(30, TimeUnit.SECONDS)
                            .untilAsserted(() ->
                                    assertThat(arrived.size()).as(meter::logged).isGreaterThanOrEqualTo(before + more));
                    meter.kill();
                    promised.addAll(meter.saidAfter("Queued"));
                    promised.addAll(meter.saidAfter("Acknowledged"));
                }
            }
            String last = Integer.toString(LIVES * READINGS);
            try (DoomedProcess meter = meter(server, version, queue, LIVES * READINGS, 1)) {
                Awaitility.await("all, seed " + seed)
                        .atMost(30, TimeUnit.SECONDS)
                        .untilAsserted(
                                () -> assertThat(arrived).as(meter::logged).contains(last));
            }
            receiving.dispose();
        }

        assertThat(arrived).as("seed %s", seed).doesNotHaveDuplicates().containsAll(promised);
    }

    private DoomedProcess meter(TestServer server, MqttVersion version, Path queue, int first, int count) {
        return new DoomedProcess(
                directory,
                "meter",
                server.tcp().toString(),
                version.name(),
                queue.toString(),
                Integer.toString(first),
                Integer.toString(count));
    }

    private DoomedProcess sensor(String server, Path queue, int first, int count) {
        return new DoomedProcess(
                directory, "sensor", server, queue.toString(), Integer.toString(first), Integer.toString(count));
    }

    @Test
    protected void a_message_whose_handler_was_at_work_when_the_process_was_killed_comes_again() {
        try (TestServer server = startServer();
                AliciaMqttClient house =
                        AliciaMqttClient.builder().server(server.tcp()).connect()) {
            TypedTopic<String, String> notes = house.topic(DoomedClient.NOTES, PayloadCodec.text());
            try (DoomedProcess service = service(server, "n1")) {
                service.awaitSaid("ready", 1);
                Stream.of("n1", "n2", "n3")
                        .forEach(note -> notes.publish("attic", note).blockingAwait());
                service.awaitSaid("note", 2);
                service.kill();
                assertThat(service.saidAfter("note")).containsExactly("n1", "n2");
            }
            notes.publish("attic", "n4").blockingAwait();

            try (DoomedProcess service = service(server, "n9")) {
                Awaitility.await("all that were not worked on")
                        .atMost(30, TimeUnit.SECONDS)
                        .untilAsserted(
                                () -> assertThat(service.saidAfter("note")).containsSubsequence("n2", "n3", "n4"));
            }
        }
    }

    private DoomedProcess service(TestServer server, String last) {
        return new DoomedProcess(directory, "service", server.tcp().toString(), last);
    }
}
