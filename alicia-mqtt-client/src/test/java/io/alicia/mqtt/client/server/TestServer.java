package io.alicia.mqtt.client.server;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A server in a test, on loopback. */
public interface TestServer extends AutoCloseable {

    /** Its MQTT listener. */
    ServerAddress tcp();

    /** Its WebSocket listener. */
    ServerAddress webSocket();

    /** Whether it speaks {@code version}. */
    default boolean speaks(MqttVersion version) {
        return true;
    }

    @Override
    void close();

    /** A port that was free a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
