package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.TransportOptions;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session on the broker's codec. All of its state is confined to the event loop of its line. */
public final class CodecTransport implements MqttTransport, ConnectAttempt.Listener {

    private static final Logger LOGGER = LoggerFactory.getLogger(CodecTransport.class);

    private final TransportOptions options;
    private final Line line;
    private final Conduct conduct;
    private final EventLoop loop;
    private final DeliveryQueue queue = new DeliveryQueue();
    private final ClientSession session;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableSubject ended = CompletableSubject.create();
    private boolean peerMayCallBack;
    private @Nullable ConnectAttempt attempt;
    private @Nullable CodecConnection connection;
    private String clientIdentifier;
    /** Whom it was connected to last; whatever that makes of it, further connections there take no session over. */
    private @Nullable ServerAddress server;

    /**
     * Not connected.
     *
     * @param options whose session, over which version
     * @param line what its connections run over
     * @param conduct how it behaves
     */
    public CodecTransport(TransportOptions options, Line line, Conduct conduct) {
        this.options = options;
        this.line = line;
        this.conduct = conduct;
        this.clientIdentifier = options.clientIdentifier();
        this.loop = line.loop();
        this.session = new ClientSession(conduct, queue, this::acknowledgementsWait);
    }

    @Override
    public Single<MqttConnection> connect(ConnectRequest request) {
        Single<CodecConnection> attempts = Single.create(emitter -> {
            try {
                Line.Destination destination = line.find(request);
                loop.execute(() -> start(request, destination, emitter));
            } catch (UnknownHostException e) {
                fail(emitter, request, "unknown host: " + e.getMessage(), e);
            } catch (IOException e) {
                fail(emitter, request, String.valueOf(e.getMessage()), e);
            } catch (RejectedExecutionException e) {
                emitter.tryOnError(new IllegalStateException("the transport is closed", e));
            }
        });
        return attempts.doOnSuccess(CodecConnection::take).cast(MqttConnection.class);
    }

    private static void fail(
            SingleEmitter<CodecConnection> emitter, ConnectRequest request, String why, IOException failure) {
        emitter.tryOnError(new ConnectFailedException(request.server(), new ConnectFailure.Unreachable(why), failure));
    }

    private void start(ConnectRequest request, Line.Destination destination, SingleEmitter<CodecConnection> emitter) {
        if (closed.get() || attempt != null || connection != null) {
            emitter.tryOnError(new IllegalStateException(
                    closed.get() ? "the transport is closed" : "a connection exists or is under way"));
            return;
        }
        ConnectAttempt started =
                new ConnectAttempt(request, options.version(), clientIdentifier, emitter, conduct, this);
        attempt = started;
        emitter.setCancellable(() -> giveUp(started));
        started.begin(destination, loop);
    }

    private void giveUp(ConnectAttempt unwanted) {
        try {
            loop.execute(unwanted::giveUp);
        } catch (RejectedExecutionException e) {
            LOGGER.debug("an attempt to connect was given up after the transport was closed", e);
        }
    }

    @Override
    public CodecConnection accepted(ConnectAttempt accepted, Channel channel, Connack packet) {
        attempt = null;
        io.alicia.mqtt.spi.Connack connack =
                Packets.connack(packet, options.version(), accepted.request(), clientIdentifier);
        clientIdentifier = connack.clientIdentifier();
        boolean takesOver =
                connack.sessionPresent() && !accepted.request().server().equals(server);
        CodecConnection established = new CodecConnection(
                channel,
                options.version(),
                connack,
                accepted.request().topicAliasMaximum(),
                goesOn(accepted.request(), connack),
                takesOver,
                conduct,
                session,
                this::ended);
        connection = established;
        if (accepted.request().forgetsInFlight()) {
            session.forgetInFlight();
        }
        return established;
    }

    /** Whether what is in flight goes on; another server's session of this client does not know it. */
    private boolean goesOn(ConnectRequest request, io.alicia.mqtt.spi.Connack connack) {
        boolean sameServer = server == null || request.server().equals(server);
        server = request.server();
        return sameServer && (connack.sessionPresent() || (conduct.keepsWhatIsInFlight() && !request.cleanStart()));
    }

    @Override
    public void failed(ConnectAttempt failed) {
        if (attempt == failed) {
            attempt = null;
        }
        peerMayCallBack = true;
    }

    @Override
    public void ended(CodecConnection gone) {
        if (connection == gone) {
            connection = null;
        }
        peerMayCallBack |= gone.isClosedHere();
    }

    private void acknowledgementsWait() {
        if (loop.inEventLoop()) {
            acknowledge();
            return;
        }
        try {
            loop.execute(this::acknowledge);
        } catch (RejectedExecutionException e) {
            LOGGER.debug("an acknowledgement came after the transport was closed", e);
        }
    }

    private void acknowledge() {
        if (connection != null) {
            connection.acknowledge();
        }
    }

    @Override
    public Flowable<Delivery> deliveries() {
        return queue.deliveries();
    }

    @Override
    public Completable close() {
        return Completable.defer(() -> {
            if (closed.compareAndSet(false, true)) {
                shutDownOnLoop();
            }
            return ended;
        });
    }

    private void shutDownOnLoop() {
        try {
            loop.execute(this::shutDown);
        } catch (RejectedExecutionException e) {
            LOGGER.debug("the event loop has ended before the transport", e);
            ended.onComplete();
        }
    }

    private void shutDown() {
        ConnectAttempt underWay = attempt;
        if (underWay != null) {
            underWay.abandon("the transport was closed");
        }
        if (connection != null) {
            peerMayCallBack = true;
            connection.abandon();
        }
        session.end("the transport was closed");
        queue.complete();
        line.end(peerMayCallBack, ended::onComplete);
    }
}
