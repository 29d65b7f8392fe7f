package io.alicia.mqtt.broker.protocol;

/** Which end of the connection sends the packets that are read. */
public enum Sender {
    /** A client: what a broker reads. */
    CLIENT,
    /** A server: what a client reads. */
    SERVER
}
