package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.spi.TransportOptions;
import io.reactivex.SingleObserver;
import io.reactivex.disposables.Disposable;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.reactivex.rxjava3.processors.UnicastProcessor;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A session over the HiveMQ client.
 *
 * <pre>
 * IDLE ──connect──▶ Attempt ──CONNACK──▶ HiveMqConnection ──end──▶ IDLE
 *   ▲                  │ failed, given up                            (any) ──close──▶ CLOSED
 *   └──────────────────┘
 * </pre>
 */
final class HiveMqTransport implements MqttTransport {

    private sealed interface State permits Idle, ConnectAttempt, Connected, Closed {}

    private record Idle() implements State {}

    private record Connected(HiveMqConnection connection) implements State {}

    private record Closed() implements State {}

    private static final Idle IDLE = new Idle();
    private static final Closed CLOSED = new Closed();
    private static final int PREFETCH = 16;

    private final TransportOptions options;
    private final AtomicReference<State> state = new AtomicReference<>(IDLE);
    private final AtomicReference<@Nullable IoThread> ioThread = new AtomicReference<>();
    private final InFlight inFlight = new InFlight();
    private final CompletableSubject closing = CompletableSubject.create();

    /** One flow for each session: the HiveMQ client ends the old one when the server has forgotten it. */
    private final FlowableProcessor<Flowable<Delivery>> sessions =
            UnicastProcessor.<Flowable<Delivery>>create().toSerialized();

    // Touched by the holder of the one connection attempt alone; published by the state.
    private @Nullable HiveMqClient client;
    private @Nullable ClientSetup setup;
    private KeptHandshakes handshakes = new KeptHandshakes();

    /** Completes when the client object is left for another one. */
    private CompletableSubject left = CompletableSubject.create();

    private boolean hadSession;

    HiveMqTransport(TransportOptions options) {
        this.options = options;
    }

    @Override
    public Flowable<Delivery> deliveries() {
        return sessions.flatMap(session -> session, false, Integer.MAX_VALUE, PREFETCH)
                .takeUntil(closing.toFlowable());
    }

    @Override
    public Single<MqttConnection> connect(ConnectRequest request) {
        return Single.defer(() -> {
            State before = state.get();
            if (before instanceof ConnectAttempt attempt && attempt.isGivenUp()) {
                return attempt.finished().andThen(connect(request));
            }
            return Single.create(emitter -> start(request, emitter));
        });
    }

    private void start(ConnectRequest request, SingleEmitter<MqttConnection> emitter) {
        ChannelSetup channel = new ChannelSetup(request, options.version(), () -> handshakes);
        ConnectAttempt attempt = new ConnectAttempt(request, channel, emitter);
        if (!state.compareAndSet(IDLE, attempt)) {
            emitter.onError(new IllegalStateException(
                    state.get() == CLOSED ? "the transport is closed" : "a connection exists or is under way"));
            return;
        }
        IoThread thread = ioThread.updateAndGet(
                existing -> existing == null ? new IoThread(options.clientIdentifier()) : existing);
        if (thread == null) {
            throw new IllegalStateException("no thread");
        }
        attempt.onGivenUp(thread::closeChannels);
        thread.onRegister(channel);
        thread.schedule(attempt::timeOut, request.timeout());
        HiveMqClient current = clientFor(request, thread);
        current.connect(request).subscribe(new ConnackObserver(attempt, current, request, channel));
    }

    private HiveMqClient clientFor(ConnectRequest request, IoThread thread) {
        if (client != null && setup != null && setup.serves(request) && !request.forgetsInFlight()) {
            return client;
        }
        inFlight.failAll(new SessionEndedException(
                request.forgetsInFlight()
                        ? "what was under way is not sent again"
                        : "the session was left behind for another server",
                true,
                null));
        setup = new ClientSetup(
                options.clientIdentifier(),
                request.server(),
                request.localHost(),
                request.tls(),
                request.timeout(),
                thread.executor(),
                this::disconnected);
        left.onComplete();
        left = CompletableSubject.create();
        client = options.version() == MqttVersion.MQTT_5 ? new HiveMq5Client(setup) : new HiveMq3Client(setup);
        handshakes = new KeptHandshakes();
        hadSession = false;
        listen(client);
        return client;
    }

