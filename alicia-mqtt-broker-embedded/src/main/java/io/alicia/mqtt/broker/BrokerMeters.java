package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.monitoring.BrokerCounters;
import io.alicia.mqtt.broker.monitoring.BrokerStatistics;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A broker's numbers as Micrometer meters; the names of {@code $SYS} below {@code mqtt.broker}.
 *
 * <pre>{@code
 * new BrokerMeters(broker).bindTo(registry);
 * }</pre>
 *
 * <p>Needs {@code io.micrometer:micrometer-core}, which the broker itself does without. Counters are exact when they are
 * read. Gauges show what the broker held when they were last read, and have it counted anew: reading never waits for an
 * event loop. Safe for any number of threads; a closed broker's gauges stay as they were.
 */
public final class BrokerMeters implements MeterBinder {

    private static final String PREFIX = "mqtt.broker.";

    private final EmbeddedBroker broker;
    private final Tags tags;
    private final AtomicReference<@Nullable CompletableFuture<BrokerStatistics>> counting = new AtomicReference<>();
    private volatile BrokerStatistics counted = new BrokerStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * The meters of a broker.
     *
     * @param broker whose
     */
    public BrokerMeters(EmbeddedBroker broker) {
        this(broker, Tags.empty());
    }

    /**
     * The meters of one of several brokers.
     *
     * @param broker whose
     * @param tags what tells its meters from the others'
     */
    public BrokerMeters(EmbeddedBroker broker, Iterable<Tag> tags) {
        this.broker = broker;
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        refreshed();
        bindClients(registry);
        bindTraffic(registry);
        bindStore(registry);
    }

    private void bindClients(MeterRegistry registry) {
        gauge(registry, "clients.connected", "connected clients", BrokerStatistics::connectedClients);
        gauge(registry, "clients.total", "clients that the broker knows, connected or not", BrokerStatistics::sessions);
        counter(registry, "clients.expired", "sessions whose clients stayed away", BrokerCounters::sessionsExpired);
        counter(registry, "clients.refused", "clients that were not let in", BrokerCounters::clientsRefused);
        counter(registry, "logins.delayed", "log-ins refused after too many failures", BrokerCounters::logInsDelayed);
        counter(registry, "connections", "connections that were accepted", BrokerCounters::connectionsOpened);
        counter(registry, "connects", "CONNECT packets", BrokerCounters::connectsReceived);
        counter(registry, "connects.too.fast", "CONNECT packets above the rate", BrokerCounters::connectsTooFast);
        gauge(registry, "subscriptions", "subscriptions", BrokerStatistics::subscriptions);
        counter(
                registry,
                "subscriptions.refused",
                "subscriptions that were not given",
                BrokerCounters::subscriptionsRefused);
        gauge(registry, "subscriptions.shared", "shared subscriptions", BrokerStatistics::sharedSubscriptions);
    }

    private void bindTraffic(MeterRegistry registry) {
        counter(registry, "messages.received", "packets of any type", BrokerCounters::packetsReceived);
        counter(registry, "messages.sent", "packets of any type", BrokerCounters::packetsSent);
        counter(registry, "publish.messages.received", "PUBLISH packets", BrokerCounters::publishesReceived);
        counter(registry, "publish.messages.sent", "PUBLISH packets", BrokerCounters::publishesSent);
        bytes(registry, "publish.bytes.received", "payload published", BrokerCounters::publishBytesReceived);
        bytes(registry, "publish.bytes.sent", "payload delivered", BrokerCounters::publishBytesSent);
        bytes(registry, "bytes.received", "MQTT from clients", BrokerCounters::bytesReceived);
        bytes(registry, "bytes.sent", "MQTT to clients", BrokerCounters::bytesSent);
        for (DropCause cause : DropCause.values()) {
            LongAdder dropped = broker.counters().dropped(cause);
            FunctionCounter.builder(PREFIX + "publish.messages.dropped", dropped, LongAdder::sum)
                    .description("messages dropped, by cause")
                    .tags(tags.and("cause", cause.name().toLowerCase(Locale.ROOT)))
                    .register(registry);
        }
    }

    private void bindStore(MeterRegistry registry) {
        gauge(registry, "retained.messages", "topics with a retained message", BrokerStatistics::retainedMessages);
        gauge(registry, "retained.bytes", "payloads of retained messages", BrokerStatistics::retainedBytes);
        gauge(registry, "queued.messages", "messages that wait for their clients", BrokerStatistics::queuedMessages);
        gauge(registry, "queued.bytes", "what those weigh", BrokerStatistics::queuedBytes);
        gauge(registry, "packet.out", "packets not yet taken by the network", BrokerStatistics::unsentPackets);
        gauge(registry, "packet.out.bytes", "their bytes", BrokerStatistics::unsentBytes);
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToLongFunction<BrokerStatistics> value) {
        Gauge.builder(PREFIX + name, this, meters -> value.applyAsLong(meters.refreshed()))
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private void counter(
            MeterRegistry registry, String name, String description, Function<BrokerCounters, LongAdder> counter) {
        FunctionCounter.builder(PREFIX + name, counter.apply(broker.counters()), LongAdder::sum)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void bytes(
            MeterRegistry registry, String name, String description, Function<BrokerCounters, LongAdder> counter) {
        FunctionCounter.builder(PREFIX + name, counter.apply(broker.counters()), LongAdder::sum)
                .description(description)
                .baseUnit(BaseUnits.BYTES)
                .tags(tags)
                .register(registry);
    }

    /** What was counted last; begins another count unless one is under way. */
    private BrokerStatistics refreshed() {
        CompletableFuture<BrokerStatistics> running = counting.get();
        if (running == null || running.isDone()) {
            CompletableFuture<BrokerStatistics> next = broker.statistics();
            if (counting.compareAndSet(running, next)) {
                var unused = next.thenAccept(statistics -> counted = statistics);
            }
        }
        return counted;
    }
}
