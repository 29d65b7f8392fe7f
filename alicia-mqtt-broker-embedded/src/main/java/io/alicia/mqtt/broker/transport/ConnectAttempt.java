package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.DecodeFailure;
import io.alicia.mqtt.broker.protocol.Decoded;
import io.alicia.mqtt.broker.protocol.PacketDecoder;
import io.alicia.mqtt.broker.protocol.PacketDecoderHandler;
import io.alicia.mqtt.broker.protocol.PacketEncoder;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.ConnectRequest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.reactivex.rxjava3.core.SingleEmitter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to connect, from the first packet of the network to CONNACK; on the transport's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class ConnectAttempt extends SimpleChannelInboundHandler<Decoded> {

    /** What becomes of it; called once at most, on the event loop. */
    interface Listener {

        /** CONNACK came: takes the channel over and gives its next handler. */
        CodecConnection accepted(ConnectAttempt attempt, Channel channel, Connack connack);

        void failed(ConnectAttempt attempt);

        /** The attempt was cancelled at the moment of its success: nobody has the connection. */
        void ended(CodecConnection connection);
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectAttempt.class);
    private static final int FLUSH_AFTER_PACKETS = 256;
    private static final String CONNECTION = "connection";

    private final ConnectRequest request;
    private final MqttVersion version;
    private final String clientIdentifier;
    private final SingleEmitter<CodecConnection> emitter;
    private final Conduct conduct;
    private final Listener listener;
    private @Nullable Channel channel;
    private @Nullable ScheduledFuture<?> timeout;
    private boolean inTlsHandshake;
    private boolean decided;

    ConnectAttempt(
            ConnectRequest request,
            MqttVersion version,
            String clientIdentifier,
            SingleEmitter<CodecConnection> emitter,
            Conduct conduct,
            Listener listener) {
        this.request = request;
        this.version = version;
        this.clientIdentifier = clientIdentifier;
        this.emitter = emitter;
        this.conduct = conduct;
        this.listener = listener;
    }

    ConnectRequest request() {
        return request;
    }

    void begin(Line.Destination destination, EventLoop loop) {
        int largest = request.maximumPacketSize().orElse(PacketDecoder.PROTOCOL_MAXIMUM_PACKET_SIZE_BYTES);
        ChannelFuture connecting = destination.dial(pipeline -> pipeline.addLast(
                new FlushConsolidationHandler(FLUSH_AFTER_PACKETS, true),
                new PacketDecoderHandler(conduct.decoder(version, largest)),
                this));
        channel = connecting.channel();
        timeout = loop.schedule(
                () -> fail(new ConnectFailure.TimedOut(request.timeout()), null),
                request.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                fail(unreached(connected.cause()), connected.cause());
            }
        });
    }

    private ConnectFailure unreached(@Nullable Throwable failure) {
        return failure instanceof ConnectTimeoutException
                ? new ConnectFailure.TimedOut(request.timeout())
                : new ConnectFailure.Unreachable(words(failure));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls == null) {
            sendConnect(context);
            return;
        }
        inTlsHandshake = true;
        tls.handshakeFuture().addListener(shaken -> {
            if (shaken.isSuccess()) {
                inTlsHandshake = false;
                sendConnect(context);
            } else {
                fail(broken(shaken.cause()), shaken.cause());
            }
        });
    }

    private ConnectFailure broken(@Nullable Throwable failure) {
        Optional<ConnectFailure.TlsFailed> tls = Optional.ofNullable(failure).flatMap(ConnectFailure.TlsFailed::behind);
        if (tls.isPresent()) {
            return tls.get();
        }
        return inTlsHandshake
                ? ConnectFailure.ClosedEarly.inTlsHandshake()
                : new ConnectFailure.ClosedEarly(words(failure));
    }

    private void sendConnect(ChannelHandlerContext context) {
        ByteBuf connect =
                new PacketEncoder(version).encode(Packets.connect(request, version, clientIdentifier), context.alloc());
        context.writeAndFlush(connect);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Decoded decoded) {
        if (decoded instanceof Connack connack) {
            answered(context, connack);
            return;
        }
        if (decoded instanceof Publish publish) {
            publish.release();
        }
        String what = decoded instanceof DecodeFailure failure ? failure.message() : decoded + " before CONNACK";
        fail(new ConnectFailure.ClosedEarly(what), null);
    }

    private void answered(ChannelHandlerContext context, Connack connack) {
        if (decided) {
            return;
        }
        if (emitter.isDisposed()) {
            // Cancelled, and CONNACK overtook the task that says so.
            giveUp();
            return;
        }
        if (connack.reasonCode().isError()) {
            fail(
                    new ConnectFailure.Refused(
                            connack.reasonCode(),
                            Optional.ofNullable(connack.properties().reasonString()),
                            Optional.ofNullable(connack.properties().serverReference())),
                    null);
            return;
        }
        CodecConnection connection = listener.accepted(this, context.channel(), connack);
        Duration keepAlive = connection.connack().keepAlive();
        context.pipeline()
                .addBefore(
                        context.name(),
                        "keep alive",
                        new IdleStateHandler(0, keepAlive.toSeconds(), 0, TimeUnit.SECONDS));
        context.pipeline().replace(this, CONNECTION, connection);
        if (connection.takesOver()) {
            IdentifierRelease release = connection.release(
                    () -> handOver(context.executor(), connection), () -> fail(closedByServer(), null));
            context.pipeline().addBefore(CONNECTION, null, release);
        } else {
            handOver(context.executor(), connection);
        }
    }

    private void handOver(EventExecutor loop, CodecConnection connection) {
        if (decided) {
            return;
        }
        decide();
        if (conduct.subscribesFirst() && connection.goesOn()) {
            if (isHandedOver(connection)) {
                loop.execute(connection::begin);
            }
        } else {
            connection.begin();
            if (!isHandedOver(connection)) {
                LOGGER.debug("the attempt to connect was cancelled at the moment of its success");
            }
        }
    }

    private boolean isHandedOver(CodecConnection connection) {
        emitter.onSuccess(connection);
        if (connection.isTaken()) {
            return true;
        }
        listener.ended(connection);
        connection.abandon();
        return false;
    }

    private void decide() {
        decided = true;
        ScheduledFuture<?> waiting = timeout;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(closedByServer(), null);
    }

    private static ConnectFailure closedByServer() {
        return new ConnectFailure.ClosedEarly("the server closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        fail(broken(failure), failure);
    }

    private void fail(ConnectFailure why, @Nullable Throwable failure) {
        if (!decided) {
            giveUp();
            emitter.tryOnError(new ConnectFailedException(request.server(), why, failure));
        }
    }

    /** The transport is closed. */
    void abandon(String why) {
        fail(new ConnectFailure.ClosedEarly(why), null);
    }

    /** Nobody wants it any more. */
    void giveUp() {
        if (decided) {
            return;
        }
        decide();
        Channel opened = channel;
        if (opened != null) {
            opened.close();
        }
        listener.failed(this);
    }

    private static String words(@Nullable Throwable failure) {
        return failure == null ? "unknown" : String.valueOf(failure.getMessage());
    }
}
