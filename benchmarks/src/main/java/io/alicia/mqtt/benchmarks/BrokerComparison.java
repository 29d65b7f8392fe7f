package io.alicia.mqtt.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * This project's broker beside Mosquitto, each in its own process on loopback, under the same load: one publisher to many
 * subscribers with QoS 0, and one publisher to one subscriber with QoS 1. They take turns; what is shown is the median of the
 * rounds.
 *
 * <p>Arguments: rounds (default 7).
 */
public final class BrokerComparison {

    private static final int PAYLOAD_BYTES = 100;
    private static final int SUBSCRIBERS = 50;
    private static final int FAN_OUT_MESSAGES = 10_000;
    private static final int QOS_1_MESSAGES = 50_000;
    private static final int BATCH = 100;
    private static final int WARM_UP_ROUNDS = 4;

    private BrokerComparison() {}

    /**
     * Runs it.
     *
     * @param arguments rounds
     */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        System.out.println(rounds + " rounds, payload " + PAYLOAD_BYTES + " bytes; "
                + Runtime.getRuntime().availableProcessors() + " processors, JDK " + Runtime.version());
        try (BrokerProcess alicia = BrokerProcess.alicia();
                BrokerProcess mosquitto = BrokerProcess.mosquitto()) {
            List<BrokerProcess> brokers = List.of(alicia, mosquitto);
            List<List<Double>> fanOut = List.of(new ArrayList<>(), new ArrayList<>());
            List<List<Double>> qos1 = List.of(new ArrayList<>(), new ArrayList<>());
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                for (int i = 0; i < brokers.size(); i++) {
                    double deliveries = fanOutPerSecond(brokers.get(i).port());
                    double messages = qos1PerSecond(brokers.get(i).port());
                    if (round >= 0) {
                        fanOut.get(i).add(deliveries);
                        qos1.get(i).add(messages);
                    }
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %28s %28s%n",
                    "",
                    "QoS 0 to " + SUBSCRIBERS + ": deliveries/s",
                    "QoS 1 in, 0 out: messages/s");
            for (int i = 0; i < brokers.size(); i++) {
                System.out.printf(
                        Locale.ROOT,
                        "%-12s %,28.0f %,28.0f%n",
                        brokers.get(i).name(),
                        median(fanOut.get(i)),
                        median(qos1.get(i)));
            }
        }
    }

    private static double fanOutPerSecond(int port) throws IOException, InterruptedException, ExecutionException {
        byte[] packet = RawClient.publishPacket("fan/out", PAYLOAD_BYTES, 0, 0);
        List<RawClient> subscribers = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (RawClient publisher = new RawClient(port, "publisher")) {
            List<Future<Void>> readers = new ArrayList<>();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                RawClient subscriber = new RawClient(port, "subscriber-" + i);
                subscribers.add(subscriber);
                subscriber.subscribe("fan/+", 0);
            }
            long before = System.nanoTime();
            for (RawClient subscriber : subscribers) {
                readers.add(threads.submit(reading(subscriber, (long) packet.length * FAN_OUT_MESSAGES)));
            }
            byte[] batch = repeat(packet, BATCH);
            for (int i = 0; i < FAN_OUT_MESSAGES / BATCH; i++) {
                publisher.write(batch);
            }
            for (Future<Void> reader : readers) {
                reader.get();
            }
            return (double) SUBSCRIBERS * FAN_OUT_MESSAGES * 1e9 / (System.nanoTime() - before);
        } finally {
            threads.shutdownNow();
            for (RawClient subscriber : subscribers) {
                subscriber.close();
            }
        }
    }

    private static Callable<Void> reading(RawClient subscriber, long bytes) {
        return () -> {
            subscriber.skip(bytes);
            return null;
        };
    }

    private static double qos1PerSecond(int port) throws IOException, InterruptedException, ExecutionException {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        for (int identifier = 1; identifier <= BATCH; identifier++) {
            batch.write(RawClient.publishPacket("one/one", PAYLOAD_BYTES, 1, identifier));
        }
        byte[] delivered = RawClient.publishPacket("one/one", PAYLOAD_BYTES, 0, 0);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (RawClient publisher = new RawClient(port, "publisher");
                RawClient subscriber = new RawClient(port, "subscriber")) {
            subscriber.subscribe("one/+", 0);
            long before = System.nanoTime();
            Future<Void> reader = threads.submit(reading(subscriber, (long) delivered.length * QOS_1_MESSAGES));
            for (int i = 0; i < QOS_1_MESSAGES / BATCH; i++) {
                publisher.write(batch.toByteArray());
                publisher.skip(4L * BATCH);
            }
            reader.get();
            return QOS_1_MESSAGES * 1e9 / (System.nanoTime() - before);
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] repeat(byte[] packet, int times) {
        byte[] all = new byte[packet.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(packet, 0, all, i * packet.length, packet.length);
        }
        return all;
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElseThrow();
    }
}