    /**
     * A flow lasts as long as its session, which never begins where nobody answers: what is left behind would stay in memory with
     * all that the HiveMQ client consists of. What it has unacknowledged comes again from its server.
     */
    private void listen(HiveMqClient listened) {
        sessions.onNext(
                Flowable.fromPublisher(listened.deliveries()).onErrorComplete().takeUntil(left.toFlowable()));
    }

    /** On the event loop, in the same pass that read CONNACK: before anything of the new session can arrive. */
    private void accepted(
            ConnectAttempt attempt,
            HiveMqClient connected,
            ConnectRequest request,
            Connack connack,
            ChannelSetup channel) {
        attempt.accepted();
        boolean takenOver = !hadSession && connack.sessionPresent();
        if (hadSession && !connack.sessionPresent()) {
            listen(connected);
        }
        hadSession = true; // whatever a server makes of the release: the next connection goes without
        HiveMqConnection connection = new HiveMqConnection(
                connected, connack, inFlight, request.keepsHandshakes() ? channel.channel() : null);
        if (takenOver) {
            IdentifierRelease.begin(
                    channel.channel(), request, connack.receiveMaximum(), () -> connected(attempt, connection));
        } else {
            connected(attempt, connection);
        }
    }

    private void connected(ConnectAttempt attempt, HiveMqConnection connection) {
        if (!attempt.isStillWanted()) {
            cut();
            return;
        }
        if (state.compareAndSet(attempt, new Connected(connection))) {
            attempt.end();
            attempt.succeed(connection);
        }
    }

    /** Closes the network connection without a goodbye. */
    void cut() {
        IoThread thread = ioThread.get();
        if (thread != null) {
            thread.closeChannels();
        }
    }

    private void failed(ConnectAttempt attempt, Throwable failure) {
        state.compareAndSet(attempt, IDLE);
        attempt.end();
        attempt.fail(failure);
    }

    /**
     * On the event loop, at the end of a connection and of each failed attempt; the latter is told by its own result. The
     * HiveMQ client is ready for another attempt when this call is over, so nobody hears of the end before.
     */
    private void disconnected(MqttClientDisconnectedContext context) {
        IoThread thread = ioThread.get();
        State before = state.get();
        if (thread == null) {
            return;
        }
        if (before instanceof Connected connected) {
            DisconnectCause cause = Failures.disconnectCause(context);
            thread.execute(() -> {
                if (state.compareAndSet(before, IDLE)) {
                    connected.connection().ended(cause);
                }
            });
        } else if (before instanceof ConnectAttempt attempt && attempt.isAccepted()) {
            thread.execute(() -> failed(attempt, context.getCause()));
        }
    }

    @Override
    public Completable close() {
        return Completable.defer(() -> {
            State before = state.getAndSet(CLOSED);
            // Before the thread ends: the HiveMQ client cancels its flows there.
            closing.onComplete();
            IoThread thread = ioThread.get();
            Completable ended = thread == null ? Completable.complete() : thread.close();
            SessionEndedException closed = new SessionEndedException("the transport was closed", true, null);
            inFlight.failAll(closed);
            if (before instanceof ConnectAttempt attempt) {
                attempt.fail(closed);
            }
            if (before instanceof Connected connected) {
                connected
                        .connection()
                        .ended(DisconnectCause.builder()
                                .initiator(DisconnectCause.Initiator.CLIENT)
                                .build());
            }
            return ended;
        });
    }

    /** Never disposes: the HiveMQ client would stay in its connecting state until its own timeout. */
    private final class ConnackObserver implements SingleObserver<Connack> {

        private final ConnectAttempt attempt;
        private final HiveMqClient connecting;
        private final ConnectRequest request;
        private final ChannelSetup channel;

        ConnackObserver(ConnectAttempt attempt, HiveMqClient connecting, ConnectRequest request, ChannelSetup channel) {
            this.attempt = attempt;
            this.connecting = connecting;
            this.request = request;
            this.channel = channel;
        }

        @Override
        public void onSubscribe(Disposable disposable) {
            // Kept by nobody, see above.
        }

        @Override
        public void onSuccess(Connack connack) {
            accepted(attempt, connecting, request, connack, channel);
        }

        @Override
        public void onError(Throwable failure) {
            failed(attempt, failure);
        }
    }

    /** One attempt to connect; decides between success, failure, timeout and giving up. */
    private static final class ConnectAttempt extends PendingConnect implements State {
        ConnectAttempt(ConnectRequest request, ChannelSetup channel, SingleEmitter<MqttConnection> emitter) {
            super(request, channel, emitter);
        }
    }
}
