package io.alicia.mqtt.broker.cli;

import java.io.Serial;

/** A command line that can't be used; the message is Mosquitto's. */
final class UsageException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean showUsage;

    UsageException(String message, boolean showUsage) {
        super(message);
        this.showUsage = showUsage;
    }

    boolean showUsage() {
        return showUsage;
    }
}
