package io.alicia.mqtt.client.hivemq;

import io.alicia.mqtt.spi.KeptHandshake;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The handshakes with Packet Identifiers that the caller chose, and those that the HiveMQ client has given them, over all connections
 * of one of its objects: it sends a message again under its own. Confined to the event loop.
 */
final class KeptHandshakes {

    private final Map<Integer, KeptHandshake> byClientIdentifier = new HashMap<>();
    private final Map<Integer, Integer> clientIdentifiers = new HashMap<>();

    /** Whether {@code identifier} is one that callers choose. */
    static boolean isKept(int identifier) {
        return identifier >= KeptHandshake.FIRST_PACKET_IDENTIFIER
                && identifier <= KeptHandshake.LAST_PACKET_IDENTIFIER;
    }

    /** The HiveMQ client sends {@code handshake}'s message under {@code clientIdentifier}. */
    void sentAs(int clientIdentifier, KeptHandshake handshake) {
        byClientIdentifier.put(clientIdentifier, handshake);
        clientIdentifiers.put(handshake.packetIdentifier(), clientIdentifier);
    }

    /** The HiveMQ client sends a message that nobody keeps under {@code clientIdentifier}: an earlier one has come to its end. */
    void taken(int clientIdentifier) {
        if (!byClientIdentifier.isEmpty()) {
            byClientIdentifier.remove(clientIdentifier);
        }
    }

    /** The handshake that the HiveMQ client means, or null if nobody keeps it. */
    @Nullable
    KeptHandshake byClientIdentifierOrNull(int clientIdentifier) {
        return byClientIdentifier.get(clientIdentifier);
    }

    /** What the HiveMQ client calls {@code packetIdentifier}, or null if it does not know it. */
    @Nullable
    Integer clientIdentifierOrNull(int packetIdentifier) {
        return clientIdentifiers.get(packetIdentifier);
    }

    /** The handshake is through. */
    void ended(int packetIdentifier) {
        Integer clientIdentifier = clientIdentifiers.remove(packetIdentifier);
        if (clientIdentifier != null) {
            byClientIdentifier.remove(clientIdentifier);
        }
    }
}
