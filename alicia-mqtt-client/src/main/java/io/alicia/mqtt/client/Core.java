package io.alicia.mqtt.client;

import io.alicia.mqtt.DecodingError;
import io.alicia.mqtt.HandlerError;
import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client without the house's words: streams of messages and publishing over one session that comes back by itself. Puts
 * {@link ConnectionLife}, {@link Subscriptions}, {@link Dispatcher} and {@link Outbox} together and ends them in order.
 */
final class Core implements ConnectionLife.Listener {

    private static final Logger LOGGER = LoggerFactory.getLogger(Core.class);

    /** By when handlers are to be through, as a share of the close deadline. */
    private static final double HANDLERS_SHARE = 0.65;

    /** By when all is to be sent, as a share of the close deadline. */
    private static final double SENDING_SHARE = 0.85;

    /** By when goodbye is to be said, as a share of the close deadline. */
    private static final double GOODBYE_SHARE = 0.9;

    /** What transport and disk have at least, however short the close deadline is. */
    private static final Duration LAST_MOMENT = Duration.ofMillis(200);

    private final ClientSettings settings;
    private final MqttTransport transport;
    private final ClientThreads threads;
    private final ClientCounts counts = new ClientCounts();
    private final Lane lane;
    private final Dispatcher dispatcher;
    private final Subscriptions subscriptions;
    private final OutboxStore store;
    private final Outbox outbox;
    private final ConnectionLife life;
    private final Reports<DecodingError> decodingErrors;
    private final Reports<HandlerError> handlerErrors;
    private final Reports<ConnectionState> states;
    private @Nullable ApplicationMessage birth;
    private @Nullable ApplicationMessage farewell;
    private final AtomicBoolean closeBegun = new AtomicBoolean();
    private final CompletableSubject ended = CompletableSubject.create();
    private volatile ConnectionState state;

    Core(
            ClientSettings settings,
            MqttTransport transport,
            OutboxStore store,
            ClientThreads threads,
            RandomGenerator random) {
        this.settings = settings;
        this.transport = transport;
        this.threads = threads;
        this.lane = new Lane(threads.relief());
        this.dispatcher = new Dispatcher(settings.streamBuffer(), counts);
        this.subscriptions = new Subscriptions(lane, dispatcher);
        this.store = store;
        this.outbox = new Outbox(
                lane,
                threads.timer(),
                threads.wallClock(),
                threads.results(),
                settings.offlineQueue(),
                store,
                settings.sendMaximum(),
                counts);
        this.decodingErrors = Reports.of(threads.handlers(), counts.decodingErrors());
        this.handlerErrors = Reports.of(threads.handlers(), counts.handlerErrors());
        this.states = Reports.withLatest(threads.handlers());
        this.life = new ConnectionLife(
                settings,
                transport,
                new ConnectionLife.Schedule(
                        threads.timer(), threads.wallClock(), threads.suppliers(), threads.handlers()),
                random,
                lane,
                this);
        this.state = life.state();
        states.report(state);
        transport.deliveries().subscribe(dispatcher);
    }

    ClientSettings settings() {
        return settings;
    }

    Lane lane() {
        return lane;
    }

    ClientCounts counts() {
        return counts;
    }

    /** Runs {@code afterwards} when the client is closed. */
    void whenClosed(Runnable afterwards) {
        Disposable unused = ended.subscribe(afterwards::run); // ends with the client
    }

    ClientThreads threads() {
        return threads;
    }

    /** The time of day. */
    Instant now() {
        return threads.wallClock().instant();
    }

    /** For what is measured: goes on steadily, from wherever. */
    long nowMillis() {
        return threads.timer().now(TimeUnit.MILLISECONDS);
    }

    /** What is published at each connect, and before the goodbye. To be said before the start. */
    void presence(ApplicationMessage atConnect, ApplicationMessage beforeGoodbye) {
        birth = atConnect;
        farewell = beforeGoodbye;
    }

    Completable start(boolean giveUp) {
        return inLane(() -> {
                    if (isClosing()) {
                        return Completable.error(closedFailure());
                    }
                    threads.start();
                    life.start(giveUp);
                    return life.firstConnected();
                })
                .observeOn(threads.handlers());
    }

    /** Begins to connect and keeps trying. */
    void startTrying() {
        threads.start();
        lane.execute(() -> life.start(false));
    }

    /** Messages that match, read by {@code reader}; each subscriber is a stream of its own. */
    <R> Flowable<R> stream(StreamOptions options, MessageFlow.Reader<R> reader) {
        return stream(options, reader, flow -> {});
    }

