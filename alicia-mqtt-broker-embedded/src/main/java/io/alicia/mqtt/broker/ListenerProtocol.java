package io.alicia.mqtt.broker;

/** What a listener speaks below MQTT. */
public enum ListenerProtocol {
    /** MQTT on TCP or a unix socket, with or without TLS (MQTT 5 §4.2). */
    TCP,
    /** MQTT in the binary frames of a WebSocket with subprotocol {@code mqtt} (MQTT 5 §6), with or without TLS. */
    WEBSOCKETS,
    /** MQTT between threads of one JVM, without a socket. */
    IN_PROCESS
}
