package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.ReasonCode;

/**
 * QoS 1: the PUBLISH is taken (MQTT 5 §3.4).
 *
 * @param packetIdentifier of the PUBLISH, 1 to 65,535
 * @param reasonCode how it went
 * @param properties Reason String and User Properties
 */
public record Puback(int packetIdentifier, ReasonCode reasonCode, ReasonProperties properties)
        implements Acknowledgement {

    /** Success without properties. */
    public Puback(int packetIdentifier) {
        this(packetIdentifier, ReasonCode.SUCCESS, ReasonProperties.NONE);
    }

    /** Without properties. */
    public Puback(int packetIdentifier, ReasonCode reasonCode) {
        this(packetIdentifier, reasonCode, ReasonProperties.NONE);
    }

    @Override
    public PacketType type() {
        return PacketType.PUBACK;
    }
}
