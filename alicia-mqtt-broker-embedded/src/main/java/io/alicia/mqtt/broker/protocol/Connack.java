package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.ReasonCode;

/**
 * The server's answer to CONNECT (MQTT 5 §3.2). Under 3.1.1 the encoder turns the Reason Code into the return code that
 * is closest.
 *
 * @param sessionPresent whether the server had a session for the client
 * @param reasonCode whether the client is let in
 * @param properties not sent under 3.1.1
 */
public record Connack(boolean sessionPresent, ReasonCode reasonCode, ConnackProperties properties) implements Packet {

    /** A refusal without properties. */
    public static Connack refused(ReasonCode reasonCode) {
        return new Connack(false, reasonCode, ConnackProperties.NONE);
    }

    @Override
    public PacketType type() {
        return PacketType.CONNACK;
    }
}
