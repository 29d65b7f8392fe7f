package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.connection.TlsOptions;
import io.alicia.mqtt.spi.ConnectRequest;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** TCP and TLS, on an event loop that is somebody else's. */
public final class TcpLine implements Line {

    private final EventLoop loop;
    private final UnaryOperator<Bootstrap> settings;

    /**
     * A line on an event loop of NIO channels.
     *
     * @param loop the loop; goes on when the line ends
     * @param settings sets options of the sockets
     */
    public TcpLine(EventLoop loop, UnaryOperator<Bootstrap> settings) {
        this.loop = loop;
        this.settings = settings;
    }

    /**
     * {@return whether it leads to an address}
     *
     * @param server the address
     */
    public static boolean leadsTo(ServerAddress server) {
        return server.scheme().equals("mqtt") || isSecure(server);
    }

    private static boolean isSecure(ServerAddress server) {
        return server.scheme().equals("mqtts");
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public Destination find(ConnectRequest request) throws IOException {
        ServerAddress server = request.server();
        InetSocketAddress remote = new InetSocketAddress(InetAddress.getByName(server.host()), server.port());
        InetSocketAddress local = request.localHost().isPresent()
                ? new InetSocketAddress(
                        InetAddress.getByName(request.localHost().get()), 0)
                : null;
        TlsClient tls = isSecure(server) ? tls(request.tls(), server) : null;
        return mqtt -> bootstrap(request, tls, mqtt).connect(remote, local);
    }

    private static TlsClient tls(TlsOptions options, ServerAddress server) throws IOException {
        try {
            return TlsClient.of(options, server);
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private Bootstrap bootstrap(ConnectRequest request, @Nullable TlsClient tls, Consumer<ChannelPipeline> mqtt) {
        return settings.apply(new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        request.timeout().toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.handler());
                        }
                        mqtt.accept(channel.pipeline());
                    }
                }));
    }

    @Override
    public void end(boolean lingers, Runnable ended) {
        ended.run();
    }
}
