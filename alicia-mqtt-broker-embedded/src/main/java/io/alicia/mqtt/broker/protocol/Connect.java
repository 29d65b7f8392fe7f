package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import org.jspecify.annotations.Nullable;

/**
 * A client asks for a connection (MQTT 5 §3.1, 3.1.1 §3.1).
 *
 * @param version what the client speaks
 * @param bridge whether the client marked itself as a Mosquitto bridge: the Protocol Level's highest bit
 *     ({@code try_private} of mosquitto.conf)
 * @param clientIdentifier may be empty
 * @param cleanStart Clean Start, under 3.1.1 Clean Session
 * @param keepAliveSeconds 0 to 65,535; 0 turns Keep Alive off
 * @param userName or null if there is none
 * @param password or null if there is none; need not be text
 * @param will the Will Message, or null
 * @param properties under 3.1.1 the defaults, with a Session Expiry Interval that means the same as Clean Session
 */
public record Connect(
        MqttVersion version,
        boolean bridge,
        String clientIdentifier,
        boolean cleanStart,
        int keepAliveSeconds,
        @Nullable String userName,
        @Nullable BinaryData password,
        @Nullable Will will,
        ConnectProperties properties)
        implements Packet {

    @Override
    public PacketType type() {
        return PacketType.CONNECT;
    }
}
