package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Takes the connections of one listener, as many as are allowed, and leads each to MQTT. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class Accepting extends ChannelInitializer<Channel> {

    private final Shared shared;
    private final ListenerSpec spec;
    private final @Nullable HttpDirectory files;
    private final Admittance admittance;
    private final boolean ipv4;

    Accepting(Shared shared, ListenerSpec spec, @Nullable HttpDirectory files) {
        this(
                shared,
                spec,
                files,
                new Admittance(new ConnectionLimit(spec.maxConnections()), shared.limit(), shared.waiting()),
                true);
    }

    private Accepting(
            Shared shared, ListenerSpec spec, @Nullable HttpDirectory files, Admittance admittance, boolean ipv4) {
        this.shared = shared;
        this.spec = spec;
        this.files = files;
        this.admittance = admittance;
        this.ipv4 = ipv4;
    }

    /** The same for a socket that takes IPv4 as well, but should not. */
    Accepting withoutIpv4() {
        return new Accepting(shared, spec, files, admittance, false);
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!ipv4 && isIpv4(channel.remoteAddress())) {
            channel.close();
            return;
        }
        if (channel instanceof SocketChannel tcp && !setNodelay(tcp)) {
            return;
        }
        String remoteAddress = describe(channel.remoteAddress());
        admittance.decide(
                channel,
                leave -> new Admission(shared, spec, files, channel, remoteAddress, leave).begin(),
                () -> refuse(channel, remoteAddress));
    }

    /** Whether the connection is still there. */
    private boolean setNodelay(SocketChannel tcp) {
        try {
            tcp.config().setTcpNoDelay(shared.tcpNodelay().get());
            return true;
        } catch (ChannelException e) {
            // The client has gone already.
            tcp.close();
            return false;
        }
    }

    private void refuse(Channel channel, String remoteAddress) {
        shared.broker()
                .failed(remoteAddress, spec.settings().name(), ConnectionFailure.LIMIT, "max_connections exceeded");
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
