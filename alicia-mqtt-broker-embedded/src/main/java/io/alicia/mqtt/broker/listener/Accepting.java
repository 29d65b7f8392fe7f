package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the connections of one listener, as many as are allowed, and builds their pipelines. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class Accepting extends ChannelInitializer<Channel> {

    private static final Logger LOG = LoggerFactory.getLogger(Accepting.class);

    private final Broker broker;
    private final ListenerSpec spec;
    private final ConnectionLimit allListeners;
    private final ConnectionLimit thisListener;
    private final Set<Connection> connections;

    Accepting(Broker broker, ListenerSpec spec, ConnectionLimit allListeners, Set<Connection> connections) {
        this.broker = broker;
        this.spec = spec;
        this.allListeners = allListeners;
        this.thisListener = new ConnectionLimit(spec.maxConnections());
        this.connections = connections;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!thisListener.enter()) {
            refuse(channel);
            return;
        }
        if (!allListeners.enter()) {
            thisListener.leave();
            refuse(channel);
            return;
        }
        Connection connection = new Connection(broker, spec.settings(), describe(channel.remoteAddress()));
        connections.add(connection);
        channel.closeFuture().addListener(closed -> {
            connections.remove(connection);
            thisListener.leave();
            allListeners.leave();
        });
        if (spec.endpoint() instanceof Endpoint.WebSocket webSocket) {
            WebSocketPipeline.build(channel.pipeline(), webSocket.path(), broker, connection);
        } else {
            channel.pipeline().addLast(connection);
        }
    }

    private void refuse(Channel channel) {
        LOG.warn(
                "{} was closed: listener {} has as many connections as it may",
                describe(channel.remoteAddress()),
                spec.settings().name());
        channel.close();
    }

    private static String describe(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "in-process";
    }
}
