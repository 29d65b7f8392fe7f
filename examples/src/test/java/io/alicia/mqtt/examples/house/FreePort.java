package io.alicia.mqtt.examples.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that begin to listen later, in another process above all. The other modules take theirs from the tests of
 * alicia-mqtt-api; here the command that runs the house would ask for that jar before there is one.
 */
final class FreePort {

    private static final int LOWEST = 10_000;

    /** Four ranges of it end below 16,000: neither Linux nor a sandbox gives these ports to whoever asks for any. */
    private static final int EACH = 1_500;

    /** Test processes run beside each other, and none may take what another one has found. */
    private static final int FIRST = LOWEST + EACH * (Integer.getInteger("alicia.test.process", 0) % 4);

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(EACH));

    private FreePort() {}

    /** A port that was free a moment ago, and that no other test is told before a thousand more were asked for. */
    static int find() {
        int port = next();
        while (!isFree(port)) {
            port = next();
        }
        return port;
    }

    private static int next() {
        return FIRST + Math.floorMod(NEXT.getAndIncrement(), EACH);
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
