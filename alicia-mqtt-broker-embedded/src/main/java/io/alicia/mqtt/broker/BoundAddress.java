package io.alicia.mqtt.broker;

/**
 * Where a listener of a running broker can be reached.
 *
 * @param config the listener
 * @param host the address that it is bound to; for an in-process listener the name of its local address
 * @param port the port that it is bound to; 0 for an in-process listener
 */
public record BoundAddress(ListenerConfig config, String host, int port) {

    /** {@return the address as a client's URI: {@code mqtt://…}, {@code ws://…} or {@code in-process:…}} */
    public String uri() {
        return switch (config.protocol()) {
            case TCP -> "mqtt://" + host + ":" + port;
            case WEBSOCKETS -> "ws://" + host + ":" + port + config.websocketPath();
            case IN_PROCESS -> "in-process:" + host;
        };
    }
}
