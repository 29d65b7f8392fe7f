package io.alicia.mqtt.spi;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;

/**
 * Makes transports of one kind. Found by {@link java.util.ServiceLoader} on class path and module path; then it has a
 * public constructor without parameters. Safe for several threads.
 */
public interface MqttTransportProvider {

    /** A short name for logs, such as {@code hivemq}. */
    String name();

    /** Whether this provider's transports speak {@code version} to {@code server}; judged by its scheme. */
    boolean supports(MqttVersion version, ServerAddress server);

    /** A new transport that is not connected and holds no thread yet. */
    MqttTransport create(TransportOptions options);
}
