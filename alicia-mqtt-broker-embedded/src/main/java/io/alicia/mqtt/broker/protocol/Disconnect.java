package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * The last packet of a connection (MQTT 5 §3.14). Under 3.1.1 only a client sends one, and it says nothing more.
 *
 * @param reasonCode why
 * @param sessionExpiryIntervalSeconds the client's new Session Expiry Interval, or null for that of CONNECT
 * @param serverReference another server to use, or null
 * @param properties Reason String and User Properties
 */
public record Disconnect(
        ReasonCode reasonCode,
        @Nullable Long sessionExpiryIntervalSeconds,
        @Nullable String serverReference,
        ReasonProperties properties)
        implements Packet {

    /** A Reason Code alone. */
    public Disconnect(ReasonCode reasonCode) {
        this(reasonCode, null, null, ReasonProperties.NONE);
    }

    /** A Reason Code with a Reason String. */
    public Disconnect(ReasonCode reasonCode, String reasonString) {
        this(reasonCode, null, null, ReasonProperties.ofReason(reasonString));
    }

    @Override
    public PacketType type() {
        return PacketType.DISCONNECT;
    }
}
