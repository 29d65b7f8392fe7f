package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server said at CONNACK that it does not take: to send it nevertheless ends the connection (MQTT 5 §3.2.2.3), for all
 * other messages too. Its Maximum Packet Size is the transport's matter, which alone knows how long a packet is.
 */
final class ServerLimits {

    private ServerLimits() {}

    /** The end of a message that the server would not take, or null. */
    static PublishResult.@Nullable RefusedByServer refusal(Connack connack, Outgoing outgoing) {
        return outgoing.message().retain() && !connack.retainAvailable()
                ? new PublishResult.RefusedByServer(
                        ReasonCode.RETAIN_NOT_SUPPORTED, Optional.of("it said so at CONNACK; nothing was sent"))
                : null;
    }

    /** The QoS to publish with instead, if the server does not take {@code qos} [MQTT-3.2.2-11]. */
    static Optional<Qos> lowered(Connack connack, Qos qos) {
        return qos.compareTo(connack.maximumQos()) > 0 ? Optional.of(connack.maximumQos()) : Optional.empty();
    }
}
