package io.alicia.mqtt.client.server;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A server in a test, on loopback. */
public interface TestServer extends AutoCloseable {

    /** Where {@link #freePort} begins to look. */
    int LOWEST_PORT = 20_000;

    /** The first port that Linux gives to connections by itself; other systems begin higher. */
    int FIRST_EPHEMERAL_PORT = 32_768;

    /** Its MQTT listener. */
    ServerAddress tcp();

    /** Its WebSocket listener. */
    ServerAddress webSocket();

    /** Whether it speaks {@code version}, and our clients do. */
    default boolean speaks(MqttVersion version) {
        return version != MqttVersion.MQTT_3_1;
    }

    @Override
    void close();

    /**
     * A port that was free a moment ago, and is no port that the operating system gives to whoever asks for any: those go to other
     * tests' connections the next moment.
     */
    static int freePort() {
        int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, FIRST_EPHEMERAL_PORT);
        while (!isFree(port)) {
            port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, FIRST_EPHEMERAL_PORT);
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
