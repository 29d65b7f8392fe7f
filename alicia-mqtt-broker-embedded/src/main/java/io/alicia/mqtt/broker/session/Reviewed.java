package io.alicia.mqtt.broker.session;

import org.jspecify.annotations.Nullable;

/**
 * A client that was connected when rules were replaced.
 *
 * @param clientIdentifier its Client Identifier
 * @param account its account, null for an anonymous client
 * @param listener the name of the listener that it came by
 * @param dismissal why it was disconnected, null if it stays
 */
public record Reviewed(
        String clientIdentifier,
        @Nullable String account,
        String listener,
        @Nullable String dismissal) {}
