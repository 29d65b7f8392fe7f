package io.alicia.mqtt.broker.store;

/** A record that does not say what a record of its kind says. */
final class DamagedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    DamagedRecordException(String message) {
        super(message);
    }
}
