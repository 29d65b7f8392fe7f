package io.alicia.mqtt.broker.monitoring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * The {@code $SYS} topics with Mosquitto's names and meanings (mosquitto(8), "Broker status"). Each is told once at the
 * start and from then on when its value has changed. Not for several threads.
 *
 * <p>Where Mosquitto 2.1 differs from 2.0, 2.1 holds. {@code heap} is the JVM's. A message that waits for several
 * clients counts once for each in {@code store/messages}.
 */
public final class SysTopics {

    private static final String ROOT = "$SYS/broker/";
    private static final int[] LOAD_MINUTES = {1, 5, 15};

    /** A count whose growth is told as load averages. */
    private static final class Load {

        final String name;
        final LongSupplier counter;
        final List<LoadAverage> averages = new ArrayList<>();
        long before;

        Load(String name, LongSupplier counter) {
            this.name = name;
            this.counter = counter;
            for (int minutes : LOAD_MINUTES) {
                averages.add(new LoadAverage(minutes));
            }
        }
    }

    private final BrokerCounters counters;
    private final InstantSource clock;
    private final BiConsumer<String, String> publisher;
    private final Map<String, String> told = new HashMap<>();
    private final List<Load> loads;
    private final long startedMillis;
    private long lastMillis;
    private long mostClients;
    private long mostHeapBytes;

    /**
     * Nothing is told yet.
     *
     * @param counters what the broker has done
     * @param clock the time
     * @param publisher takes topic and payload of each message; they are to be retained
     */
    public SysTopics(BrokerCounters counters, InstantSource clock, BiConsumer<String, String> publisher) {
        this.counters = counters;
        this.clock = clock;
        this.publisher = publisher;
        this.startedMillis = clock.millis();
        this.lastMillis = startedMillis;
        this.loads = List.of(
                new Load("messages/received", counters.packetsReceived()::sum),
                new Load("messages/sent", counters.packetsSent()::sum),
                new Load("publish/dropped", this::dropped),
                new Load("publish/received", counters.publishesReceived()::sum),
                new Load("publish/sent", counters.publishesSent()::sum),
                new Load("bytes/received", counters.bytesReceived()::sum),
                new Load("bytes/sent", counters.bytesSent()::sum),
                new Load("sockets", counters.connectionsOpened()::sum),
                new Load("connections", counters.connectsReceived()::sum));
    }

    /**
     * {@return how long to wait for the next multiple of the interval, as Mosquitto 2.1 aligns them}
     *
     * @param interval {@code sys_interval}, whole seconds above zero
     * @param nowMillis milliseconds of the epoch
     */
    public static Duration untilNext(Duration interval, long nowMillis) {
        long intervalMillis = interval.toMillis();
        return Duration.ofMillis(intervalMillis - Math.floorMod(nowMillis, intervalMillis));
    }

    /**
     * Publishes what has changed since the last call.
     *
     * @param statistics what the broker holds now
     */
    public void update(BrokerStatistics statistics) {
        long now = clock.millis();
        tell("version", BrokerVersion.full());
        // Before the counts: what they publish counts for the next interval.
        tellLoads(now);
        tellClients(statistics);
        tellStore(statistics);
        tellTraffic(statistics);
        tellHeap();
        tell("uptime", (now - startedMillis) / 1000 + " seconds");
        lastMillis = now;
    }

    private void tellClients(BrokerStatistics statistics) {
        mostClients = Math.max(mostClients, statistics.sessions());
        int away = Math.max(0, statistics.sessions() - statistics.connectedClients());
        tell("clients/total", statistics.sessions());
        tell("clients/maximum", mostClients);
        tell("clients/disconnected", away);
        tell("clients/inactive", away);
        tell("clients/connected", statistics.connectedClients());
        tell("clients/active", statistics.connectedClients());
        tell("clients/expired", counters.sessionsExpired().sum());
    }

    private void tellStore(BrokerStatistics statistics) {
        long messages = statistics.retainedMessages() + statistics.queuedMessages();
        tell("messages/stored", messages);
        tell("store/messages/count", messages);
        tell("store/messages/bytes", statistics.retainedBytes() + statistics.queuedBytes());
        tell("subscriptions/count", statistics.subscriptions());
        tell("shared_subscriptions/count", statistics.sharedSubscriptions());
        tell("retained messages/count", statistics.retainedMessages());
    }

    private void tellTraffic(BrokerStatistics statistics) {
        tell("messages/received", counters.packetsReceived().sum());
        tell("messages/sent", counters.packetsSent().sum());
        tell("bytes/received", counters.bytesReceived().sum());
        tell("bytes/sent", counters.bytesSent().sum());
        tell("publish/bytes/received", counters.publishBytesReceived().sum());
        tell("publish/bytes/sent", counters.publishBytesSent().sum());
        tell("publish/messages/dropped", dropped());
        tell("publish/messages/received", counters.publishesReceived().sum());
        tell("publish/messages/sent", counters.publishesSent().sum());
        tell("packet/out/count", statistics.unsentPackets());
        tell("packet/out/bytes", statistics.unsentBytes());
        tell("connections/socket/count", counters.connectionsOpened().sum());
    }

    private void tellHeap() {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        mostHeapBytes = Math.max(mostHeapBytes, used);
        tell("heap/current", used);
        tell("heap/maximum", mostHeapBytes);
    }

    /** What Mosquitto counts as dropped: queues and windows that were full, not denials; and what a mount point hides. */
    private long dropped() {
        return counters.dropped(DropCause.QUEUE_FULL).sum()
                + counters.dropped(DropCause.OUTSIDE_MOUNT_POINT).sum()
                + counters.dropped(DropCause.SLOW_SUBSCRIBER).sum();
    }

    private void tellLoads(long now) {
        double elapsedSeconds = (now - lastMillis) / 1000.0;
        for (Load load : loads) {
            long count = load.counter.getAsLong();
            for (int i = 0; i < LOAD_MINUTES.length; i++) {
                LoadAverage average = load.averages.get(i);
                if (elapsedSeconds > 0) {
                    average.add(count - load.before, elapsedSeconds);
                }
                String topic = "load/" + load.name + "/" + LOAD_MINUTES[i] + "min";
                if (average.hasChanged() || !told.containsKey(topic)) {
                    tell(topic, average.toString());
                }
            }
            load.before = count;
        }
    }

    private void tell(String name, long value) {
        tell(name, Long.toString(value));
    }

    private void tell(String name, String value) {
        if (!value.equals(told.put(name, value))) {
            publisher.accept(ROOT + name, value);
        }
    }
}
