package io.alicia.mqtt.broker;

/** What a listener speaks below MQTT. */
public enum ListenerProtocol {
    /** MQTT on TCP (MQTT 5 §4.2). */
    TCP,
    /** MQTT in the binary frames of a WebSocket with subprotocol {@code mqtt} (MQTT 5 §6). */
    WEBSOCKETS,
    /** MQTT between threads of one JVM, without a socket. */
    IN_PROCESS
}
