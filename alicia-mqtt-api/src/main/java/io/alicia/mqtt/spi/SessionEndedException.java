package io.alicia.mqtt.spi;

import org.jspecify.annotations.Nullable;

/**
 * The session that an operation belonged to ended first: its connection closed and the session was not to outlive it, or
 * the server had forgotten it. Nobody knows whether the other side saw the packet; to send again may deliver twice.
 */
public final class SessionEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Because of {@code message}. */
    public SessionEndedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
