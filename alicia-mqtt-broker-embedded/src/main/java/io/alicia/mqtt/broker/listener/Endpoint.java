package io.alicia.mqtt.broker.listener;

/** Where a listener listens and what it speaks below MQTT. */
public sealed interface Endpoint {

    /**
     * MQTT on TCP.
     *
     * @param address address or host name to bind
     * @param port 0 for any free one
     */
    record Tcp(String address, int port) implements Endpoint {}

    /**
     * MQTT over WebSocket.
     *
     * @param address address or host name to bind
     * @param port 0 for any free one
     * @param path the request path
     */
    record WebSocket(String address, int port, String path) implements Endpoint {}

    /**
     * MQTT within the JVM.
     *
     * @param name the name of Netty's local address
     */
    record InProcess(String name) implements Endpoint {}
}
