package io.alicia.mqtt.broker;

import io.alicia.mqtt.access.AuthenticationMethod;
import io.alicia.mqtt.access.Authenticator;
import io.alicia.mqtt.broker.fault.PacketGate;
import io.alicia.mqtt.broker.listener.BoundListener;
import io.alicia.mqtt.broker.listener.Endpoint;
import io.alicia.mqtt.broker.listener.ListenerSpec;
import io.alicia.mqtt.broker.listener.Listeners;
import io.alicia.mqtt.broker.monitoring.BrokerCounters;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.BrokerLoop;
import io.alicia.mqtt.broker.session.Events;
import io.alicia.mqtt.broker.session.ListenerSettings;
import io.alicia.mqtt.broker.session.Timers;
import io.alicia.mqtt.broker.store.MemoryStore;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a broker together, in the order of the arrows, and takes them apart. */
final class RunningBroker {

    private static final int HASHING_THREADS = 2;
    /** Who comes when so many wait is refused at once, rather than after minutes. */
    private static final int MAX_WAITING_LOGINS = 1000;

    private static final long SHUTDOWN_MILLIS = 2000;

    /** A listener with what the user asked for; {@code localName} is empty unless it is in-process. */
    record Started(ListenerConfig config, BoundListener listener, String localName, Security security) {}

    private final BrokerConfig config;
    private final NioEventLoopGroup loops;
    private final ThreadPoolExecutor hashing;
    private final Security security;
    private final Broker broker;
    private final Listeners listeners;
    private final List<Started> started = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    RunningBroker(
            BrokerConfig config,
            List<BrokerListener> brokerListeners,
            InstantSource clock,
            @Nullable TaskScheduler scheduler,
            Supplier<String> identifiers,
            @Nullable PacketGate gate) {
        this.config = config;
        this.loops = new NioEventLoopGroup(config.workerThreads(), new DefaultThreadFactory("alicia-broker"));
        this.hashing = new ThreadPoolExecutor(
                HASHING_THREADS,
                HASHING_THREADS,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING_LOGINS),
                new DefaultThreadFactory("alicia-broker-login", true));
        this.hashing.allowCoreThreadTimeOut(true);
        this.security = securityOf(config.security());
        this.broker = new Broker(
                Limits.of(config),
                clock,
                timers(scheduler),
                identifiers,
                new MemoryStore(),
                new Events(brokerListeners),
                gate,
                new BrokerCounters(),
                eventLoops());
        this.listeners =
                new Listeners(broker, loops, config.globalMaxConnections(), 2 * config.maxPendingOutputBytes());
    }

    private List<EventLoop> eventLoops() {
        List<EventLoop> all = new ArrayList<>();
        for (EventExecutor executor : loops) {
            all.add((EventLoop) executor);
        }
        return all;
    }

    private static Timers timers(@Nullable TaskScheduler scheduler) {
        return scheduler == null
                ? RunningBroker::scheduleOnLoop
                : (home, delay, task) -> scheduler.schedule(() -> home.execute(task), delay);
    }

    private static Runnable scheduleOnLoop(BrokerLoop home, Duration delay, Runnable task) {
        ScheduledFuture<?> future = home.eventLoop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    private Security securityOf(SecurityConfig given) {
        return new Security(authenticatorOf(given), methodsOf(given), given.access(), given.allowAnonymous());
    }

    private Authenticator authenticatorOf(SecurityConfig given) {
        return given.authenticator().orElseGet(() -> Authenticator.passwords(given.accounts(), hashing));
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
        for (ListenerConfig listener : config.listeners()) {
            String localName = listener.protocol() == ListenerProtocol.IN_PROCESS ? "alicia-" + UUID.randomUUID() : "";
            Endpoint endpoint = endpointOf(listener, localName);
            Security itsSecurity = listener.security().map(this::securityOf).orElse(security);
            ListenerSettings settings = new ListenerSettings(
                    nameOf(listener),
                    itsSecurity,
                    listener.mountPoint(),
                    listener.maxQos(),
                    listener.maxTopicAlias(),
                    listener.maxTopicAliasBroker(),
                    listener.useUsernameAsClientid());
            BoundListener bound = listeners.bind(new ListenerSpec(endpoint, listener.maxConnections(), settings));
            started.add(new Started(listener, bound, localName, itsSecurity));
        }
    }

    private static Endpoint endpointOf(ListenerConfig listener, String localName) {
        return switch (listener.protocol()) {
            case TCP -> new Endpoint.Tcp(listener.bindAddress(), listener.port());
            case WEBSOCKETS ->
                new Endpoint.WebSocket(listener.bindAddress(), listener.port(), listener.websocketPath());
            case IN_PROCESS -> new Endpoint.InProcess(localName);
        };
    }

    private static String nameOf(ListenerConfig listener) {
        return switch (listener.protocol()) {
            case TCP -> "tcp:" + listener.port();
            case WEBSOCKETS -> "websockets:" + listener.port();
            case IN_PROCESS -> "in-process";
        };
    }

    Broker broker() {
        return broker;
    }

    List<Started> listeners() {
        return List.copyOf(started);
    }

    void reload(SecurityConfig given) {
        replace(security, given);
    }

    void reload(BrokerConfig changed) {
        reload(changed.security());
        for (Started running : started) {
            changed.listeners().stream()
                    .filter(listener -> isSamePlace(listener, running.config()))
                    .findFirst()
                    .flatMap(ListenerConfig::security)
                    .ifPresent(given -> replace(running.security(), given));
        }
    }

    private static boolean isSamePlace(ListenerConfig one, ListenerConfig other) {
        return one.protocol() == other.protocol()
                && one.port() == other.port()
                && one.bindAddress().equals(other.bindAddress());
    }

    private void replace(Security old, SecurityConfig given) {
        old.replace(authenticatorOf(given), methodsOf(given), given.access(), given.allowAnonymous());
    }

    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        listeners.close();
        hashing.shutdownNow();
        loops.shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(SHUTDOWN_MILLIS);
    }
}
