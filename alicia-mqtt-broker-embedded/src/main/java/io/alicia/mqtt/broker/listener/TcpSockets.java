package io.alicia.mqtt.broker.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * The TCP sockets of the listeners. They are bound on the thread that starts them, one right after the other, and have an
 * event loop only afterwards: who finds one port open and connects to the next one must find that open as well, also while
 * event loops have to wait for a busy machine. What connects meanwhile waits in the socket's backlog.
 */
final class TcpSockets {

    private static final int BACKLOG = 1024;

    private record Bound(NioServerSocketChannel channel, ServerBootstrap bootstrap) {}

    private final List<Bound> bound = new ArrayList<>();

    /**
     * Binds a socket, which {@link #register} has to follow.
     *
     * @param bootstrap has all that the socket's connections need, and the event loops
     * @param port 0 for any that is free
     * @param where of the message
     * @return the socket, which can be closed when it is registered
     * @throws IOException if it cannot be bound
     */
    Channel bind(ServerBootstrap bootstrap, StandardProtocolFamily family, InetAddress address, int port, String where)
            throws IOException {
        ServerSocketChannel socket = SelectorProvider.provider().openServerSocketChannel(family);
        try {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(new InetSocketAddress(address, port), BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw new IOException("cannot listen on " + where + " port " + port + ": " + e.getMessage(), e);
        }
        NioServerSocketChannel channel = new NioServerSocketChannel(socket);
        bound.add(new Bound(channel, bootstrap));
        return channel;
    }

    /**
     * Gives the sockets their event loops; all is in place then that takes connections.
     *
     * @throws IOException if there are none any more
     */
    void register() throws IOException {
        List<ChannelFuture> registrations = new ArrayList<>();
        for (Bound each : bound) {
            registrations.add(each.bootstrap().channelFactory(each::channel).register());
        }
        for (ChannelFuture registration : registrations) {
            if (!registration.awaitUninterruptibly().isSuccess()) {
                throw new IOException("cannot listen: " + registration.cause().getMessage(), registration.cause());
            }
        }
        // Netty puts what takes connections into a socket's pipeline by a task of its own, after it has told of the
        // registration. A socket that is bound already could accept before that, and whom it accepted nobody would see.
        List<Future<?>> takers = new ArrayList<>();
        for (Bound each : bound) {
            takers.add(each.channel().eventLoop().submit(() -> {}));
        }
        takers.forEach(Future::awaitUninterruptibly);
        bound.clear();
    }
}
