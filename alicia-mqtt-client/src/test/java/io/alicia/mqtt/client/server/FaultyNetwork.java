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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A network between clients and a server that can be cut, held up, and left half-open; on loopback. */
public final class FaultyNetwork implements AutoCloseable {

    private final ServerAddress behind;
    private final ServerSocket listener;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final AtomicInteger refusals = new AtomicInteger();
    private boolean leavesClient;
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
                Link link = new Link(client, server, new AtomicBoolean());
                links.add(link);
                thread("to-server", () -> forward(client, server, link));
                thread("to-client", () -> forward(server, client, link));
            } catch (IOException e) {
                refusals.incrementAndGet(); // the listener was closed, or the server is away
            }
        }
    }

    /** One connection: the socket to the client, the socket to the server, and whether one of them is gone alone. */
    private record Link(Socket client, Socket server, AtomicBoolean halfOpen) {

        void cut() {
            close(client);
            close(server);
        }

        /** The end that is left hears nothing, and what it sends goes nowhere. */
        void cutHalf(boolean atClient) {
            halfOpen.set(true);
            close(atClient ? client : server);
        }
    }

    private void forward(Socket from, Socket to, Link link) {
        byte[] buffer = new byte[1_024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(buffer);
            while (length >= 0) {
                awaitRelease();
                if (!to.isClosed()) {
                    out.write(buffer, 0, length);
                    out.flush();
                }
                length = in.read(buffer);
            }
        } catch (IOException e) {
            return; // cut, by this test or by an end; closing is all there is to do
        } finally {
            close(from);
            if (!link.halfOpen().get()) {
                close(to);
            }
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
        links.forEach(Link::cut);
        links.clear();
    }

    /**
     * Leaves every connection half-open, one with the client still believing in it, the next with the server: whoever does has
     * only its Keep Alive to find out, or the other's next CONNECT.
     */
    public void cutHalf() {
        for (Link link : links) {
            if (!link.halfOpen().get()) {
                leavesClient = !leavesClient;
                link.cutHalf(!leavesClient);
            }
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
