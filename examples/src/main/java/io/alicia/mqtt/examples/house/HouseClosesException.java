package io.alicia.mqtt.examples.house;

/** The house was told to close while somebody waited for something else. */
final class HouseClosesException extends Exception {

    private static final long serialVersionUID = 1L;
}
