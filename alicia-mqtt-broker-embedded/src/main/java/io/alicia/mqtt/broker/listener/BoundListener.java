package io.alicia.mqtt.broker.listener;

import io.netty.channel.Channel;
import java.util.List;

/**
 * A listener that takes connections.
 *
 * @param spec what was asked for
 * @param sockets its server channels, at least one
 */
public record BoundListener(ListenerSpec spec, List<Socket> sockets) {

    /**
     * One address that it is bound to.
     *
     * @param host the address, {@code *} for all; for a unix socket its path, in process the address's name
     * @param port the port, 0 if it has none
     * @param channel the server channel
     */
    public record Socket(String host, int port, Channel channel) {}
}
