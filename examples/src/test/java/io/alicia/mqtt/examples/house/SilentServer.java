package io.alicia.mqtt.examples.house;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that takes connections and never answers, or answers CONNECT and nothing else. */
final class SilentServer implements AutoCloseable {

    private static final int CONNECT = 0x10;
    private static final byte[] CONNACK = {0x20, 0x03, 0x00, 0x00, 0x00};

    private final ServerSocket socket;
    private final boolean letsIn;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private SilentServer(ServerSocket socket, boolean letsIn) {
        this.socket = socket;
        this.letsIn = letsIn;
    }

    static SilentServer start(boolean letsIn) throws IOException {
        SilentServer server = new SilentServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), letsIn);
        daemon(server::accept);
        return server;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "silent-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                daemon(() -> read(connection));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void read(Socket connection) {
        byte[] packets = new byte[4096];
        try (InputStream in = connection.getInputStream()) {
            for (int length = in.read(packets); length > 0; length = in.read(packets)) {
                if (letsIn && packets[0] == CONNECT) {
                    connection.getOutputStream().write(CONNACK);
                }
            }
        } catch (IOException e) {
            if (!connection.isClosed() && !socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    String uri() {
        return "mqtt://127.0.0.1:" + socket.getLocalPort();
    }

    int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
