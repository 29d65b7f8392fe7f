package io.alicia.mqtt.codec;

import org.jspecify.annotations.Nullable;

/**
 * A payload cannot be read. The message says where (line and column of the text, or the field's path such as
 * {@code payload.routing.hops}) and what was expected there; it is fit to be shown to a user without the stack trace.
 */
public final class PayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A payload that cannot be read.
     *
     * @param message where, what was expected, what was found
     */
    public PayloadException(String message) {
        this(message, null);
    }

    /**
     * A payload that cannot be read.
     *
     * @param message where, what was expected, what was found
     * @param cause what the reading library said, if it was one
     */
    public PayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
