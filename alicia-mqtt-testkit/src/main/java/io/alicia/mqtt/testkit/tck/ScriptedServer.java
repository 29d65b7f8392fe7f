package io.alicia.mqtt.testkit.tck;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnackProperties;
import io.alicia.mqtt.broker.protocol.Connect;
import io.alicia.mqtt.broker.protocol.Decoded;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.PacketDecoder;
import io.alicia.mqtt.broker.protocol.PacketDecoderHandler;
import io.alicia.mqtt.broker.protocol.PacketEncoder;
import io.alicia.mqtt.broker.protocol.Pingreq;
import io.alicia.mqtt.broker.protocol.Pingresp;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.testkit.inprocess.InProcessTransportProvider;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server that says what a rule has it say, where the broker has no occasion to: it lets everybody in, takes every message and
 * knows no subscriptions. Over TCP or in-process.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and a rule then waits in vain
final class ScriptedServer implements AutoCloseable {

    /** What is said to a packet. */
    @FunctionalInterface
    interface Script {

        /** The answers, in their order; empty: silence. */
        List<Packet> answersTo(Packet packet);
    }

    /** Lets everybody in with {@code properties}, and takes every message. */
    static Script accepting(ConnackProperties properties) {
        return packet -> {
            if (packet instanceof Connect) {
                return List.of(new Connack(false, ReasonCode.SUCCESS, properties));
            }
            if (packet instanceof Publish publish) {
                return switch (publish.qos()) {
                    case AT_MOST_ONCE -> List.of();
                    case AT_LEAST_ONCE -> List.of(new Puback(publish.packetIdentifier()));
                    case EXACTLY_ONCE -> List.of(new Pubrec(publish.packetIdentifier()));
                };
            }
            if (packet instanceof Pubrel pubrel) {
                return List.of(new Pubcomp(pubrel.packetIdentifier()));
            }
            return packet == Pingreq.INSTANCE ? List.of(Pingresp.INSTANCE) : List.of();
        };
    }

    private final Script script;
    private final NioEventLoopGroup group = new NioEventLoopGroup(1, new DefaultThreadFactory("tck-server", true));
    private final ServerAddress address;
    private final BlockingQueue<Connect> connects = new LinkedBlockingQueue<>();
    private volatile @Nullable Client current;

    /** Takes connections of the kind that {@code like} stands for. */
    ScriptedServer(ServerAddress like, Script script) {
        this.script = script;
        boolean inProcess = like.scheme().equals(InProcessTransportProvider.SCHEME);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(inProcess ? LocalServerChannel.class : NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new PacketDecoderHandler(PacketDecoder.ofClient(
                                                PacketDecoder.DEFAULT_MAXIMUM_CONNECT_SIZE_BYTES,
                                                PacketDecoder.PROTOCOL_MAXIMUM_PACKET_SIZE_BYTES)),
                                        new Client(channel));
                    }
                });
        if (inProcess) {
            LocalAddress local = new LocalAddress("tck-" + UUID.randomUUID());
            bootstrap.bind(local).syncUninterruptibly();
            address = new ServerAddress(like.scheme(), local.id(), 1, "");
        } else {
            Channel bound = bootstrap.bind("127.0.0.1", 0).syncUninterruptibly().channel();
            address = ServerAddress.of("mqtt://127.0.0.1:" + ((InetSocketAddress) bound.localAddress()).getPort());
        }
    }

    /** Where it is. */
    ServerAddress address() {
        return address;
    }

    /** The next CONNECT that nobody has looked at yet; blocks until it comes, within {@link TransportFixture#TIMEOUT}. */
    Connect awaitConnect() {
        try {
            Connect connect = connects.poll(TransportFixture.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (connect == null) {
                throw new AssertionError("no CONNECT came");
            }
            return connect;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a CONNECT", e);
        }
    }

    /** Says something unasked to who connected last; blocks until it is on its way. */
    void send(List<Packet> packets) {
        on(client -> client.say(packets));
    }

    /** Says the same so many times over, in one go; blocks until it is on its way. */
    void flood(Packet packet, int times) {
        on(client -> client.repeat(packet, times));
    }

    /** Closes the connection of who connected last, without a word. */
    void hangUp() {
        on(client -> client.channel.close());
    }

    /** When this is over, what the client is answered after it comes after it. */
    private void on(Consumer<Client> action) {
        Client client = current;
        if (client == null) {
            throw new IllegalStateException("nobody has connected");
        }
        client.channel.eventLoop().submit(() -> action.accept(client)).syncUninterruptibly();
    }

    /** Hangs up and ends its thread. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** One that has connected; on the event loop. */
    private final class Client extends SimpleChannelInboundHandler<Decoded> {

        private final Channel channel;
        private @Nullable PacketEncoder encoder;

        Client(Channel channel) {
            this.channel = channel;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, Decoded decoded) {
            if (!(decoded instanceof Packet packet)) {
                context.close(); // not to be understood
                return;
            }
            if (packet instanceof Connect connect) {
                encoder = new PacketEncoder(connect.version());
                current = this;
                connects.add(connect);
            }
            if (packet instanceof Disconnect) {
                context.close(); // [MQTT-3.14.4-3]
                return;
            }
            List<Packet> answers = script.answersTo(packet);
            if (packet instanceof Publish publish) {
                publish.release();
            }
            say(answers);
        }

        private ByteBuf encoded(Packet packet) {
            PacketEncoder encoding = encoder;
            ByteBuf bytes = encoding == null ? null : encoding.encode(packet, channel.alloc());
            if (bytes == null) {
                throw new IllegalStateException(
                        "there is a CONNECT, and without a limit nothing is too large: " + packet);
            }
            return bytes;
        }

        private void repeat(Packet packet, int times) {
            ByteBuf once = encoded(packet);
            ByteBuf all = channel.alloc().buffer(once.readableBytes() * times);
            for (int i = 0; i < times; i++) {
                all.writeBytes(once, once.readerIndex(), once.readableBytes());
            }
            once.release();
            channel.writeAndFlush(all);
        }

        private void say(List<Packet> packets) {
            for (Packet packet : packets) {
                channel.write(encoded(packet));
                if (packet instanceof Disconnect
                        || (packet instanceof Connack connack
                                && connack.reasonCode().isError())) {
                    channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
                }
            }
            channel.flush();
        }
    }
}
