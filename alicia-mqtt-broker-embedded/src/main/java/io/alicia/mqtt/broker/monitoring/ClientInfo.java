package io.alicia.mqtt.broker.monitoring;

import io.alicia.mqtt.protocol.MqttVersion;
import org.jspecify.annotations.Nullable;

/**
 * A connected client.
 *
 * @param clientIdentifier its Client Identifier, given by it or assigned
 * @param account the account that it logged in with; null if it is anonymous
 * @param version the protocol version that it speaks
 * @param remoteAddress where it comes from: address and port, or {@code in-process}
 * @param listener the name of the listener that took it
 * @param cleanStart whether it asked for a new session
 * @param keepAliveSeconds its Keep Alive in seconds, 0 for none
 */
public record ClientInfo(
        String clientIdentifier,
        @Nullable String account,
        MqttVersion version,
        String remoteAddress,
        String listener,
        boolean cleanStart,
        int keepAliveSeconds) {}
