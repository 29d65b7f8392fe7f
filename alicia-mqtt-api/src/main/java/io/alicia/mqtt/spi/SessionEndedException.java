package io.alicia.mqtt.spi;

import org.jspecify.annotations.Nullable;

/**
 * The session that an operation belonged to ended first: its connection closed and the session was not to outlive it, or
 * the server had forgotten it.
 */
public final class SessionEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean possiblySent;

    /**
     * Because of {@code message}.
     *
     * @param message what happened
     * @param possiblySent whether the packet may have reached the other side; false if it certainly has not
     * @param cause what the transport's library said
     */
    public SessionEndedException(String message, boolean possiblySent, @Nullable Throwable cause) {
        super(message, cause);
        this.possiblySent = possiblySent;
    }

    /** Whether the packet may have reached the other side; to send it again may then deliver it twice. */
    public boolean isPossiblySent() {
        return possiblySent;
    }
}
