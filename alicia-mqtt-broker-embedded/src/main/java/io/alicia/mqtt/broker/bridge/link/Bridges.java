package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.BrokerLoop;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bridges of a broker. Its methods are for the threads of whoever owns the broker, not for event loops. */
public final class Bridges {

    private static final Logger LOG = LoggerFactory.getLogger(Bridges.class);
    private static final int BLOCKING_THREADS = 2;
    private static final long FAREWELL_SECONDS = 3;

    private final Broker broker;
    private final TransportLookup lookup;
    private final ThreadPoolExecutor blocking;
    private final Map<String, BridgeSlot> slots = new LinkedHashMap<>();
    private int nextLoop;
    private volatile CountDownLatch firstAttempts = new CountDownLatch(0);

    /**
     * None yet.
     *
     * @param broker whose
     * @param provider makes the transports; null for the broker's own
     */
    public Bridges(Broker broker, @Nullable MqttTransportProvider provider) {
        this.broker = broker;
        this.lookup = new TransportLookup(provider);
        this.blocking = new ThreadPoolExecutor(
                BLOCKING_THREADS,
                BLOCKING_THREADS,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("alicia-broker-bridge", true));
        this.blocking.allowCoreThreadTimeOut(true);
    }

    /**
     * Starts bridges; they connect by themselves.
     *
     * @param configs which
     * @throws MissingTransportException if nothing speaks MQTT to one of their remote brokers; then none is started
     */
    public synchronized void start(List<BridgeConfig> configs) {
        configs.forEach(lookup::check);
        firstAttempts = new CountDownLatch(configs.size());
        configs.forEach(this::startOne);
    }

    /**
     * Waits until each bridge has connected, has failed to, or has nothing to connect for.
     *
     * @param atMost how long
     */
    public void awaitFirstAttempts(Duration atMost) {
        try {
            if (!firstAttempts.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.debug("{} bridges are still connecting", firstAttempts.getCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Says which bridges are missing.
     *
     * @param unusable their names with the reasons
     */
    public static void tell(Map<String, String> unusable) {
        unusable.forEach((name, reason) -> LOG.error("Unable to connect bridge {}: {}", name, reason));
    }

    private void startOne(BridgeConfig config) {
        List<BrokerLoop> loops = broker.loops();
        BridgeSlot slot = new BridgeSlot(loops.get(nextLoop++ % loops.size()), this::bridge);
        slots.put(config.name(), slot);
        slot.start(config);
    }

    private Bridge bridge(BridgeConfig config) {
        return new Bridge(
                config,
                broker,
                loop -> lookup.create(config, loop.eventLoop()),
                blocking,
                RandomGenerator.getDefault(),
                firstAttempts::countDown);
    }

    /**
     * Takes over a changed configuration: starts bridges that are new, ends those that are gone, and changes the others as
     * their {@link BridgeConfig#reloadType()} says.
     *
     * @param configs all that there are to be
     * @param kept names of those that stay as they are, if they run
     * @throws MissingTransportException if nothing speaks MQTT to one of their remote brokers; then nothing is changed
     */
    public synchronized void reload(List<BridgeConfig> configs, Set<String> kept) {
        configs.forEach(lookup::check);
        Set<String> gone = new HashSet<>(slots.keySet());
        gone.removeAll(kept);
        for (BridgeConfig config : configs) {
            gone.remove(config.name());
            BridgeSlot slot = slots.get(config.name());
            if (slot == null) {
                startOne(config);
            } else {
                slot.reload(config);
            }
        }
        for (String name : gone) {
            BridgeSlot slot = slots.remove(name);
            if (slot != null) {
                slot.end(true, () -> LOG.info("Bridge {} has ended", name));
            }
        }
    }

    /** Ends all, saying goodbye; returns when that is done, or has taken too long. */
    public synchronized void close() {
        CountDownLatch running = new CountDownLatch(slots.size());
        slots.values().forEach(slot -> slot.end(false, running::countDown));
        slots.clear();
        try {
            if (!running.await(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} bridges did not end within {} s", running.getCount(), FAREWELL_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        blocking.shutdownNow();
    }
}
