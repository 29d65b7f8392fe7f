package io.alicia.mqtt.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a client stands with its server.
 *
 * <pre>
 * Connecting ──▶ Connected ──▶ Waiting ──▶ Connecting …
 *      └───────────────────────▶ Waiting
 * any ──▶ Closed
 * </pre>
 */
public sealed interface ConnectionState {

    /**
     * An attempt to connect is under way.
     *
     * @param attempt counts the attempts since the last connection, from 1
     * @param server the server that is tried
     */
    record Connecting(int attempt, ServerAddress server) implements ConnectionState {}

    /**
     * Connected: messages flow.
     *
     * @param server the server
     * @param sessionPresent whether the server still had the session, with its subscriptions and messages
     */
    record Connected(ServerAddress server, boolean sessionPresent) implements ConnectionState {}

    /**
     * Not connected; the next attempt is due later.
     *
     * @param attempt how many attempts have failed since the last connection; 0 right after one was lost
     * @param until when the next attempt begins
     * @param reason what happened, for a human
     * @param failure why the last attempt failed, if it was one
     * @param cause who ended the last connection and how, if one was lost
     */
    record Waiting(
            int attempt,
            Instant until,
            String reason,
            Optional<ConnectFailure> failure,
            Optional<DisconnectCause> cause)
            implements ConnectionState {

        /** How long it is from {@code now} to the next attempt. */
        public Duration remaining(Instant now) {
            return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
        }
    }

    /**
     * Closed for good.
     *
     * @param cause how the last connection ended, if there was one
     * @param reason why, for a human
     */
    record Closed(Optional<DisconnectCause> cause, String reason) implements ConnectionState {}
}
