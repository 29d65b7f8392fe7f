package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.Connection;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The listeners of one broker and the connections that came by them. */
public final class Listeners {

    private static final int BACKLOG = 1024;
    private static final long GOODBYE_MILLIS = 1000;

    private final Broker broker;
    private final EventLoopGroup loops;
    private final ConnectionLimit limit;
    private final int highWaterBytes;
    private final List<BoundListener> bound = new ArrayList<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    /**
     * No listeners yet.
     *
     * @param broker who answers the connections
     * @param loops where they live: the broker's event loops
     * @param maxConnections how many connections at once, all listeners together; -1 for no limit
     * @param highWaterBytes how much may wait in a connection's output before it is not read any more
     */
    public Listeners(Broker broker, EventLoopGroup loops, int maxConnections, int highWaterBytes) {
        this.broker = broker;
        this.loops = loops;
        this.limit = new ConnectionLimit(maxConnections);
        this.highWaterBytes = highWaterBytes;
    }

    /**
     * Binds one more listener; not for several threads.
     *
     * @param spec where and for whom
     * @return the listener, taking connections
     * @throws IOException if it cannot be bound; the message names the address and the reason
     */
    public BoundListener bind(ListenerSpec spec) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .childHandler(new Accepting(broker, spec, limit, connections))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(highWaterBytes / 2, highWaterBytes));
        ChannelFuture binding;
        if (spec.endpoint() instanceof Endpoint.InProcess inProcess) {
            binding = bootstrap.channel(LocalServerChannel.class).bind(new LocalAddress(inProcess.name()));
        } else {
            binding = bootstrap
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .bind(addressOf(spec.endpoint()));
        }
        binding.awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + describe(spec.endpoint()) + ": "
                            + binding.cause().getMessage(),
                    binding.cause());
        }
        BoundListener listener = new BoundListener(spec, binding.channel());
        bound.add(listener);
        return listener;
    }

    private static InetSocketAddress addressOf(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.WebSocket webSocket) {
            return new InetSocketAddress(webSocket.address(), webSocket.port());
        }
        Endpoint.Tcp tcp = (Endpoint.Tcp) endpoint;
        return new InetSocketAddress(tcp.address(), tcp.port());
    }

    private static String describe(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.InProcess inProcess) {
            return "in-process address " + inProcess.name();
        }
        InetSocketAddress address = addressOf(endpoint);
        return address.getHostString() + " port " + address.getPort();
    }

    /** {@return the listeners, in the order of their start} */
    public List<BoundListener> bound() {
        return List.copyOf(bound);
    }

    /** Takes no more connections, says goodbye on those that there are, and waits for that, but not for long. */
    @SuppressWarnings("FutureReturnValueIgnored") // closes what did not close in time; nobody waits any longer
    public void close() {
        List<ChannelFuture> closing = new ArrayList<>();
        for (BoundListener listener : bound) {
            closing.add(listener.channel().close());
        }
        for (Connection connection : connections) {
            Channel channel = connection.shutDown();
            if (channel != null) {
                closing.add(channel.closeFuture());
            }
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GOODBYE_MILLIS);
        for (ChannelFuture future : closing) {
            if (!future.awaitUninterruptibly(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                future.channel().close();
            }
        }
    }
}