    /** The same; {@code created} sees each new stream before it is subscribed. */
    <R> Flowable<R> stream(StreamOptions options, MessageFlow.Reader<R> reader, Consumer<MessageFlow<R>> created) {
        return Flowable.fromPublisher(subscriber -> {
            MessageFlow<R> flow = new MessageFlow<>(
                    options,
                    reader,
                    subscriber,
                    threads.handlers().createWorker(),
                    cancelled -> lane.execute(() -> subscriptions.remove(cancelled)));
            created.accept(flow);
            subscriber.onSubscribe(flow);
            lane.execute(() -> {
                if (isClosing()) {
                    flow.complete();
                } else if (!flow.isOver()) {
                    subscriptions.add(flow);
                }
            });
        });
    }

    /** Publishes when somebody subscribes; the result comes on a thread that may block. */
    Single<PublishResult> publish(ApplicationMessage message, Duration deadline) {
        Optional<Decision> refusal = settings.refusal(message.topic());
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        return settings.traceContext().isEmpty()
                ? outbox.publish(message, deadline)
                : Single.defer(() -> outbox.publish(currentTrace().apply(message), deadline));
    }

    private Single<PublishResult> refused(Decision decision) {
        return Single.fromSupplier(() -> {
            PublishResult refused = new PublishResult.RefusedByPolicy(decision);
            counts.published(refused, 0);
            return refused;
        });
    }

    /** Publishes what is sent no more once its subscriber disposes of it; adds no trace. */
    Single<PublishResult> publishWhileWanted(ApplicationMessage message, Duration deadline) {
        return settings.refusal(message.topic())
                .map(this::refused)
                .orElseGet(() -> outbox.publishWhileWanted(message, deadline));
    }

    /** Adds the trace that the calling thread is in to a message, if this client is to do so. */
    UnaryOperator<ApplicationMessage> currentTrace() {
        Optional<TraceContext> context = settings.traceContext().flatMap(Supplier::get);
        return message -> context.map(known -> known.addTo(message)).orElse(message);
    }

    /** The same, and outside of any trace that of {@code cause}, which the message is the answer to. */
    UnaryOperator<ApplicationMessage> currentTraceOrThatOf(ApplicationMessage cause) {
        if (settings.traceContext().isEmpty()) {
            return UnaryOperator.identity();
        }
        UnaryOperator<ApplicationMessage> current = currentTrace();
        return message -> TraceContext.of(cause)
                .map(known -> known.addTo(current.apply(message)))
                .orElseGet(() -> current.apply(message));
    }

    Completable subscribed() {
        return inLane(() -> isClosing() ? Completable.error(closedFailure()) : subscriptions.settled())
                .observeOn(threads.handlers());
    }

    Reports<DecodingError> decodingErrors() {
        return decodingErrors;
    }

    Reports<HandlerError> handlerErrors() {
        return handlerErrors;
    }

    ConnectionState state() {
        return state;
    }

    /** Whether {@link #close} was called. */
    boolean isClosing() {
        return closeBegun.get();
    }

    /** What those are told who want something of a client that is closed. */
    static IllegalStateException closedFailure() {
        return new IllegalStateException("the client is closed");
    }

    boolean isConnected() {
        return state instanceof ConnectionState.Connected;
    }

    /** False while the offline queue is to be on disk and cannot be written there. */
    boolean isQueueWritable() {
        return store.isWorking();
    }

    Flowable<ConnectionState> states() {
        return states.stream();
    }

    @Override
    public void stateChanged(ConnectionState next) {
        state = next;
        counts.stateChanged(next);
        if (next instanceof ConnectionState.Connecting attempt) {
            dispatcher.connecting(attempt.server());
        }
        states.report(next);
    }

    @Override
    public void connected(MqttConnection connection, ServerAddress server) {
        subscriptions.connected(connection, server);
        if (birth == null) {
            outbox.connected(connection, server);
        } else {
            outbox.connected(connection, server, birth, settings.publishDeadline());
        }
    }

    @Override
    public void disconnected(DisconnectCause cause) {
        dispatcher.connectionEnded();
        subscriptions.disconnected();
        outbox.disconnected(cause);
    }

    @Override
    public void attemptFailed() {
        counts.failedAttempts().increment();
        dispatcher.connectionEnded();
    }

    @Override
    public boolean wantsInFlightForgotten() {
        return outbox.wantsInFlightForgotten();
    }

    @Override
    public void transportStartsAnew() {
        dispatcher.transportStartsAnew();
    }

    @Override
    public Optional<Set<Integer>> unfinishedHandshakes(ServerAddress with) {
        return outbox.unfinishedHandshakes(with);
    }

