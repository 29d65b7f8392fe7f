package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.bridge.BridgeTopic;
import io.alicia.mqtt.broker.security.AccessRules;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.broker.security.LogInCheck;
import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.BrokerLoop;
import io.alicia.mqtt.broker.session.LocalClient;
import io.alicia.mqtt.broker.session.LocalDelivery;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.MqttTransport;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
final class Bridge implements LocalClient.Peer, RemoteLink.Owner {

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
    private final Security security;
    private final Requests requests;
    private final Notifications notifications;
    private final Addresses addresses;
    private final RestartDelay delay;
    private final List<Subscription> localSubscriptions;

    /** Runs once, when it is connected or has found that it is not. */
    private Runnable settled;

    private State state = State.NEW;
    private volatile @Nullable LocalClient local;
    private @Nullable RemoteLink link;
    private Runnable stopTimer = () -> {};
    private Runnable whenDown = () -> {};
    private volatile boolean stopping;
    private volatile boolean forgetting;
    private volatile Runnable whenStopped = () -> {};
    private boolean saidInitially;
    /** Who has had the retained messages: unless it forgot the session, it gets no more than what was published since. */
    private @Nullable ServerAddress knows;

    private long connectedAtMillis;
    private long lastTrafficMillis;

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
        this.security = new Security(rulesOf(config.localAccess()));
        this.requests = new Requests(config);
        this.notifications = new Notifications(config);
        this.addresses = new Addresses(config.addresses());
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
        ClientAccess access = new ClientAccess(security, config.localUsername().orElse(null), config.localClientid());
        LocalClient.open(
                broker,
                loop,
                config.localClientid(),
                access,
                config.localAccess().isUnrestricted(),
                config.localCleansession(),
                this,
                this::opened);
    }

    private void opened(LocalClient client) {
        local = client;
        RemoteLink made = new RemoteLink(config, transports.apply(client.home()), client.home(), blocking, this);
        link = made;
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

    private LocalClient local() {
        if (local == null) {
            throw new IllegalStateException("bridge " + config.name() + " is not open yet");
        }
        return local;
    }

    private RemoteLink link() {
        if (link == null) {
            throw new IllegalStateException("bridge " + config.name() + " is not open yet");
        }
        return link;
    }

    private void later(Duration after, Runnable task) {
        stopTimer.run();
        stopTimer = local().after(after, task);
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
        local().keepQos0Messages(true);
        ServerAddress address = addresses.current();
        LOG.info("Connecting bridge (step 1) {} ({}:{})", config.name(), address.host(), address.port());
        LOG.debug("Bridge {} sending CONNECT", config.remoteClientid());
        link().connect(requests.to(address, notifications.will()));
    }

    @Override
    public void connected() {
        if (state != State.CONNECTING) {
            return;
        }
        LocalClient client = local();
        RemoteLink remote = link();
        ServerAddress address = addresses.current();
        LOG.debug("Received CONNACK on connection {}.", config.localClientid());
        LOG.info("Bridge {} connected to {}:{}", config.name(), address.host(), address.port());
        state = State.CONNECTED;
        connectedAtMillis = client.nowMillis();
        lastTrafficMillis = connectedAtMillis;
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
            long idleMillis = local().nowMillis() - lastTrafficMillis;
            if (idleMillis >= config.idleTimeout().toMillis()) {
                LOG.info("Bridge {} is idle, disconnecting", config.name());
                link().leave(notifications.remote(false));
                return;
            }
            later(LOOK_INTERVAL, this::watch);
        } else if (!config.roundRobin() && !addresses.isMain()) {
            later(MAIN_ADDRESS_INTERVAL, this::lookForMainAddress);
        }
    }

    private void lookForMainAddress() {
        MainAddressProbe probe = new MainAddressProbe(addresses.main(), config.bindAddress());
        BrokerLoop home = local().home();
        blocking.execute(() -> {
            boolean answers = probe.answers();
            try {
                home.execute(() -> looked(answers));
            } catch (RejectedExecutionException e) {
                // The broker has stopped meanwhile.
                LOG.debug("bridge {} looked for its main address in vain", config.name(), e);
            }
        });
    }

    private void looked(boolean answers) {
        if (state != State.CONNECTED) {
            return;
        }
        if (answers) {
            LOG.info("Bridge {} goes back to {}", config.name(), addresses.main());
            addresses.backToMain();
            link().leave(notifications.remote(false));
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
        LocalClient client = local();
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
        local().keepQos0Messages(isLazy());
        stopTimer.run();
        whenDown.run();
        if (stopping) {
            return;
        }
        switch (config.startType()) {
            case ONCE -> LOG.info("Bridge {} has start_type once and is not connected again", config.name());
            case LAZY -> rest(local());
            case AUTOMATIC -> {
                if (!after.isZero()) {
                    LOG.info("Bridge {} next backoff will be {} ms", config.name(), after.toMillis());
                }
                later(after, this::connect);
            }
        }
    }

    @Override
    public void ended(String reason) {
        if (state == State.STOPPED) {
            return;
        }
        LOG.warn("bridge {} lost its local session: {}", config.name(), reason);
        BrokerLoop home = local().home();
        link().close(() -> LOG.debug("bridge {} has ended its connection", config.name()));
        state = State.WAITING;
        later(delay.afterFailure(), () -> {
            if (!stopping) {
                start(home);
            }
        });
    }

    /** Other rights of the local side, at once. */
    void changeAccess(AccessPolicy policy) {
        security.replace(rulesOf(policy));
    }

    private static AccessRules rulesOf(AccessPolicy policy) {
        return new AccessRules(
                List.of(),
                true,
                LogInCheck.by(
                        logIn -> CompletableFuture.completedFuture(Authentication.refused("a bridge does not log in"))),
                List.of(),
                policy,
                false);
    }

    /** Runs {@code task} when it is not connected, perhaps at once; on any thread. */
    void whenDown(Runnable task) {
        LocalClient present = local;
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
        LocalClient present = local;
        if (present != null) {
            present.home().execute(this::stopNow);
        }
    }

    private void stopNow() {
        if (state == State.STOPPED) {
            return;
        }
        boolean wasConnected = state == State.CONNECTED && link().isConnected();
        state = State.STOPPED;
        stopTimer.run();
        LocalClient client = local();
        client.pause();
        notifications.local(false).ifPresent(client::announce);
        if (wasConnected) {
            link().leave(notifications.remote(false));
            link().whenClosed(this::closeLink);
            stopTimer = client.after(FAREWELL, this::closeLink);
        } else {
            closeLink();
        }
    }

    private void closeLink() {
        stopTimer.run();
        if (forgetting) {
            local().endWithSession();
        } else {
            local().end();
        }
        link().close(whenStopped);
    }

    @Override
    public void arrived(ApplicationMessage message, Runnable acknowledge, Runnable next) {
        if (state == State.STOPPED) {
            return;
        }
        LocalClient client = local();
        lastTrafficMillis = client.nowMillis();
        client.publish(message, acknowledge);
        client.whenCaughtUp(next);
    }

    @Override
    public void delivered(LocalDelivery delivery) {
        local().delivered(delivery);
    }

    @Override
    public void returned(LocalDelivery delivery) {
        local().returned(delivery);
    }

    @Override
    public void writable() {
        local().pump();
    }

    @Override
    public OptionalInt receiveMaximum() {
        return link().receiveMaximum();
    }

    @Override
    public boolean isWritable() {
        return link().isWritable();
    }

    @Override
    public boolean isCongested() {
        return link().isCongested();
    }

    @Override
    public boolean send(LocalDelivery delivery) {
        lastTrafficMillis = local().nowMillis();
        return link().send(delivery);
    }
}
