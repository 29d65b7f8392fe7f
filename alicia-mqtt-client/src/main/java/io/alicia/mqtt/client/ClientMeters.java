package io.alicia.mqtt.client;

import io.alicia.mqtt.client.ClientCounts.Outcome;
import io.alicia.mqtt.connection.ConnectionState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * A client's numbers as Micrometer meters, {@code alicia.mqtt.client.…} with the tag {@code client}. They are read from {@link
 * ClientCounts} when somebody looks, and cost a message nothing.
 */
final class ClientMeters {

    private static final String PREFIX = "alicia.mqtt.client.";

    private final MeterRegistry registry;
    private final Core core;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();

    private ClientMeters(MeterRegistry registry, Core core) {
        this.registry = registry;
        this.core = core;
        this.tags = Tags.of("client", freeName(registry, core.settings().clientIdentifier()));
    }

    /** A registry gives the meters that it has to whoever adds the like: they would show, and end with, the other client. */
    private static String freeName(MeterRegistry registry, String clientIdentifier) {
        String name = clientIdentifier;
        for (int number = 2; isTaken(registry, name); number++) {
            name = clientIdentifier + " (" + number + ")";
        }
        return name;
    }

    private static boolean isTaken(MeterRegistry registry, String name) {
        return registry.find(PREFIX + "connected").tag("client", name).gauge() != null;
    }

    /** Adds the meters of {@code core} to {@code registry} until it is closed. */
    static void of(Core core, MeterRegistry registry) {
        ClientMeters meters = new ClientMeters(registry, core);
        meters.add();
        core.whenClosed(meters::remove);
    }

    private void add() {
        ClientCounts counts = core.counts();
        for (Outcome outcome : Outcome.values()) {
            meters.add(FunctionCounter.builder(PREFIX + "published", counts, all -> all.published(outcome))
                    .description(
                            "Publishes by what became of them; what goes its way after its deadline counts once more at its end")
                    .tags(tags.and("result", outcome.name().toLowerCase(Locale.ROOT)))
                    .register(registry));
        }
        meters.add(FunctionTimer.builder(
                        PREFIX + "publish.duration",
                        counts,
                        ClientCounts::results,
                        ClientCounts::publishMillis,
                        TimeUnit.MILLISECONDS)
                .description("From a publish to its result")
                .tags(tags)
                .register(registry));
        counter("received", "Messages that came", counts.received());
        counter("unrouted", "Messages that came and no stream wanted", counts.unrouted());
        counter("received.dropped", "Messages of QoS 0 for which the streams had no room", counts.dropped());
        counter(
                "decoding.errors",
                "Messages that a stream could not read, or not as they were",
                counts.decodingErrors());
        counter(
                "handler.errors",
                "Messages at which a handler failed, and handlers that get no more",
                counts.handlerErrors());
        counter("late.answers", "Answers to requests that nobody waited for any more", counts.lateAnswers());
        counter("connections", "Connections that came about", counts.connections());
        counter("connection.failures", "Attempts to connect that failed", counts.failedAttempts());
        gauge("connected", "1 while connected", () -> core.state() instanceof ConnectionState.Connected ? 1 : 0);
        gauge(
                "queued.messages",
                "Messages that wait to be sent",
                () -> counts.waiting().sum());
        gauge(
                "queued.bytes",
                "Topics and payloads that wait to be sent",
                () -> counts.waitingBytes().sum());
        gauge(
                "received.waiting",
                "Messages that came and wait for a stream, or are in the hands of one",
                () -> counts.receivedWaiting().sum());
        gauge(
                "unacknowledged",
                "QoS 1 and 2 messages sent and not acknowledged",
                () -> counts.unacknowledged().sum());
        gauge(
                "underway.bytes",
                "Topics and payloads that the transport has, sent or about to be",
                () -> counts.underWayBytes().sum());
        gauge(
                "queue.disk.broken",
                "1 while the disk of the offline queue cannot be written",
                () -> core.isQueueWritable() ? 0 : 1);
    }

    private void counter(String name, String description, LongAdder count) {
        meters.add(FunctionCounter.builder(PREFIX + name, count, LongAdder::sum)
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        meters.add(Gauge.builder(PREFIX + name, value)
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private void remove() {
        meters.forEach(registry::remove);
    }
}
