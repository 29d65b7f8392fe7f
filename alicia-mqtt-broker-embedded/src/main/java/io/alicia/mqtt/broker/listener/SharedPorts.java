package io.alicia.mqtt.broker.listener;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ports at which one listener has all IPv6 addresses and others have IPv4 addresses. Java's socket for all IPv6
 * addresses takes IPv4 as well, so that none for IPv4 can be bound beside it: such a port has that socket alone, and
 * where a connection arrives tells whose it is.
 */
final class SharedPorts {

    /** What listeners want of one port that one socket can give. */
    private static final class Port {

        private final ByAddress listeners = new ByAddress();
        private final List<Addresses.Bind> given = new ArrayList<>();
        private boolean ipv4;
        private boolean ipv6;
        private @Nullable Channel socket;
    }

    /** Opens the socket of a port. */
    interface Opener {

        /**
         * Binds all IPv6 addresses, and IPv4 with them.
         *
         * @param listeners who takes the connections
         * @throws IOException if they cannot be bound
         */
        Channel open(ByAddress listeners) throws IOException;
    }

    private final Map<Integer, Port> ports = new HashMap<>();

    /** A listener wants to be bound so; before any is. */
    void add(int port, Addresses.Bind bind, Accepting listener) {
        // Each that wants any free port gets another one.
        if (port == 0) {
            return;
        }
        Port wanted = ports.computeIfAbsent(port, none -> new Port());
        if (bind.refusesIpv4()) {
            wanted.ipv6 = true;
            wanted.listeners.setIpv6(listener);
        } else if (bind.isIpv4()) {
            wanted.ipv4 = true;
            wanted.listeners.putIpv4(bind.address(), listener);
        }
    }

    /**
     * Gives a listener its share of a port.
     *
     * @return the socket; null if it needs one of its own
     * @throws IOException if the socket cannot be opened or another listener has the address
     */
    @Nullable
    Channel shareOrNull(int port, Addresses.Bind bind, Opener opener) throws IOException {
        Port shared = ports.get(port);
        if (shared == null || !shared.ipv4 || !shared.ipv6 || !(bind.isIpv4() || bind.refusesIpv4())) {
            return null;
        }
        for (Addresses.Bind other : shared.given) {
            if (bind.isIpv4() == other.isIpv4() && overlap(bind.address(), other.address())) {
                throw new IOException("cannot listen on " + bind.host() + " port " + port
                        + ": Address already in use, by another listener of the configuration");
            }
        }
        Channel socket = shared.socket;
        if (socket == null) {
            socket = opener.open(shared.listeners);
            shared.socket = socket;
        }
        shared.given.add(bind);
        return socket;
    }

    private static boolean overlap(InetAddress one, InetAddress other) {
        return one.equals(other) || one.isAnyLocalAddress() || other.isAnyLocalAddress();
    }
}
