package io.alicia.mqtt.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that begin to listen later, in another process above all. */
public final class FreePort {

    private static final int LOWEST = 20_000;

    /** The first port that Linux gives to connections by itself; other systems begin higher. */
    private static final int FIRST_EPHEMERAL = 32_768;

    private FreePort() {}

    /**
     * A port that was free a moment ago, and none that the system gives to whoever asks for any: another test's connection could
     * take it before the server does.
     */
    public static int find() {
        int port = ThreadLocalRandom.current().nextInt(LOWEST, FIRST_EPHEMERAL);
        while (!isFree(port)) {
            port = ThreadLocalRandom.current().nextInt(LOWEST, FIRST_EPHEMERAL);
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