    /** Ends everything in order, within the close deadline for what depends on others. */
    Completable close() {
        if (closeBegun.compareAndSet(false, true)) {
            lane.execute(this::beginToClose);
        }
        return ended;
    }

    /**
     * One deadline for all: handlers have most of it, then what they and others published is sent, and something is left for the
     * goodbye, without which the server would publish the Will.
     */
    private void beginToClose() {
        life.stop();
        subscriptions.close();
        if (!hasTimer()) {
            endAtOnce();
            return;
        }
        long begunMillis = nowMillis();
        withinShare(HANDLERS_SHARE, begunMillis, threads.idle())
                .andThen(withinShare(SENDING_SHARE, begunMillis, inLane(this::sendTheRest)))
                .andThen(withinShare(GOODBYE_SHARE, begunMillis, inLane(this::sayGoodbye)))
                .andThen(inLane(this::finish))
                .andThen(inTheLastMoment("the transport", begunMillis, inLane(transport::close))
                        .mergeWith(inTheLastMoment("the offline queue", begunMillis, inLane(store::close))))
                .andThen(withinShare(1, begunMillis, threads.idle()))
                .doFinally(this::endThreads)
                .subscribe(ended);
    }

    private void endThreads() {
        threads.close();
        lane.takeOver(); // what was left to a thread that has ended
    }

    private boolean hasTimer() {
        try {
            threads.start();
            return true;
        } catch (Error e) { // "unable to create native thread"
            LOGGER.warn("{}: there is no thread to wait in; closed without waiting", settings.clientIdentifier(), e);
            return false;
        }
    }

    /** A client that could not be started has sent nothing, and nobody is at work for it. */
    private void endAtOnce() {
        Completable finished = finish();
        Disposable unused = finished.andThen(Completable.mergeArrayDelayError(transport.close(), store.close()))
                .doFinally(this::endThreads)
                .subscribe(
                        () -> {},
                        failure -> LOGGER.warn("{}: not all came to its end", settings.clientIdentifier(), failure));
        ended.onComplete();
    }

    /** {@code step}, until this share of the close deadline is over; its failure ends it as well. */
    private Completable withinShare(double share, long begunMillis, Completable step) {
        return Completable.defer(() -> {
            long endMillis =
                    begunMillis + (long) (share * settings.closeDeadline().toMillis());
            long leftMillis = Math.max(0, endMillis - nowMillis());
            return step.timeout(leftMillis, TimeUnit.MILLISECONDS, threads.timer(), Completable.complete())
                    .onErrorComplete(failure -> {
                        LOGGER.debug("{}: a step of closing failed", settings.clientIdentifier(), failure);
                        return true;
                    });
        });
    }

    /** What holds nothing but itself any more: it has the rest of the close deadline, or a moment, and is left to itself then. */
    private Completable inTheLastMoment(String what, long begunMillis, Completable end) {
        return Completable.defer(() -> {
            long leftMillis = begunMillis + settings.closeDeadline().toMillis() - nowMillis();
            long limitMillis = Math.max(LAST_MOMENT.toMillis(), leftMillis);
            return end.timeout(limitMillis, TimeUnit.MILLISECONDS, threads.timer())
                    .onErrorComplete(failure -> {
                        LOGGER.warn("{}: {} did not come to its end", settings.clientIdentifier(), what, failure);
                        return true;
                    });
        });
    }

    private Completable sendTheRest() {
        boolean connected = life.connection() != null;
        if (farewell != null && connected) {
            outbox.publishLast(farewell, settings.closeDeadline());
        }
        Completable drained = outbox.drain();
        return connected ? drained : Completable.complete();
    }

    private Completable inLane(Supplier<Completable> step) {
        return Completable.create(emitter -> lane.execute(() -> {
            try {
                emitter.setDisposable(step.get().subscribe(emitter::onComplete, emitter::tryOnError));
            } catch (Throwable failure) { // or whoever waits for the step would wait for good
                emitter.tryOnError(failure);
            }
        }));
    }

    /** A session of this object's own ends here; one that the caller asked for is kept as asked. */
    private Completable sayGoodbye() {
        MqttConnection connection = life.connection();
        return connection == null
                ? Completable.complete()
                : connection.disconnect(
                        ReasonCode.SUCCESS,
                        settings.sessionExpiryInterval().isPresent() ? Optional.empty() : Optional.of(Duration.ZERO));
    }

    private Completable finish() {
        life.closed("closed by this client");
        outbox.close();
        store.whenWritten(() -> lane.execute(() -> outbox.leftovers().tell(settings.clientIdentifier())));
        decodingErrors.close();
        handlerErrors.close();
        states.close();
        return Completable.complete();
    }
}
