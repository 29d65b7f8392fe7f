package io.alicia.mqtt.broker.protocol;

/**
 * An MQTT Control Packet as a value, the same type for 3.1.1 and 5.0: what 3.1.1 cannot say has its default.
 *
 * <p>Immutable. All but {@link Publish} live on the heap; a PUBLISH owns a part of a network buffer, see there.
 */
public sealed interface Packet extends Decoded
        permits Connect,
                Connack,
                Publish,
                Acknowledgement,
                Subscribe,
                Suback,
                Unsubscribe,
                Unsuback,
                Pingreq,
                Pingresp,
                Disconnect,
                Auth {

    /** Its kind. */
    PacketType type();
}
