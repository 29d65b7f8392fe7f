package io.alicia.mqtt.testkit.inprocess;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.TransportOptions;
import io.netty.channel.Channel;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session over Netty's local channel. All of its state is confined to an event loop of its own, whose thread starts with the
 * first attempt to connect.
 */
final class InProcessTransport implements MqttTransport, ConnectAttempt.Listener {

    private static final Logger LOGGER = LoggerFactory.getLogger(InProcessTransport.class);

    /**
     * A local channel that is closed has its peer closed on the peer's event loop, which then calls back on this one: it has to
     * be there for a moment. Where the peer was closed first nothing comes any more.
     */
    private static final long CALL_BACK_MILLIS = 50;

    private final TransportOptions options;
    private final DefaultEventLoopGroup group;
    private final EventLoop loop;
    private final DeliveryQueue queue = new DeliveryQueue();
    private final ClientSession session = new ClientSession(queue, this::acknowledgementsWait);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableSubject ended = CompletableSubject.create();
    private boolean peerMayCallBack;
    private @Nullable ConnectAttempt attempt;
    private @Nullable InProcessConnection connection;
    private String clientIdentifier;

    InProcessTransport(TransportOptions options) {
        this.options = options;
        this.clientIdentifier = options.clientIdentifier();
        this.group = new DefaultEventLoopGroup(
                1, new DefaultThreadFactory("alicia-mqtt-" + options.clientIdentifier(), true));
        this.loop = group.next();
    }

    @Override
    public Single<MqttConnection> connect(ConnectRequest request) {
        return Single.create(emitter -> {
            try {
                loop.execute(() -> start(request, emitter));
            } catch (RejectedExecutionException e) {
                emitter.tryOnError(new IllegalStateException("the transport is closed", e));
            }
        });
    }

    private void start(ConnectRequest request, SingleEmitter<MqttConnection> emitter) {
        if (closed.get() || attempt != null || connection != null) {
            emitter.tryOnError(new IllegalStateException(
                    closed.get() ? "the transport is closed" : "a connection exists or is under way"));
            return;
        }
        ConnectAttempt started = new ConnectAttempt(request, options.version(), clientIdentifier, emitter, this);
        attempt = started;
        emitter.setCancellable(() -> giveUp(started));
        started.begin(loop);
    }

    private void giveUp(ConnectAttempt unwanted) {
        try {
            loop.execute(unwanted::giveUp);
        } catch (RejectedExecutionException e) {
            LOGGER.debug("an attempt to connect was given up after the transport was closed", e);
        }
    }

    @Override
    public InProcessConnection accepted(ConnectAttempt accepted, Channel channel, Connack packet) {
        attempt = null;
        io.alicia.mqtt.spi.Connack connack = Packets.connack(packet, accepted.request(), clientIdentifier);
        clientIdentifier = connack.clientIdentifier();
        InProcessConnection established =
                new InProcessConnection(channel, options.version(), connack, session, this::ended);
        connection = established;
        return established;
    }

    @Override
    public void failed(ConnectAttempt failed) {
        if (attempt == failed) {
            attempt = null;
        }
        peerMayCallBack = true;
    }

    private void ended(InProcessConnection gone) {
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
                loop.execute(this::shutDown);
            }
            return ended;
        });
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
        long quietMillis = peerMayCallBack ? CALL_BACK_MILLIS : 0;
        group.shutdownGracefully(quietMillis, 1_000, TimeUnit.MILLISECONDS)
                .addListener(terminated -> ended.onComplete());
    }
}
