package io.alicia.mqtt.broker;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.AuthenticationMethod;
import io.alicia.mqtt.access.Authenticator;
import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.bridge.link.Bridges;
import io.alicia.mqtt.broker.fault.PacketGate;
import io.alicia.mqtt.broker.listener.Listeners;
import io.alicia.mqtt.broker.monitoring.BrokerCounters;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.security.AccessRules;
import io.alicia.mqtt.broker.security.LogInCheck;
import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.BrokerLoop;
import io.alicia.mqtt.broker.session.Events;
import io.alicia.mqtt.broker.session.Timers;
import io.alicia.mqtt.broker.store.FileStore;
import io.alicia.mqtt.broker.store.MemoryStore;
import io.alicia.mqtt.broker.store.Store;
import io.alicia.mqtt.broker.store.StoreException;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a broker together, in the order of the arrows, and takes them apart. */
final class RunningBroker {

    private static final int HASHING_THREADS = 2;
    /** Who comes when so many wait is refused at once, rather than after minutes. */
    private static final int MAX_WAITING_LOGINS = 1000;

    private static final long SHUTDOWN_MILLIS = 2000;
    /** How long clients wait for bridges at the start; a remote broker at hand answers sooner. */
    private static final Duration FIRST_ATTEMPTS = Duration.ofMillis(300);

    private final BrokerConfig config;
    private final NioEventLoopGroup loops;
    private final ThreadPoolExecutor hashing;
    private final Security security;
    private final Map<ListenerConfig, Security> listenerSecurities = new HashMap<>();
    private final KeptSecurity kept = new KeptSecurity();
    private final Store store;
    private final Broker broker;
    private final SysTopicsTask sysTopics;
    private final Listeners listeners;
    private final StartedListeners started;
    private final Bridges bridges;
    private final List<BridgeConfig> bridgeConfigs;
    private final Housekeeping housekeeping;
    private final AccessReloads reloads;
    private final AtomicBoolean closed = new AtomicBoolean();

