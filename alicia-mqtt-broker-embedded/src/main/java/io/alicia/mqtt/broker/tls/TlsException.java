package io.alicia.mqtt.broker.tls;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** TLS settings that can't be used; the message is for the operator and names the option and what was expected. */
public final class TlsException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    TlsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * One without a deeper cause.
     *
     * @param message for the operator
     */
    public TlsException(String message) {
        this(message, null);
    }
}
