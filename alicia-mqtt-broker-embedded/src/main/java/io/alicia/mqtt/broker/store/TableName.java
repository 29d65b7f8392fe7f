package io.alicia.mqtt.broker.store;

import java.util.Locale;

/** The maps of the file. */
enum TableName {
    /** Topic → its retained message. */
    RETAINED,
    /** Number → session. */
    SESSIONS,
    /** Session number and Topic Filter → subscription. */
    SUBSCRIPTIONS,
    /** Session number and Packet Identifier of QoS 2 messages from the client. */
    RECEIVED,
    /** Number → message for sessions. */
    MESSAGES,
    /** Session number and sequence → which message, and how far it has got. */
    OUTGOING;

    String mapName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
