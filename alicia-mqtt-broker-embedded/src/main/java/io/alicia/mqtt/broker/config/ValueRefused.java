package io.alicia.mqtt.broker.config;

import java.io.Serial;

/** A directive that can't be used, while the file around it is still being read; the message is Mosquitto's line. */
final class ValueRefused extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    ValueRefused(String message) {
        super(message);
    }
}
