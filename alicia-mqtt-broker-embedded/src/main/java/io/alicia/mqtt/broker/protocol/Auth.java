package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * A step of an authentication exchange, MQTT 5 only (MQTT 5 §3.15).
 *
 * @param reasonCode Success, Continue authentication or Re-authenticate
 * @param authenticationMethod the method; null only in the two-byte form, which means Success and nothing else
 * @param authenticationData the method's data, or null
 * @param properties Reason String and User Properties
 */
public record Auth(
        ReasonCode reasonCode,
        @Nullable String authenticationMethod,
        @Nullable BinaryData authenticationData,
        ReasonProperties properties)
        implements Packet {

    @Override
    public PacketType type() {
        return PacketType.AUTH;
    }
}
