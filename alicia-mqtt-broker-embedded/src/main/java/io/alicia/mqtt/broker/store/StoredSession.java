package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.broker.protocol.Will;
import org.jspecify.annotations.Nullable;

/**
 * A session's own data (MQTT 5 §4.1). Its subscriptions and messages are kept under its number, never under a name made
 * of the Client Identifier, so that no two clients can be taken for each other.
 *
 * @param number told apart from all other sessions that there ever were, above 0
 * @param clientIdentifier the Client Identifier
 * @param account who the client was, null if it was anonymous
 * @param listener the name of the listener that it came by, whose rules hold for it
 * @param expiryIntervalSeconds how long the session outlives its connection; 4,294,967,295 for ever
 * @param disconnectedAtMillis when the connection ended, milliseconds of the epoch; {@link #CONNECTED} if it had not
 * @param lastPacketIdentifier the Packet Identifier that the server used last, 0 for none: the next is counted from here
 * @param will what is still to be published for it, with the mount point in its topic, or null
 */
public record StoredSession(
        long number,
        String clientIdentifier,
        @Nullable String account,
        String listener,
        long expiryIntervalSeconds,
        long disconnectedAtMillis,
        int lastPacketIdentifier,
        @Nullable Will will) {

    /** In place of a time: the client was connected. */
    public static final long CONNECTED = 0;
}
