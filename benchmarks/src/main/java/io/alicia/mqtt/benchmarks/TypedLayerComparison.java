package io.alicia.mqtt.benchmarks;

import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.codec.AliciaCodecs;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.topic.DeviceId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the typed layer costs beside the bare HiveMQ client: throughput, latency and garbage, QoS 1 over loopback TCP, on one
 * embedded broker in one run. Differences are to the bare client that publishes message by message. The contestants take turns, so
 * that whatever else the machine does hits all of them; what is compared is the median of the rounds; for the 99th percentile also
 * the least of them, the one that the machine disturbed least.
 *
 * <p>Arguments: rounds (default 15), messages a round (default 20,000).
 */
public final class TypedLayerComparison {

    private static final int WARM_UP_ROUNDS = 4;
    private static final int PINGS = 1_000;

    /**
     * Before those that are timed. A typed client acknowledges a message when its stream has taken it, the bare one before it hands it
     * over: a burst ends with acknowledgements under way, and the first pings would be timed in competition with them.
     */
    private static final int PINGS_BEFORE = 200;

    private static final int PERCENTILE = 99;
    private static final int CODEC_ROUNDS = 20_000;

    private final List<Contestant> contestants;
    private final int rounds;
    private final int messages;

    private TypedLayerComparison(List<Contestant> contestants, int rounds, int messages) {
        this.contestants = contestants;
        this.rounds = rounds;
        this.messages = messages;
    }

    /** One figure of each round of one contestant. */
    private record Figures(
            List<Double> perSecond, List<Double> p50Micros, List<Double> p99Micros, List<Double> bytesPerMessage) {
        Figures() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /**
     * Runs it.
     *
     * @param arguments rounds, messages a round
     */
    public static void main(String[] arguments) throws InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        int messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
        SensorReading reading = SensorReading.builder()
                .deviceId(DeviceId.of("hall"))
                .temperatureCelsius(21.5)
                .humidityPercent(45)
                .build();
        PayloadCodec<SensorReading> json = AliciaCodecs.in(ZoneOffset.UTC).sensorReading();
        byte[] encoded = json.encode(reading);
        System.out.println("payload: " + encoded.length + " bytes; " + rounds + " rounds of " + messages
                + " messages, at most " + TypedClient.IN_FLIGHT + " in flight; "
                + Runtime.getRuntime().availableProcessors() + " processors, JDK " + Runtime.version());
        // Whoever publishes faster than the receiver takes must not be rewarded with lost messages.
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                .tcp(0)
                .allowAnonymous()
                .configure(config -> config.maxQueuedMessages(0).maxInflightMessages(0))
                .start()) {
            ServerAddress server = ServerAddress.of(broker.uri());
            try (Contestant bare = new BareHiveMq(server, encoded, false);
                    Contestant flow = new BareHiveMq(server, encoded, true);
                    Contestant bytes = new TypedClient<>("typed bytes", server, PayloadCodec.bytes(), encoded);
                    Contestant typed = new TypedClient<>("typed JSON", server, json, reading)) {
                System.out.printf(
                        Locale.ROOT,
                        "the codecs alone: %,.0f bytes a message with bytes, %,.0f with JSON, encoded and decoded%n",
                        codecBytes(PayloadCodec.bytes(), encoded),
                        codecBytes(json, reading));
                new TypedLayerComparison(List.of(bare, flow, bytes, typed), rounds, messages).run();
            }
        }
    }

    private static <P> double codecBytes(PayloadCodec<P> codec, P payload) {
        P last = payload;
        long before = 0;
        for (int i = 0; i < 2 * CODEC_ROUNDS; i++) {
            if (i == CODEC_ROUNDS) {
                before = Allocations.bytes();
            }
            last = codec.decode(codec.encode(last));
        }
        return (Allocations.bytes() - before) / (double) CODEC_ROUNDS;
    }

    private void run() throws InterruptedException {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            round(new Figures());
        }
        List<Figures> figures =
                contestants.stream().map(contestant -> new Figures()).toList();
        for (int round = 0; round < rounds; round++) {
            round(figures.toArray(Figures[]::new));
        }
        Figures bare = figures.get(0);
        System.out.printf(
                Locale.ROOT,
                "%-20s %10s %8s %8s %8s %8s %8s %8s %8s %9s %8s%n",
                "",
                "messages/s",
                "",
                "p50 us",
                "",
                "p99 us",
                "",
                "least",
                "",
                "bytes/msg",
                "");
        for (int i = 0; i < figures.size(); i++) {
            Figures of = figures.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %,10.0f %+7.1f%% %8.1f %+8.1f %8.1f %+8.1f %8.1f %+8.1f %,9.0f %+,8.0f%n",
                    contestants.get(i).name(),
                    median(of.perSecond),
                    100 * (median(of.perSecond) / median(bare.perSecond) - 1),
                    median(of.p50Micros),
                    median(of.p50Micros) - median(bare.p50Micros),
                    median(of.p99Micros),
                    median(of.p99Micros) - median(bare.p99Micros),
                    Collections.min(of.p99Micros),
                    Collections.min(of.p99Micros) - Collections.min(bare.p99Micros),
                    median(of.bytesPerMessage),
                    median(of.bytesPerMessage) - median(bare.bytesPerMessage));
        }
    }

    /** All contestants once; a single figure stands for all of a warm-up. */
    private void round(Figures... figures) throws InterruptedException {
        for (int i = 0; i < contestants.size(); i++) {
            Figures of = figures[Math.min(i, figures.length - 1)];
            Contestant contestant = contestants.get(i);
            long allocatedBefore = Allocations.bytes();
            long before = System.nanoTime();
            send(contestant, messages);
            of.perSecond.add(messages * 1e9 / (System.nanoTime() - before));
            of.bytesPerMessage.add((Allocations.bytes() - allocatedBefore) / (double) messages);
            ping(contestant, of);
        }
    }

    /** One message at a time, from the call of publish to its arrival at the subscriber. */
    private static void ping(Contestant contestant, Figures of) throws InterruptedException {
        for (int i = 0; i < PINGS_BEFORE; i++) {
            send(contestant, 1);
        }
        long[] nanos = new long[PINGS];
        for (int i = 0; i < PINGS; i++) {
            long before = System.nanoTime();
            send(contestant, 1);
            nanos[i] = System.nanoTime() - before;
        }
        Arrays.sort(nanos);
        of.p50Micros.add(nanos[PINGS / 2] / 1e3);
        of.p99Micros.add(nanos[PINGS * PERCENTILE / 100] / 1e3);
    }

    private static void send(Contestant contestant, int messages) throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(messages);
        contestant.publish(messages, arrived);
        if (!arrived.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException(
                    contestant.name() + ": " + arrived.getCount() + " of " + messages + " messages did not arrive");
        }
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElseThrow();
    }
}
