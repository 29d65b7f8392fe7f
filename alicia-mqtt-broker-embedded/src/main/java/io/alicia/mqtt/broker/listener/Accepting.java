package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.Executor;

/** Takes the connections of one listener, as many as are allowed, and leads each to MQTT. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class Accepting extends ChannelInitializer<Channel> {

    private final Broker broker;
    private final ListenerSpec spec;
    private final ConnectionLimit allListeners;
    private final ConnectionLimit thisListener;
    private final Set<Connection> connections;
    private final Set<Channel> admissions;
    private final Executor slow;
    private final boolean ipv4;

    Accepting(
            Broker broker,
            ListenerSpec spec,
            ConnectionLimit allListeners,
            Set<Connection> connections,
            Set<Channel> admissions,
            Executor slow) {
        this(
                broker,
                spec,
                allListeners,
                new ConnectionLimit(spec.maxConnections()),
                connections,
                admissions,
                slow,
                true);
    }

    private Accepting(
            Broker broker,
            ListenerSpec spec,
            ConnectionLimit allListeners,
            ConnectionLimit thisListener,
            Set<Connection> connections,
            Set<Channel> admissions,
            Executor slow,
            boolean ipv4) {
        this.broker = broker;
        this.spec = spec;
        this.allListeners = allListeners;
        this.thisListener = thisListener;
        this.connections = connections;
        this.admissions = admissions;
        this.slow = slow;
        this.ipv4 = ipv4;
    }

    /** The same for a socket that takes IPv4 as well, but should not. */
    Accepting withoutIpv4() {
        return new Accepting(broker, spec, allListeners, thisListener, connections, admissions, slow, false);
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!ipv4 && isIpv4(channel.remoteAddress())) {
            channel.close();
            return;
        }
        if (!thisListener.enter()) {
            refuse(channel);
            return;
        }
        if (!allListeners.enter()) {
            thisListener.leave();
            refuse(channel);
            return;
        }
        channel.closeFuture().addListener(closed -> {
            thisListener.leave();
            allListeners.leave();
        });
        new Admission(broker, spec, channel, describe(channel.remoteAddress()), connections, admissions, slow).begin();
    }

    private void refuse(Channel channel) {
        broker.failed(
                describe(channel.remoteAddress()),
                spec.settings().name(),
                ConnectionFailure.LIMIT,
                "max_connections exceeded");
        channel.close();
    }

    private static boolean isIpv4(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet4Address;
    }

    private String describe(SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            return Addresses.withoutZone(NetUtil.toAddressString(inet.getAddress())) + ":" + inet.getPort();
        }
        // The client's end of a unix socket has no name; Mosquitto tells the server's.
        return spec.endpoint() instanceof Endpoint.Unix unix ? unix.path() + ":0" : "in-process";
    }
}
