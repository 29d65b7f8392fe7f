package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.connection.TlsOptions;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When to connect, and when again: the state machine of {@link ConnectionState}. Confined to the client's {@link Lane}, into
 * which all results of the transport and all timers come.
 */
final class ConnectionLife {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectionLife.class);

    private static final int NO_RECEIVE_MAXIMUM = 65_535;

    /** With these a server sends away whom it will send away again. */
    private static final Set<ReasonCode> ABOUT_THE_ACCOUNT = EnumSet.of(
            ReasonCode.BAD_USER_NAME_OR_PASSWORD,
            ReasonCode.NOT_AUTHORIZED,
            ReasonCode.BANNED,
            ReasonCode.BAD_AUTHENTICATION_METHOD);

    /** When several in a row end sooner, the back-off grows, or a server that drops everybody would be stormed. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    /** A server may name thousands of others, none of which answers. */
    private static final int MOST_TOLD = 16;

    /** What follows from connections; called in the lane. */
    interface Listener {

        void stateChanged(ConnectionState state);

        void connected(MqttConnection connection, ServerAddress server);

        void disconnected(DisconnectCause cause);

        /** No connection came about, which may have been after the first messages of one. */
        default void attemptFailed() {}

        /** Whether the next connection is to begin with nothing under way, see {@link ConnectRequest#forgetsInFlight()}. */
        default boolean wantsInFlightForgotten() {
            return false;
        }

        /**
         * The transport begins without what it knew of the session with this server, see {@link ConnectRequest#forgetsInFlight()}, which
         * it also does for other TLS options. Before it connects; on any thread.
         */
        default void transportStartsAnew() {}

        /** See {@link ConnectRequest#unfinishedHandshakes()}; empty: this client keeps none. */
        default Optional<Set<Integer>> unfinishedHandshakes(ServerAddress with) {
            return Optional.empty();
        }
    }

    /**
     * When and where things are done.
     *
     * @param time measures time
     * @param wallClock tells the time of day
     * @param suppliers asks suppliers, and interrupts them when nobody waits for their answer any more
     * @param blocking for all else that may block
     */
    record Schedule(Scheduler time, InstantSource wallClock, Scheduler suppliers, Scheduler blocking) {}

    private final ClientSettings settings;
    private final MqttTransport transport;
    private final Servers servers;
    private final Scheduler time;
    private final Schedule schedule;
    private final RandomGenerator random;
    private final Lane lane;
    private final Listener listener;
    private final CompletableSubject firstConnected = CompletableSubject.create();

    private ConnectionState state;
    private @Nullable MqttConnection connection;
    private @Nullable DisconnectCause lastCause;
    private @Nullable Disposable pending;

    /** Since the last wait that was one. */
    private final List<Throwable> failuresOfRound = new ArrayList<>();

    private boolean giveUpOnFirstFailure;
    private boolean started;
    private boolean everConnected;
    private boolean closing;
    private int attemptsBegun;
    private int failuresInARow;
    private int dropsInARow;
    private long connectedMillis;
    private volatile int receiveMaximum;
    private volatile String asked = "TLS options";
    private volatile @Nullable ConnectRequest latest;

    ConnectionLife(
            ClientSettings settings,
            MqttTransport transport,
            Schedule schedule,
            RandomGenerator random,
            Lane lane,
            Listener listener) {
        this.settings = settings;
        this.transport = transport;
        this.servers = new Servers(
                settings.servers(), random.nextInt(settings.servers().size()), settings.backoff(), random);
        this.time = schedule.time();
        this.schedule = schedule;
        this.random = random;
        this.lane = lane;
        this.listener = listener;
        this.state = new ConnectionState.Waiting(0, now(), "not started", Optional.empty(), Optional.empty());
        this.receiveMaximum = settings.receiveMaximum();
    }

    private Instant now() {
        return schedule.wallClock().instant();
    }

    private long millis() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    ConnectionState state() {
        return state;
    }

    @Nullable
    MqttConnection connection() {
        return connection;
    }

    /** Begins to connect; with {@code giveUp} it ends if no server can be connected to at the first try. */
    void start(boolean giveUp) {
        if (started || closing) {
            return;
        }
        started = true;
        giveUpOnFirstFailure = giveUp;
        attempt(1);
    }

    /** Completes with the first connection; fails if there is none to come. */
    Completable firstConnected() {
        return firstConnected;
    }

    private void attempt(int number) {
        if (closing) {
            return;
        }
        ServerAddress server = servers.current();
        become(new ConnectionState.Connecting(number, server));
        int begun = ++attemptsBegun;
        try {
            pending = request(server)
                    .doOnSuccess(request -> step(() -> {
                        if (begun == attemptsBegun) {
                            servers.offers(request.credentials(), millis());
                        }
                    }))
                    .flatMap(this::connection)
                    .subscribe(
                            established -> step(() -> connected(established, server)),
                            failure -> step(() -> {
                                if (begun == attemptsBegun) {
                                    failed(number, server, failure);
                                }
                            }));
        } catch (Throwable failure) { // no thread to ask the suppliers on, say
            attemptsBegun++;
            failed(number, server, failure);
        }
    }

    /** In the lane. A step that fails itself, for lack of memory say, must leave nobody waiting for what follows from it. */
    private void step(Runnable task) {
        lane.execute(() -> {
            try {
                task.run();
            } catch (Throwable failure) {
                stumbled(failure);
            }
        });
    }

    private void stumbled(Throwable failure) {
        if (closing) {
            LOGGER.debug("{}: a step of a connection failed", settings.clientIdentifier(), failure);
            return;
        }
        LOGGER.error("{}: a step of a connection failed", settings.clientIdentifier(), failure);
        MqttConnection half = connection;
        if (giveUpOnFirstFailure && !firstConnected.hasComplete()) {
            giveUp(failure);
        } else if (half != null) {
            // Its end brings the next attempt.
            Disposable unused = half.disconnect(ReasonCode.UNSPECIFIED_ERROR, Optional.empty())
                    .subscribe(
                            () -> LOGGER.debug("ended"),
                            unended -> LOGGER.debug("{}: has ended already", settings.clientIdentifier(), unended));
        } else {
            wait(0, settings.backoff().delay(1, random), words(failure), Optional.empty(), Optional.empty());
        }
    }

    private void giveUp(Throwable failure) {
        closing = true;
        try {
            become(new ConnectionState.Closed(Optional.empty(), words(failure)));
        } finally {
            firstConnected.onError(failure);
        }
    }

    /** What RxJava takes for fatal, as a thread that could not be started, is a failed attempt, too. */
    private Single<MqttConnection> connection(ConnectRequest request) {
        return Single.create(emitter -> {
            try {
                ConnectRequest before = latest;
                latest = request;
                if (before != null
                        && before.server().equals(request.server())
                        && (request.forgetsInFlight() || !before.tls().equals(request.tls()))) {
                    listener.transportStartsAnew();
                }
                emitter.setDisposable(transport.connect(request).subscribe(emitter::onSuccess, emitter::tryOnError));
            } catch (Throwable failure) {
                emitter.tryOnError(failure);
            }
        });
    }

    /**
     * Suppliers may look into a vault or a file, so they are asked where blocking is allowed, and within the time of an attempt: one
     * that hangs is a failed attempt as a silent server is.
     */
    private Single<ConnectRequest> request(ServerAddress server) {
        boolean forgetsInFlight = listener.wantsInFlightForgotten();
        Optional<Set<Integer>> unfinished = listener.unfinishedHandshakes(server);
        Duration limit = settings.connectTimeout();
        return Single.<ConnectRequest>create(emitter -> {
                    try {
                        emitter.onSuccess(ask(server, forgetsInFlight, unfinished));
                    } catch (Throwable failure) { // a class that is not there says so by an Error
                        if (!emitter.tryOnError(failure)) {
                            LOGGER.debug("a supplier failed after its time", failure);
                        }
                    }
                })
                .subscribeOn(schedule.suppliers())
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS, time, Single.error(() -> {
                    String awaited = "answer from the supplier of " + asked;
                    return new ConnectFailedException(server, new ConnectFailure.TimedOut(limit, awaited), null);
                }))
                .observeOn(schedule.blocking());
    }

    private ConnectRequest ask(ServerAddress server, boolean forgetsInFlight, Optional<Set<Integer>> unfinished) {
        asked = "TLS options";
        TlsOptions tls = Objects.requireNonNull(settings.tls().get(), "the supplier of TLS options gave null");
        asked = "credentials";
        Optional<Credentials> credentials = settings.credentials()
                .map(supplier -> Objects.requireNonNull(supplier.get(), "the supplier of credentials gave null"));
        return ConnectRequest.builder()
                .server(server)
                .credentials(credentials)
                .tls(tls)
                .cleanStart(settings.startsClean() && (!everConnected || settings.version() == MqttVersion.MQTT_3_1_1))
                .forgetsInFlight(forgetsInFlight)
                .keepsHandshakes(unfinished.isPresent())
                .unfinishedHandshakes(unfinished.orElse(Set.of()))
                .sessionExpiryInterval(settings.requestedSessionExpiry())
                .keepAlive(settings.keepAlive())
                .receiveMaximum(receiveMaximum)
                .sendMaximum(settings.sendMaximum())
                .maximumPacketSize(settings.maximumPacketSize())
                .will(settings.will())
                .timeout(settings.connectTimeout()) // the same each time: a transport keeps what is in flight by it
                .build();
    }

    private void connected(MqttConnection established, ServerAddress server) {
        if (closing) {
            return;
        }
        connection = established;
        pending = established.closed().subscribe(cause -> step(() -> lost(established, cause)));
        everConnected = true;
        failuresInARow = 0;
        connectedMillis = millis();
        servers.connected(connectedMillis);
        failuresOfRound.clear();
        LOGGER.info(
                "{} connected to {}{}",
                settings.clientIdentifier(),
                server,
                established.connack().sessionPresent() ? ", session resumed" : "");
        become(new ConnectionState.Connected(server, established.connack().sessionPresent()));
        listener.connected(established, server);
        firstConnected.onComplete();
    }

    private void failed(int number, ServerAddress server, Throwable failure) {
        if (closing) {
            return;
        }
        listener.attemptFailed();
        ConnectFailure why = failure instanceof ConnectFailedException known ? known.failure() : null;
        if (why instanceof ConnectFailure.Refused refused && servers.follow(refused.serverReference())) {
            LOGGER.info("{} follows {} from {} to {}", settings.clientIdentifier(), refused, server, servers.current());
            attempt(number + 1);
            return;
        }
        if (failuresOfRound.size() == MOST_TOLD) {
            failuresOfRound.remove(0);
        }
        failuresOfRound.add(failure);
        long tried = millis();
        if (why instanceof ConnectFailure.Refused refused && ABOUT_THE_ACCOUNT.contains(refused.reasonCode())) {
            servers.accountRefused(tried);
        } else if (why != null && !why.mayPass()) {
            servers.refused(tried);
        }
        if (!servers.failed(tried)) {
            wait(number, Duration.ZERO, words(failure), Optional.ofNullable(why), Optional.empty());
            return;
        }
        Throwable all = failureOfRound();
        if (giveUpOnFirstFailure && !everConnected) {
            giveUp(all);
            return;
        }
        failuresInARow++;
        Optional<ConnectFailure> first =
                all instanceof ConnectFailedException known ? Optional.of(known.failure()) : Optional.empty();
        wait(number, delay(failuresInARow, tried), words(all), first, Optional.empty());
    }

    /** Of all servers that were tried in a row. */
    private Throwable failureOfRound() {
        List<Throwable> failures = List.copyOf(failuresOfRound);
        failuresOfRound.clear();
        List<ConnectFailedException> known = failures.stream()
                .filter(ConnectFailedException.class::isInstance)
                .map(ConnectFailedException.class::cast)
                .toList();
        if (known.size() == failures.size()) {
            return ConnectFailedException.ofAll(known);
        }
        Throwable last = failures.get(failures.size() - 1);
        known.stream().filter(each -> each != last).forEach(last::addSuppressed);
        return last;
    }

    /** Until the first server may be asked, and as long as the back-off says for one that may be now. */
    private Duration delay(int failures, long since) {
        long rest = servers.rest(since);
        return rest > 0 ? Duration.ofMillis(rest) : settings.backoff().delay(failures, random);
    }

    private void lost(MqttConnection ended, DisconnectCause cause) {
        if (connection != ended) {
            return;
        }
        connection = null;
        lastCause = cause;
        if (cause.initiator() != DisconnectCause.Initiator.SERVER
                && cause.reasonCode().equals(Optional.of(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED))) {
            LOGGER.warn(
                    "{}: the server sends past the Receive Maximum of {}, as Mosquitto 2.0.11 does; asking for none",
                    settings.clientIdentifier(),
                    receiveMaximum);
            receiveMaximum = NO_RECEIVE_MAXIMUM;
        }
        listener.disconnected(cause);
        if (closing) {
            return;
        }
        long now = millis();
        if (now - connectedMillis >= SETTLED.toMillis()) {
            dropsInARow = 0;
            servers.lasted();
        }
        if (servers.follow(cause.serverReference())) {
            LOGGER.info("{} follows {} to {}", settings.clientIdentifier(), cause, servers.current());
            attempt(1);
        } else {
            dropsInARow++;
            // The first time the account may have got another password that its supplier knows.
            if (dropsInARow > 1 && isAboutTheAccount(cause)) {
                servers.accountRefused(now);
                servers.leave(now);
            }
            wait(0, delay(dropsInARow, now), "connection " + cause, Optional.empty(), Optional.of(cause));
        }
    }

    private static boolean isAboutTheAccount(DisconnectCause cause) {
        return cause.initiator() == DisconnectCause.Initiator.SERVER
                && cause.reasonCode().filter(ABOUT_THE_ACCOUNT::contains).isPresent();
    }

    private void wait(
            int attempts,
            Duration delay,
            String reason,
            Optional<ConnectFailure> failure,
            Optional<DisconnectCause> cause) {
        LOGGER.warn("{}: {}; next attempt in {}", settings.clientIdentifier(), reason, delay);
        Instant until = now().plus(delay);
        become(new ConnectionState.Waiting(
                attempts,
                until,
                reason,
                failure,
                cause.map(known ->
                        DisconnectCause.builder().from(known).nextAttempt(until).build())));
        pending = time.scheduleDirect(
                () -> step(() -> {
                    if (state instanceof ConnectionState.Waiting) {
                        if (!delay.isZero()) {
                            servers.settled();
                        }
                        attempt(attempts + 1);
                    }
                }),
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** No further attempt from here on; an existing connection stays until the transport is closed. */
    void stop() {
        closing = true;
        Disposable waiting = pending;
        if (connection == null && waiting != null) {
            waiting.dispose();
        }
    }

    /** All is over. */
    void closed(String reason) {
        closing = true;
        if (!(state instanceof ConnectionState.Closed)) {
            become(new ConnectionState.Closed(Optional.ofNullable(lastCause), reason));
        }
        if (!firstConnected.hasComplete() && !firstConnected.hasThrowable()) {
            firstConnected.onError(new IllegalStateException("the client was closed before it was connected"));
        }
    }

    private void become(ConnectionState next) {
        state = next;
        listener.stateChanged(next);
    }

    private static String words(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
