package io.alicia.mqtt.broker.session;

/**
 * What all clients together may make the broker hold, and how fast one address may come; no limit is the largest value.
 *
 * @param maxSessions sessions, those of clients that are away among them
 * @param maxRetainedMessages topics with a retained message
 * @param maxRetainedBytes what those take in memory
 * @param maxHeldBytes what all sessions take in memory, with the messages that they hold
 * @param maxIncomingBytes what large packets may have together that are being received
 * @param maxOutgoingBytes what the network may not have taken before each connection has little alone
 * @param maxConnectsPerSecond CONNECT packets of one address in a second
 * @param maxFailedLogIns failed log-ins of one account from one address before the next has to wait
 * @param failedLogInPauseMillis how long it has to wait
 */
public record Quotas(
        int maxSessions,
        int maxRetainedMessages,
        long maxRetainedBytes,
        long maxHeldBytes,
        long maxIncomingBytes,
        long maxOutgoingBytes,
        int maxConnectsPerSecond,
        int maxFailedLogIns,
        long failedLogInPauseMillis) {

    /** What whoever finds no room is told. */
    static final String HELD_BYTES_REACHED = "all sessions together hold as much as maxHeldBytes allows";
}
