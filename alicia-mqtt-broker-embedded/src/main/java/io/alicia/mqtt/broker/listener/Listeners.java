package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.Connection;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of one broker and the connections that came by them. */
public final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final int BACKLOG = 1024;
    private static final long GOODBYE_MILLIS = 1000;
    private static final int SLOW_THREADS = 2;
    private static final int MOST_WAITING_FOR_ROOM = 64;

    private final EventLoopGroup loops;
    private final int highWaterBytes;
    private final ThreadPoolExecutor slow;
    private final List<Channel> serverChannels = new ArrayList<>();
    private final TcpSockets tcpSockets = new TcpSockets();
    private final List<Path> unixSockets = new ArrayList<>();
    private final Shared shared;

    /**
     * No listeners yet.
     *
     * @param broker who answers the connections
     * @param loops where they live: the broker's event loops
     * @param maxConnections how many connections at once, all listeners together; -1 for no limit
     * @param highWaterBytes how much may wait in a connection's output before it is not read any more
     * @param tcpNodelay whether a segment that is not full is sent at once
     */
    public Listeners(Broker broker, EventLoopGroup loops, int maxConnections, int highWaterBytes, boolean tcpNodelay) {
        this.loops = loops;
        this.highWaterBytes = highWaterBytes;
        // What takes milliseconds must not hold up an event loop. The connections that wait for it are bounded.
        this.slow = new ThreadPoolExecutor(
                SLOW_THREADS,
                SLOW_THREADS,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("alicia-broker-slow", true));
        this.slow.allowCoreThreadTimeOut(true);
        this.shared = new Shared(
                broker,
                new ConnectionLimit(maxConnections),
                new ConnectionLimit(MOST_WAITING_FOR_ROOM),
                ConcurrentHashMap.newKeySet(),
                ConcurrentHashMap.newKeySet(),
                new AtomicBoolean(tcpNodelay),
                slow);
    }

    /**
     * Other settings for the connections that come from now on.
     *
     * @param maxConnections how many connections at once, all listeners together; -1 for no limit
     * @param tcpNodelay whether a segment that is not full is sent at once
     */
    public void change(int maxConnections, boolean tcpNodelay) {
        shared.limit().change(maxConnections);
        shared.tcpNodelay().set(tcpNodelay);
    }

    /**
     * Binds the listeners, whose connections wait for {@link #accept}; once.
     *
     * @param specs where and for whom
     * @return the listeners, in the same order
     * @throws IOException if one cannot be bound; the message names the address and the reason
     */
    public List<BoundListener> bind(List<ListenerSpec> specs) throws IOException {
        List<Planned> planned = new ArrayList<>();
        SharedPorts ports = new SharedPorts();
        for (ListenerSpec spec : specs) {
            Planned each = plan(spec);
            planned.add(each);
            if (spec.endpoint() instanceof Endpoint.Tcp tcp) {
                each.addresses().forEach(address -> ports.add(tcp.port(), address, each.accepting()));
            }
        }
        List<BoundListener> bound = new ArrayList<>();
        try {
            for (Planned each : planned) {
                bound.add(new BoundListener(each.spec(), bind(each, ports)));
            }
        } finally {
            // Without an event loop those that were bound before one that cannot be could not be closed either.
            tcpSockets.register();
        }
        return List.copyOf(bound);
    }

    /**
     * A listener to bind.
     *
     * @param spec what was asked for
     * @param accepting what takes its connections
     * @param addresses where, if it is one of TCP
     */
    private record Planned(ListenerSpec spec, Accepting accepting, List<Addresses.Bind> addresses) {}

    private Planned plan(ListenerSpec spec) throws IOException {
        Path httpDir = spec.layers().webSocket() == null
                ? null
                : spec.layers().webSocket().httpDir();
        return new Planned(
                spec,
                new Accepting(shared, spec, httpDir == null ? null : new HttpDirectory(httpDir)),
                spec.endpoint() instanceof Endpoint.Tcp tcp ? Addresses.of(tcp) : List.of());
    }

    private List<BoundListener.Socket> bind(Planned planned, SharedPorts ports) throws IOException {
        Endpoint endpoint = planned.spec().endpoint();
        if (endpoint instanceof Endpoint.InProcess inProcess) {
            Channel channel = bind(
                    bootstrap(planned.accepting()).channel(LocalServerChannel.class),
                    new LocalAddress(inProcess.name()),
                    "in-process address " + inProcess.name());
            return List.of(new BoundListener.Socket(inProcess.name(), 0, channel));
        }
        if (endpoint instanceof Endpoint.Unix unix) {
            return List.of(bindUnix(unix.path(), planned.accepting()));
        }
        List<BoundListener.Socket> sockets = new ArrayList<>();
        int port = ((Endpoint.Tcp) endpoint).port();
        for (Addresses.Bind address : planned.addresses()) {
            BoundListener.Socket socket = bindTcp(address, port, planned.accepting(), ports);
            sockets.add(socket);
            // Where any free one was asked for, all addresses get the same.
            port = socket.port();
        }
        return List.copyOf(sockets);
    }

    private BoundListener.Socket bindTcp(Addresses.Bind address, int port, Accepting accepting, SharedPorts ports)
            throws IOException {
        Channel channel = ports.shareOrNull(
                port,
                address,
                byAddress -> open(byAddress, StandardProtocolFamily.INET6, Addresses.allIpv6(), port, "all addresses"));
        if (channel == null) {
            channel = open(
                    address.refusesIpv4() ? accepting.withoutIpv4() : accepting,
                    address.family(),
                    address.address(),
                    port,
                    address.allIpv4() ? "all addresses" : address.host());
        }
        return new BoundListener.Socket(
                address.host(), ((InetSocketAddress) channel.localAddress()).getPort(), channel);
    }

    private Channel open(
            ChannelInitializer<Channel> accepting,
            StandardProtocolFamily family,
            InetAddress address,
            int port,
            String where)
            throws IOException {
        Channel socket = tcpSockets.bind(bootstrap(accepting), family, address, port, where);
        serverChannels.add(socket);
        return socket;
    }

    private ServerBootstrap bootstrap(ChannelInitializer<Channel> accepting) {
        return new ServerBootstrap()
                .group(loops)
                .option(ChannelOption.AUTO_READ, false)
                .childHandler(accepting)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark((highWaterBytes + 1) / 2, highWaterBytes));
    }

    private BoundListener.Socket bindUnix(Path path, Accepting accepting) throws IOException {
        try {
            UnixSocketFile.removeStale(path);
        } catch (IOException e) {
            throw new IOException("cannot listen on unix socket " + path + ": " + e.getMessage(), e);
        }
        Channel channel = bind(
                bootstrap(accepting)
                        .channel(NioServerDomainSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG),
                unixAddress(path),
                "unix socket " + path);
        unixSockets.add(path);
        UnixSocketFile.protect(path);
        return new BoundListener.Socket(path.toString(), 0, channel);
    }

    private static UnixDomainSocketAddress unixAddress(Path path) throws IOException {
        try {
            return UnixDomainSocketAddress.of(path);
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot listen on unix socket " + path + ": " + e.getMessage(), e);
        }
    }

    private Channel bind(ServerBootstrap bootstrap, SocketAddress address, String where) throws IOException {
        ChannelFuture binding = bootstrap.bind(address).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + where + ": " + binding.cause().getMessage(), binding.cause());
        }
        serverChannels.add(binding.channel());
        return binding.channel();
    }

    /** Takes connections, from now on and those that have waited. */
    public void accept() {
        serverChannels.forEach(server -> server.config().setAutoRead(true));
    }

    /** Takes no more connections, says goodbye on those that there are, and waits for that, but not for long. */
    @SuppressWarnings("FutureReturnValueIgnored") // closes what did not close in time; nobody waits any longer
    public void close() {
        List<ChannelFuture> closing = new ArrayList<>();
        for (Channel server : serverChannels) {
            closing.add(server.close());
        }
        for (Channel admission : shared.admissions()) {
            closing.add(admission.close());
        }
        for (Connection connection : shared.connections()) {
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
        slow.shutdownNow();
        unixSockets.forEach(Listeners::remove);
    }

    private static void remove(Path unixSocket) {
        try {
            Files.deleteIfExists(unixSocket);
        } catch (IOException e) {
            LOG.warn("the unix socket {} could not be removed: {}", unixSocket, e.getMessage());
        }
    }
}
