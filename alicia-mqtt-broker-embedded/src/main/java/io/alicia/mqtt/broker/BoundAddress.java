package io.alicia.mqtt.broker;

import java.nio.file.Path;

/**
 * Where a listener of a running broker can be reached. A listener that is bound to several addresses has several.
 *
 * @param config the listener
 * @param host the address that it is bound to, {@link ListenerConfig#ALL_ADDRESSES} for all; for an in-process listener
 *     the name of its local address, for a unix socket its path
 * @param port the port that it is bound to; 0 for an in-process listener or a unix socket
 */
public record BoundAddress(ListenerConfig config, String host, int port) {

    /**
     * {@return the address as a client's URI: {@code mqtt://…}, {@code mqtts://…}, {@code ws://…}, {@code wss://…}, {@code
     * unix:…} or {@code in-process:…}}
     */
    public String uri() {
        String secure = config.tls().isPresent() ? "s" : "";
        if (config.unixSocketPath().isPresent()) {
            return "unix:" + Path.of(host).toAbsolutePath();
        }
        return switch (config.protocol()) {
            case TCP -> "mqtt" + secure + "://" + authority();
            case WEBSOCKETS -> "ws" + secure + "://" + authority() + config.websocketPath();
            case IN_PROCESS -> "in-process:" + host;
        };
    }

    private String authority() {
        if (host.equals(ListenerConfig.ALL_ADDRESSES)) {
            return "localhost:" + port;
        }
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
