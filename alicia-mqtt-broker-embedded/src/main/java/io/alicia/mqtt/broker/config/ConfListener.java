package io.alicia.mqtt.broker.config;

import java.util.Optional;

/**
 * A listener as configured.
 *
 * @param at the line that made it
 * @param port 1 to 65535, or 0 for a unix socket
 * @param host the address or host name to bind; empty for all
 * @param unixSocketPath the path of the unix socket
 * @param settings what is set for this listener alone
 */
public record ConfListener(
        Location at, int port, Optional<String> host, Optional<String> unixSocketPath, Settings settings) {}
