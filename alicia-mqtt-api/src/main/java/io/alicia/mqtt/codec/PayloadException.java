package io.alicia.mqtt.codec;

import org.jspecify.annotations.Nullable;

/**
 * A payload cannot be read. The message says where (line and column of the text, or the field's path such as
 * {@code payload.routing.hops}) and what was expected there; it is fit to be shown to a user without the stack trace.
 */
public final class PayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String reason;

    /**
     * A payload that cannot be read.
     *
     * @param reason what was expected, what was found
     */
    public PayloadException(String reason) {
        this("", reason, null);
    }

    /**
     * A payload that cannot be read.
     *
     * @param reason what was expected, what was found
     * @param cause what the reading library said
     */
    public PayloadException(String reason, @Nullable Throwable cause) {
        this("", reason, cause);
    }

    private PayloadException(String path, String reason, @Nullable Throwable cause) {
        super(path.isEmpty() ? reason : path + ": " + reason, cause);
        this.path = path;
        this.reason = reason;
    }

    /** The same failure, seen from the object that {@code field} belongs to. */
    PayloadException within(String field) {
        boolean indexed = path.startsWith("[");
        return new PayloadException(path.isEmpty() ? field : field + (indexed ? "" : ".") + path, reason, getCause());
    }

    /** {@return the path of the field that cannot be read, such as {@code routing.hops}; empty for the payload itself} */
    public String path() {
        return path;
    }
}
