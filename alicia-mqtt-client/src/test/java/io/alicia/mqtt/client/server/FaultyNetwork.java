package io.alicia.mqtt.client.server;

import io.alicia.mqtt.connection.ServerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A network between clients and a server that can be cut, held up, and left half-open; on loopback. */
public final class FaultyNetwork implements AutoCloseable {

    private final ServerAddress behind;
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final AtomicInteger refusals = new AtomicInteger();
    private boolean held;
    private boolean open = true;

    /** A network to {@code behind}. */
    public FaultyNetwork(ServerAddress behind) {
        this.behind = behind;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread("accept", this::accept);
    }

    /** The address for clients. */
    public ServerAddress address() {
        return ServerAddress.of("mqtt://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        while (isOpen()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind.port());
                sockets.add(client);
                sockets.add(server);
                thread("to-server", () -> forward(client, server));
                thread("to-client", () -> forward(server, client));
            } catch (IOException e) {
                refusals.incrementAndGet(); // the listener was closed, or the server is away
            }
        }
    }

    private void forward(Socket from, Socket to) {
        byte[] buffer = new byte[1_024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(buffer);
            while (length >= 0) {
                awaitRelease();
                out.write(buffer, 0, length);
                out.flush();
                length = in.read(buffer);
            }
        } catch (IOException e) {
            return; // cut, by this test or by an end; closing both sockets is all there is to do
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitRelease() throws IOException {
        lock.lock();
        try {
            while (held && open) {
                released.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Closes every connection. */
    public void cut() {
        sockets.forEach(FaultyNetwork::close);
        sockets.clear();
    }

    /** Closes every second socket alone, so that one end does not hear of it as long as nothing is sent. */
    public void cutHalf() {
        List<Socket> all = List.copyOf(sockets);
        for (int i = 0; i < all.size(); i += 2) {
            close(all.get(i));
        }
    }

    /** Holds all bytes up. */
    public void hold() {
        lock.lock();
        try {
            held = true;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the bytes go on. */
    public void release() {
        lock.lock();
        try {
            held = false;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void thread(String name, Runnable task) {
        Thread thread = new Thread(task, "faulty-network-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            open = false;
            released.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
