package io.alicia.mqtt.client.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.Backoff;
import io.alicia.mqtt.client.OfflineQueue;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A network that fails at random while messages flow. Lasts two seconds a version; {@code -Dalicia.faults.seconds=300} makes it
 * minutes, {@code -Dalicia.faults.seed=…} repeats its faults.
 */
public abstract class FaultContract {

    private static final TopicTemplate<String> NUMBERS = TopicTemplate.of("faults/{qos}");
    private static final long SECONDS = Long.getLong("alicia.faults.seconds", 2);

    /** What both clients, the network between and the garbage collector's inaccuracy may take more than at the start. */
    private static final long HEAP_MARGIN_BYTES = 32L << 20;

    /** What this test itself remembers of each message. */
    private static final long HEAP_BYTES_A_MESSAGE = 256;

    @TempDir
    private Path directory;

    private final long seed = Long.getLong("alicia.faults.seed", System.nanoTime());
    private final Map<String, Map<Integer, AtomicInteger>> received = new ConcurrentHashMap<>();
    private final Set<Integer> handled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unconfirmed = new AtomicInteger();

    /** For subclasses. */
    protected FaultContract() {}

    /** A server that lets everybody in and keeps whatever waits for a session. */
    protected abstract TestServer startServer();

    /** On disk the Packet Identifiers of QoS 2 are chosen by us, and each PUBREL waits for the disk. */
    @ParameterizedTest(name = "{0}, sender''s queue on disk: {1}")
    @CsvSource({"MQTT_5, false", "MQTT_5, true", "MQTT_3_1_1, false", "MQTT_3_1_1, true"})
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    protected void qos_1_all_arrive_and_qos_2_exactly_once_through_a_network_that_fails_at_random(
            MqttVersion version, boolean onDisk) {
        System.out.println("faults: seed " + seed + ", " + SECONDS + " s, " + version + (onDisk ? ", on disk" : ""));
        OfflineQueue queue =
                onDisk ? OfflineQueue.DEFAULT.onDisk(directory.resolve("sender.mv")) : OfflineQueue.DEFAULT;
        try (TestServer server = startServer();
                FaultyNetwork network = new FaultyNetwork(server.tcp());
                AliciaMqttClient receiver = client(version, network, "receiver", OfflineQueue.DEFAULT);
                AliciaMqttClient sender = client(version, network, "sender", queue)) {
            CompositeDisposable streams = new CompositeDisposable();
            streams.add(receiver.topic(NUMBERS, PayloadCodec.text())
                    .withQos(Qos.EXACTLY_ONCE)
                    .messages()
                    .subscribe(message -> received.computeIfAbsent(message.levels(), qos -> new ConcurrentHashMap<>())
                            .computeIfAbsent(Integer.parseInt(message.payload()), number -> new AtomicInteger())
                            .incrementAndGet()));
            streams.add(receiver.topic(NUMBERS, PayloadCodec.text())
                    .onMessage(Qos.AT_LEAST_ONCE.name(), message -> handle(Integer.parseInt(message.payload()))));
            receiver.subscribed().blockingAwait();
            AtomicInteger sent = new AtomicInteger();
            long heapBefore = usedHeapBytes();
            streams.add(Flowable.interval(2, TimeUnit.MILLISECONDS)
                    .onBackpressureDrop()
                    .map(tick -> sent.getAndIncrement())
                    .flatMapSingle(
                            number -> publish(sender, number % 2 == 0 ? Qos.AT_LEAST_ONCE : Qos.EXACTLY_ONCE, number),
                            false,
                            500)
                    .subscribe(result -> {
                        if (!result.isAcknowledged()) {
                            unconfirmed.incrementAndGet();
                        }
                    }));

            failAtRandom(network, new SplittableRandom(seed));
            int last = sent.get();

            Awaitility.await("all of " + last + " messages, seed " + seed)
                    .atMost(60, TimeUnit.SECONDS)
                    .untilAsserted(() -> {
                        assertThat(missing(last)).isEmpty();
                        assertThat(unhandled(last)).isEmpty();
                    });
            assertThat(received.getOrDefault(Qos.EXACTLY_ONCE.name(), Map.of())).isNotEmpty();
            assertThat(notOnce())
                    .as("QoS 2 that did not arrive once, seed %d", seed)
                    .isEmpty();
            assertThat(unconfirmed.get())
                    .as("every publish was acknowledged, seed %d", seed)
                    .isZero();
            streams.dispose();
            // Not at the first look: what was under way is garbage a moment later.
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(usedHeapBytes() - heapBefore)
                            .as("bytes of heap more than before %d messages, seed %d", last, seed)
                            .isLessThan(HEAP_MARGIN_BYTES + last * HEAP_BYTES_A_MESSAGE));
        }
    }

    /** Takes its time now and then, so that something waits for it when a connection ends. */
    private Completable handle(int number) {
        return Completable.timer(number % 50 == 0 ? 10 : 0, TimeUnit.MILLISECONDS)
                .andThen(Completable.fromAction(() -> handled.add(number)));
    }

    private static long usedHeapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Single<PublishResult> publish(AliciaMqttClient sender, Qos qos, int number) {
        return sender.topic(NUMBERS, PayloadCodec.text())
                .withQos(qos)
                .publishForResult(qos.name(), Integer.toString(number));
    }

    /** How often each QoS 2 message came that did not come once. */
    private Map<Integer, Integer> notOnce() {
        Map<Integer, Integer> found = new TreeMap<>();
        received.getOrDefault(Qos.EXACTLY_ONCE.name(), Map.of()).forEach((number, times) -> {
            if (times.get() != 1) {
                found.put(number, times.get());
            }
        });
        return found;
    }

    private List<Integer> missing(int last) {
        return IntStream.range(0, last)
                .filter(number -> !received.getOrDefault(
                                (number % 2 == 0 ? Qos.AT_LEAST_ONCE : Qos.EXACTLY_ONCE).name(), Map.of())
                        .containsKey(number))
                .boxed()
                .toList();
    }

    private List<Integer> unhandled(int last) {
        return IntStream.range(0, last)
                .filter(number -> number % 2 == 0 && !handled.contains(number))
                .boxed()
                .toList();
    }

    /** Each fault waits for the condition that ends it: a clock that the test owns would not reach the operating system's sockets. */
    private static void failAtRandom(FaultyNetwork network, SplittableRandom random) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            switch (random.nextInt(4)) {
                case 0 -> network.cut();
                case 1 -> network.cutHalf();
                case 2 -> {
                    network.hold();
                    letPass(50 + random.nextInt(300));
                    network.release();
                }
                default -> {
                    network.hold();
                    letPass(50 + random.nextInt(300));
                    network.cut();
                    network.release();
                }
            }
            letPass(50 + random.nextInt(700));
        }
    }

    private static void letPass(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        Awaitility.await().pollInterval(5, TimeUnit.MILLISECONDS).until(() -> System.nanoTime() >= end);
    }

    private static AliciaMqttClient client(
            MqttVersion version, FaultyNetwork network, String clientIdentifier, OfflineQueue queue) {
        return AliciaMqttClient.builder()
                .server(network.address())
                .version(version)
                .clientIdentifier(clientIdentifier)
                .sessionExpiryInterval(Duration.ofHours(1))
                .offlineQueue(queue)
                .keepAlive(Duration.ofSeconds(1))
                .connectTimeout(Duration.ofSeconds(20))
                .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(200)))
                .connect();
    }
}
