package io.alicia.mqtt.broker.listener;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/**
 * A listener that takes connections.
 *
 * @param spec what was asked for
 * @param channel its server channel
 */
public record BoundListener(ListenerSpec spec, Channel channel) {

    /** {@return the port that it is bound to, 0 if it has none} */
    public int port() {
        return channel.localAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
    }
}
