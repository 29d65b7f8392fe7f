package io.alicia.mqtt.broker.listener;

import java.net.StandardProtocolFamily;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a listener listens. */
public sealed interface Endpoint {

    /**
     * TCP.
     *
     * @param host address or host name to bind, {@code *} for all addresses
     * @param port 0 for any free one
     * @param networkInterface the interface whose addresses are bound; null for any
     * @param family INET or INET6; null for both
     */
    record Tcp(
            String host,
            int port,
            @Nullable String networkInterface,
            @Nullable StandardProtocolFamily family) implements Endpoint {

        static final String ALL_ADDRESSES = "*";
    }

    /**
     * A unix socket.
     *
     * @param path its file
     */
    record Unix(Path path) implements Endpoint {}

    /**
     * Within the JVM.
     *
     * @param name the name of Netty's local address
     */
    record InProcess(String name) implements Endpoint {}
}
