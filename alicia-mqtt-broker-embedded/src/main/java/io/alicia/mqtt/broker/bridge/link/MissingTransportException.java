package io.alicia.mqtt.broker.bridge.link;

import java.io.Serial;

/** A bridge is configured, and nothing on the class path can speak to its remote broker; the message says what to add. */
public final class MissingTransportException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1L;

    MissingTransportException(String message) {
        super(message);
    }
}
