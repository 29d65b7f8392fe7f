package io.alicia.mqtt.broker.session;

import org.jspecify.annotations.Nullable;

/** The host of a remote address as connections are described: {@code 10.0.0.7:50312}. */
final class RemoteHost {

    private RemoteHost() {}

    /** Without the port; null where there is no host, as within one process or for a unix socket. */
    static @Nullable String ofOrNull(String remoteAddress) {
        int port = remoteAddress.lastIndexOf(':');
        return port < 0 || remoteAddress.startsWith("/") ? null : remoteAddress.substring(0, port);
    }
}