    RunningBroker(
            BrokerConfig config,
            List<BrokerListener> brokerListeners,
            InstantSource clock,
            @Nullable TaskScheduler scheduler,
            Supplier<String> identifiers,
            @Nullable PacketGate gate,
            @Nullable MqttTransportProvider bridgeTransport) {
        this.config = config;
        this.bridgeConfigs = config.bridges();
        this.hashing = new ThreadPoolExecutor(
                HASHING_THREADS,
                HASHING_THREADS,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING_LOGINS),
                new DefaultThreadFactory("alicia-broker-login", true));
        this.hashing.allowCoreThreadTimeOut(true);
        // Rules that cannot be are refused before there is anything that would have to be closed.
        this.security = securityOf(config.security());
        for (ListenerConfig listener : config.listeners()) {
            listenerSecurities.put(
                    listener, listener.security().map(this::securityOf).orElse(security));
        }
        this.store = storeOf(config);
        this.loops = new NioEventLoopGroup(config.workerThreads(), new DefaultThreadFactory("alicia-broker"));
        Timers timers = scheduler == null ? RunningBroker::scheduleOnLoop : timers(scheduler);
        this.broker = new Broker(
                Limits.of(config),
                clock,
                timers,
                identifiers,
                store,
                new Events(brokerListeners),
                gate,
                new BrokerCounters(),
                eventLoops());
        this.sysTopics = new SysTopicsTask(broker, timers);
        this.reloads = new AccessReloads(broker.administration());
        this.listeners = new Listeners(
                broker, loops, config.globalMaxConnections(), config.maxPendingOutputBytes(), config.tcpNodelay());
        this.started = new StartedListeners(
                config, listeners, listener -> listenerSecurities.getOrDefault(listener, security));
        this.bridges = new Bridges(broker, bridgeTransport);
        this.housekeeping = new Housekeeping(broker, timers);
    }

    /** Nothing of the file store is loaded if there is no file. */
    private static Store storeOf(BrokerConfig config) {
        PersistenceConfig persistence = config.persistence().orElse(null);
        if (persistence == null) {
            return new MemoryStore();
        }
        try {
            return FileStore.open(persistence.file());
        } catch (StoreException e) {
            throw new UncheckedIOException(e.getMessage(), new IOException(e));
        }
    }

    private List<EventLoop> eventLoops() {
        List<EventLoop> all = new ArrayList<>();
        for (EventExecutor executor : loops) {
            all.add((EventLoop) executor);
        }
        return all;
    }

    /** A scheduler from outside may outlive the broker: what is due after its end is not done. */
    private Timers timers(TaskScheduler scheduler) {
        return (home, delay, task) -> scheduler.schedule(
                () -> {
                    if (!closed.get()) {
                        home.execute(task);
                    }
                },
                delay);
    }

    private static Runnable scheduleOnLoop(BrokerLoop home, Duration delay, Runnable task) {
        ScheduledFuture<?> future = home.eventLoop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    private Security securityOf(SecurityConfig given) {
        Security made = new Security(rulesOf(given));
        kept.put(made, given);
        return made;
    }

    private AccessRules rulesOf(SecurityConfig given) {
        return new AccessRules(
                given.accounts(),
                given.authenticator().isPresent(),
                authenticatorOf(given),
                methodsOf(given),
                given.authenticationMethods().stream()
                        .map(AuthenticationMethod::name)
                        .collect(Collectors.toSet()),
                given.access(),
                given.allowAnonymous());
    }

    /** A certificate that the listener takes for the account stands in for a password. */
    private LogInCheck authenticatorOf(SecurityConfig given) {
        if (given.authenticator().isPresent()) {
            return LogInCheck.by(given.authenticator().get());
        }
        LogInCheck certificates = LogInCheck.by(Authenticator.certificates(given.accounts()));
        LogInCheck passwords = LogInCheck.passwords(given.accounts(), hashing, new SecureRandom());
        return (logIn, limit) ->
                (logIn.certificateIdentity().isPresent() ? certificates : passwords).check(logIn, limit);
    }

    private static List<AuthenticationMethod> methodsOf(SecurityConfig given) {
        List<AuthenticationMethod> methods = new ArrayList<>(given.authenticationMethods());
        if (given.accounts().stream()
                .anyMatch(account -> account.scramCredential().isPresent())) {
            methods.add(AuthenticationMethod.scramSha256(given.accounts(), new SecureRandom()));
        }
        return methods;
    }

    void bind() throws IOException {
        Map<String, Security> byName = new HashMap<>();
        List<String> names = StartedListeners.namesOf(config);
        for (int i = 0; i < names.size(); i++) {
            byName.put(
                    names.get(i),
                    listenerSecurities.getOrDefault(config.listeners().get(i), security));
        }
        // Asked for each retained message, too: the rules of the listener that a message or a session came by.
        broker.restore(name -> Optional.ofNullable(byName.get(name)), security);
        housekeeping.follow(config);
        sysTopics.start(config.sysInterval());
        started.start();
    }

    /** Whoever comes finds bridges connected that can be connected at once. */
    void startBridges() {
        Bridges.tell(config.unusableBridges());
        bridges.start(bridgeConfigs);
        bridges.awaitFirstAttempts(FIRST_ATTEMPTS);
    }

    void accept() {
        listeners.accept();
    }

    Broker broker() {
        return broker;
    }

    List<StartedListeners.Started> listeners() {
        return started.all();
    }

    ReloadReport reload(SecurityConfig given) {
        AccessReloads.Replaced replaced = reloads.replace(names(), Map.of(security, rulesOf(given)));
        kept.put(security, given);
        replaced.tell().run();
        return replaced.report();
    }

    AccessPolicy policy() {
        return security.policy();
    }

    ReloadReport reload(BrokerConfig changed, Runnable inForce) throws IOException {
        Runnable renewal = started.renewal(changed);
        Map<Security, SecurityConfig> securities = securitiesIn(changed);
        Map<Security, AccessRules> rules = new LinkedHashMap<>();
        securities.forEach((guarding, given) -> rules.put(guarding, rulesOf(given)));
        AccessReloads.Replaced replaced = reloads.replace(names(), rules);
        kept.putAll(securities);
        try {
            broker.change(Limits.of(Changes.reloadable(config, changed)));
            listeners.change(changed.globalMaxConnections(), changed.tcpNodelay());
            started.change(changed);
            Bridges.tell(changed.unusableBridges());
            bridges.reload(changed.bridges(), changed.unusableBridges().keySet());
            housekeeping.follow(changed);
            sysTopics.follow(changed.sysInterval());
            renewal.run();
            inForce.run();
        } finally {
            replaced.tell().run();
        }
        Changes.tellOfTheRest(config, changed, started.all());
        return replaced.report();
    }

    private Map<Security, SecurityConfig> securitiesIn(BrokerConfig changed) {
        Map<Security, SecurityConfig> securities = new LinkedHashMap<>();
        securities.put(security, changed.security());
        for (StartedListeners.Started running : started.all()) {
            ListenerConfig listener = StartedListeners.inOrNull(changed, running);
            if (listener != null) {
                listener.security().ifPresent(given -> securities.put(running.security(), given));
            }
        }
        Map<Security, Set<String>> names = names();
        securities.replaceAll((guarding, given) -> kept.after(guarding, names.getOrDefault(guarding, Set.of()), given));
        return securities;
    }

    private Map<Security, Set<String>> names() {
        Map<Security, Set<String>> names = new LinkedHashMap<>();
        started.all()
                .forEach(running -> names.computeIfAbsent(running.security(), none -> new LinkedHashSet<>())
                        .add(running.name()));
        return names;
    }

    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        bridges.close();
        housekeeping.stop();
        listeners.close();
        hashing.shutdownNow();
        loops.shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(SHUTDOWN_MILLIS);
        store.close();
    }
}
