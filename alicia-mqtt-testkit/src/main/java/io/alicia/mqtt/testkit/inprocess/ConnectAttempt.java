package io.alicia.mqtt.testkit.inprocess;

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
import io.alicia.mqtt.spi.MqttConnection;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.reactivex.rxjava3.core.SingleEmitter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One attempt to connect, from the local channel to CONNACK; on the transport's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class ConnectAttempt extends SimpleChannelInboundHandler<Decoded> {

    /** What becomes of it; called once at most, on the event loop. */
    interface Listener {

        /** CONNACK came: takes the channel over and gives its next handler. */
        InProcessConnection accepted(ConnectAttempt attempt, Channel channel, Connack connack);

        void failed(ConnectAttempt attempt);
    }

    private static final int FLUSH_AFTER_PACKETS = 256;

    private final ConnectRequest request;
    private final MqttVersion version;
    private final String clientIdentifier;
    private final SingleEmitter<MqttConnection> emitter;
    private final Listener listener;
    private @Nullable Channel channel;
    private @Nullable ScheduledFuture<?> timeout;
    private boolean decided;

    ConnectAttempt(
            ConnectRequest request,
            MqttVersion version,
            String clientIdentifier,
            SingleEmitter<MqttConnection> emitter,
            Listener listener) {
        this.request = request;
        this.version = version;
        this.clientIdentifier = clientIdentifier;
        this.emitter = emitter;
        this.listener = listener;
    }

    ConnectRequest request() {
        return request;
    }

    void begin(EventLoop loop) {
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(LocalChannel.class)
                .handler(new ChannelInitializer<LocalChannel>() {
                    @Override
                    protected void initChannel(LocalChannel local) {
                        local.pipeline()
                                .addLast(
                                        new FlushConsolidationHandler(FLUSH_AFTER_PACKETS, true),
                                        new PacketDecoderHandler(PacketDecoder.ofServer(
                                                version, PacketDecoder.PROTOCOL_MAXIMUM_PACKET_SIZE_BYTES)),
                                        ConnectAttempt.this);
                    }
                })
                .connect(new LocalAddress(request.server().host()));
        channel = connecting.channel();
        timeout = loop.schedule(
                () -> fail(new ConnectFailure.TimedOut(request.timeout()), null),
                request.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                fail(new ConnectFailure.Unreachable(words(connected.cause())), connected.cause());
            }
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
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
        if (connack.reasonCode().isError()) {
            fail(
                    new ConnectFailure.Refused(
                            connack.reasonCode(),
                            Optional.ofNullable(connack.properties().reasonString()),
                            Optional.ofNullable(connack.properties().serverReference())),
                    null);
            return;
        }
        decide();
        InProcessConnection connection = listener.accepted(this, context.channel(), connack);
        Duration keepAlive = connection.connack().keepAlive();
        context.pipeline()
                .addBefore(
                        context.name(),
                        "keep alive",
                        new IdleStateHandler(0, keepAlive.toSeconds(), 0, TimeUnit.SECONDS));
        context.pipeline().replace(this, "connection", connection);
        connection.begin();
        emitter.onSuccess(connection);
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
        fail(new ConnectFailure.ClosedEarly("the server closed the connection"), null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        fail(new ConnectFailure.ClosedEarly(words(failure)), failure);
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
