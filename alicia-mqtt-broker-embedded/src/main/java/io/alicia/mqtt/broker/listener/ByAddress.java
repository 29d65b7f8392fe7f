package io.alicia.mqtt.broker.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the connections of a socket for IPv6 and IPv4, and hands each to the listener that has the address at which it
 * arrived. Complete before the socket is bound.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class ByAddress extends ChannelInitializer<Channel> {

    private final Map<InetAddress, Accepting> ipv4 = new HashMap<>();
    private @Nullable Accepting allIpv4;
    private @Nullable Accepting ipv6;

    void setIpv6(Accepting listener) {
        ipv6 = listener;
    }

    void putIpv4(InetAddress address, Accepting listener) {
        if (address.isAnyLocalAddress()) {
            allIpv4 = listener;
        } else {
            ipv4.put(address, listener);
        }
    }

    @Override
    protected void initChannel(Channel channel) {
        Accepting listener = ofOrNull(channel.localAddress());
        if (listener == null) {
            channel.close();
        } else {
            listener.initChannel(channel);
        }
    }

    private @Nullable Accepting ofOrNull(SocketAddress arrivedAt) {
        // Java tells an IPv4 address as such also where it came mapped into IPv6.
        if (arrivedAt instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet4Address address) {
            return ipv4.getOrDefault(address, allIpv4);
        }
        return ipv6;
    }
}
