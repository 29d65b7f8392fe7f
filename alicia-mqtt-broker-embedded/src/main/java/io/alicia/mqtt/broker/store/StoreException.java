package io.alicia.mqtt.broker.store;

/** Why a store cannot be opened or written, in one line for an operator that names the file. */
public final class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
