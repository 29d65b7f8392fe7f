package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Why bytes off the wire are no packet. It ends the connection; it is a value and never thrown.
 *
 * @param reasonCode what a peer that can be told is told: {@link ReasonCode#MALFORMED_PACKET}, {@link
 *     ReasonCode#PROTOCOL_ERROR} or, where the specification names a closer one, that one
 * @param message names the packet, the field, its offset behind the fixed header and the broken rule
 * @param packetType the packet that was read, or null if its first byte already names none
 * @param version how the peer can be answered: the version it spoke (in CONNECT: asked for), 3.1.1 where an
 *     unsupported version is refused in the old form; null if it must not be answered at all (no MQTT, or nothing known)
 */
public record DecodeFailure(
        ReasonCode reasonCode,
        String message,
        @Nullable PacketType packetType,
        @Nullable MqttVersion version) implements Decoded {}
