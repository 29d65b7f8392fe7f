package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.bridge.BridgeTopic;
import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.BrokerLoop;
import io.alicia.mqtt.broker.session.LocalClient;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.MqttTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bridge from its start to its end.
 *
 * <pre>
 * NEW ──opened──▶ RESTING ──threshold──▶ CONNECTING ──CONNACK──▶ CONNECTED
 *                    │ automatic, once      ▲  │ failed            │ lost, idle
 *                    └──────────────────────┤  ▼                   ▼
 *                                           └─ WAITING ◀────────────┘        (any) ──stop──▶ STOPPED
 * </pre>
 *
 * Belongs to the event loop of its local session; {@link #start} and {@link #stop} may be called from anywhere.
 */
final class Bridge implements RemoteLink.Owner {

    private enum State {
        NEW,
        RESTING,
        WAITING,
        CONNECTING,
        CONNECTED,
        STOPPED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAIN_ADDRESS_INTERVAL = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final BridgeConfig config;
    private final Broker broker;
    private final Function<BrokerLoop, MqttTransport> transports;
    private final Executor blocking;
    private final LocalAccess access;
    private final Traffic traffic = new Traffic(this::ended);
    private final Requests requests;
    private final Notifications notifications;
    private final Addresses addresses;
    private final MainAddressProbe probe;
    private final RestartDelay delay;
    private final List<Subscription> localSubscriptions;

    /** Runs once, when it is connected or has found that it is not. */
    private Runnable settled;

    private State state = State.NEW;
    private Runnable stopTimer = () -> {};
    private Runnable whenDown = () -> {};
    private volatile boolean stopping;
    private volatile boolean forgetting;
    private volatile Runnable whenStopped = () -> {};
    private boolean saidInitially;
    /** Who has had the retained messages: unless it forgot the session, it gets no more than what was published since. */
    private @Nullable ServerAddress knows;

    private long connectedAtMillis;

    Bridge(
            BridgeConfig config,
            Broker broker,
            Function<BrokerLoop, MqttTransport> transports,
            Executor blocking,
            RandomGenerator random,
            Runnable settled) {
        this.config = config;
        this.settled = settled;
        this.broker = broker;
        this.transports = transports;
        this.blocking = blocking;
        this.access = new LocalAccess(config);
        this.requests = new Requests(config);
        this.notifications = new Notifications(config);
        this.addresses = new Addresses(config.addresses());
        this.probe = new MainAddressProbe(addresses.main(), config.bindAddress(), blocking);
        this.delay = new RestartDelay(config, random);
        this.localSubscriptions = config.topics().stream()
                .filter(topic -> topic.direction().isOut())
                .map(BridgeTopic::localSubscription)
                .toList();
    }

    BridgeConfig config() {
        return config;
    }

    /** Opens the local session, and the connection if that is not to wait. */
    void start(BrokerLoop loop) {
        LocalClient.open(
                broker,
                loop,
                config.localClientid(),
                access.ofBridge(),
                config.localAccess().isUnrestricted(),
                config.localCleansession(),
                traffic,
                this::opened);
    }

    private void opened(LocalClient client) {
        traffic.between(
                client,
                new RemoteLink(config, transports.apply(client.home()), client.home(), blocking, this, traffic));
        if (stopping) {
            stopNow();
            return;
        }
        if (!config.localCleansession()) {
            subscribeHere(client);
        }
        if (!saidInitially) {
            saidInitially = true;
            notifications.local(false).ifPresent(client::announce);
        }
        client.keepQos0Messages(isLazy());
        if (isLazy()) {
            rest(client);
        } else {
            connect();
        }
    }

    private void settle() {
        settled.run();
        settled = () -> {};
    }

    private boolean isLazy() {
        return config.startType() == BridgeConfig.StartType.LAZY;
    }

    private void subscribeHere(LocalClient client) {
        for (Subscription subscription : localSubscriptions) {
            LOG.debug(
                    "Bridge {} doing local SUBSCRIBE on topic {}", config.localClientid(), subscription.topicFilter());
        }
        client.subscribeOnlyTo(localSubscriptions);
    }

    private void later(Duration after, Runnable task) {
        stopTimer.run();
        stopTimer = traffic.local().after(after, task);
    }

    /** Not connected until enough messages wait. */
    private void rest(LocalClient client) {
        state = State.RESTING;
        settle();
        later(LOOK_INTERVAL, () -> {
            if (client.waitingMessages() >= config.threshold()) {
                connect();
            } else {
                rest(client);
            }
        });
    }

    private void connect() {
        state = State.CONNECTING;
        // What is published while the answer is under way is for the connection that it makes.
        traffic.local().keepQos0Messages(true);
        ServerAddress address = addresses.current();
        LOG.info("Connecting bridge (step 1) {} ({}:{})", config.name(), address.host(), address.port());
        LOG.debug("Bridge {} sending CONNECT", config.remoteClientid());
        traffic.link().connect(requests.to(address, notifications.will()));
    }

    @Override
    public void connected() {
        if (state != State.CONNECTING) {
            return;
        }
        LocalClient client = traffic.local();
        RemoteLink remote = traffic.link();
        ServerAddress address = addresses.current();
        LOG.debug("Received CONNACK on connection {}.", config.localClientid());
        LOG.info("Bridge {} connected to {}:{}", config.name(), address.host(), address.port());
        state = State.CONNECTED;
        connectedAtMillis = client.nowMillis();
        traffic.begins();
        notifications.remote(true).ifPresent(remote::announce);
        notifications.local(true).ifPresent(client::announce);
        for (BridgeTopic topic : config.topics()) {
            if (topic.direction().isIn()) {
                remote.subscribe(remote.withinLimits(topic.remoteSubscription()));
            } else if (config.attemptUnsubscribe()) {
                remote.unsubscribe(topic.remoteFilter());
            }
        }
        if (config.localCleansession()) {
            subscribeHere(client);
        }
        boolean goesOn = address.equals(knows) && !config.localCleansession() && remote.sessionPresent();
        knows = address;
        client.flow(localSubscriptions, !goesOn);
        client.keepQos0Messages(isLazy());
        settle();
        watch();
    }

    /** Looks now and then whether a lazy bridge has become idle, and whether the main address is back. */
    private void watch() {
        if (isLazy()) {
            long idleMillis = traffic.idleMillis();
            if (idleMillis >= config.idleTimeout().toMillis()) {
                LOG.info("Bridge {} is idle, disconnecting", config.name());
                traffic.link().leave(notifications.remote(false));
                return;
            }
            later(LOOK_INTERVAL, this::watch);
        } else if (!config.roundRobin() && !addresses.isMain()) {
            later(MAIN_ADDRESS_INTERVAL, () -> probe.ask(traffic.local().home(), this::looked));
        }
    }

    private void looked(boolean answers) {
        if (state != State.CONNECTED) {
            return;
        }
        if (answers) {
            LOG.info("Bridge {} goes back to {}", config.name(), addresses.main());
            addresses.backToMain();
            traffic.link().leave(notifications.remote(false));
        } else {
            watch();
        }
    }

    @Override
    public void failed(Throwable failure) {
        if (state != State.CONNECTING) {
            return;
        }
        if (requests.marksBridge() && isUnknownVersion(failure)) {
            LOG.info("Bridge {}: the remote broker does not know bridges, trying as a client", config.name());
            requests.dropMark();
            connect();
            return;
        }
        LOG.warn("Error creating bridge {}: {}", config.name(), failure.getMessage());
        settle();
        addresses.next();
        restart(delay.afterFailure());
    }

    private static boolean isUnknownVersion(Throwable failure) {
        return failure instanceof ConnectFailedException refused
                && refused.failure() instanceof ConnectFailure.Refused answer
                && answer.reasonCode() == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
    }

    @Override
    public void lost(DisconnectCause cause) {
        if (state != State.CONNECTED) {
            return;
        }
        LocalClient client = traffic.local();
        boolean onPurpose = cause.initiator() == DisconnectCause.Initiator.CLIENT;
        LOG.info("Bridge {} disconnected{}", config.name(), onPurpose ? "" : " (" + cause + ")");
        client.pause();
        if (config.localCleansession()) {
            client.subscribeOnlyTo(List.of());
            client.clear();
        }
        notifications.local(false).ifPresent(client::announce);
        long heldMillis = client.nowMillis() - connectedAtMillis;
        if (onPurpose) {
            restart(Duration.ZERO);
        } else {
            addresses.next();
            restart(delay.afterConnection(heldMillis));
        }
    }

    private void restart(Duration after) {
        state = State.WAITING;
        traffic.local().keepQos0Messages(isLazy());
        stopTimer.run();
        whenDown.run();
        if (stopping) {
            return;
        }
        switch (config.startType()) {
            case ONCE -> LOG.info("Bridge {} has start_type once and is not connected again", config.name());
            case LAZY -> rest(traffic.local());
            case AUTOMATIC -> {
                if (!after.isZero()) {
                    LOG.info("Bridge {} next backoff will be {} ms", config.name(), after.toMillis());
                }
                later(after, this::connect);
            }
        }
    }

    /** The local session ended, and this is not why. */
    private void ended(String reason) {
        if (state == State.STOPPED) {
            return;
        }
        LOG.warn("bridge {} lost its local session: {}", config.name(), reason);
        BrokerLoop home = traffic.local().home();
        traffic.link().close(() -> LOG.debug("bridge {} has ended its connection", config.name()));
        state = State.WAITING;
        later(delay.afterFailure(), () -> {
            if (!stopping) {
                start(home);
            }
        });
    }

    /** Other rights of the local side, at once. */
    void changeAccess(AccessPolicy policy) {
        access.change(policy);
    }

    /** Runs {@code task} when it is not connected, perhaps at once; on any thread. */
    void whenDown(Runnable task) {
        LocalClient present = traffic.localOrNull();
        if (present == null) {
            task.run();
            return;
        }
        present.home().execute(() -> {
            if (state == State.CONNECTED) {
                whenDown = task;
            } else {
                task.run();
            }
        });
    }

    /**
     * Ends it, saying goodbye; once.
     *
     * @param withSession whether what waits is forgotten
     * @param over runs when it has ended, on any thread
     */
    void stop(boolean withSession, Runnable over) {
        forgetting = withSession;
        whenStopped = over;
        stopping = true;
        LocalClient present = traffic.localOrNull();
        if (present != null) {
            present.home().execute(this::stopNow);
        }
    }

    private void stopNow() {
        if (state == State.STOPPED) {
            return;
        }
        boolean wasConnected = state == State.CONNECTED && traffic.link().isConnected();
        state = State.STOPPED;
        traffic.stop();
        stopTimer.run();
        LocalClient client = traffic.local();
        client.pause();
        notifications.local(false).ifPresent(client::announce);
        if (wasConnected) {
            traffic.link().leave(notifications.remote(false));
            traffic.link().whenClosed(this::closeLink);
            stopTimer = client.after(FAREWELL, this::closeLink);
        } else {
            closeLink();
        }
    }

    private void closeLink() {
        stopTimer.run();
        if (forgetting) {
            traffic.local().endWithSession();
        } else {
            traffic.local().end();
        }
        traffic.link().close(whenStopped);
    }
}
