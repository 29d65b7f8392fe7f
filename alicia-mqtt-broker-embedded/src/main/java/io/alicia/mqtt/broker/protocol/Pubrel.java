package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.ReasonCode;

/**
 * QoS 2, part two: the sender forgets the message and the receiver may forget its identifier (MQTT 5 §3.6).
 *
 * @param packetIdentifier of the PUBLISH, 1 to 65,535
 * @param reasonCode how it went
 * @param properties Reason String and User Properties
 */
public record Pubrel(int packetIdentifier, ReasonCode reasonCode, ReasonProperties properties)
        implements Acknowledgement {

    /** Success without properties. */
    public Pubrel(int packetIdentifier) {
        this(packetIdentifier, ReasonCode.SUCCESS, ReasonProperties.NONE);
    }

    /** Without properties. */
    public Pubrel(int packetIdentifier, ReasonCode reasonCode) {
        this(packetIdentifier, reasonCode, ReasonProperties.NONE);
    }

    @Override
    public PacketType type() {
        return PacketType.PUBREL;
    }
}
