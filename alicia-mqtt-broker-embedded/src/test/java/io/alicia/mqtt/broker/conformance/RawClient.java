package io.alicia.mqtt.broker.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A socket and packets of bytes; every wait is bounded and its failure says what was waited for. */
final class RawClient implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes; a peer that closed already is not an error, reading will tell. */
    RawClient send(byte[]... parts) {
        try {
            socket.getOutputStream().write(Wire.concat(parts));
        } catch (SocketException e) {
            // Broken pipe: the next read sees it.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The next packet; an assertion fails if there is none. */
    Frame receive(String what) {
        Frame frame = receiveOrNull(what);
        if (frame == null) {
            throw new AssertionError(what + " expected, but the connection was closed");
        }
        return frame;
    }

    /** The next packet, or null if the connection was closed before it; an assertion fails if it was within one. */
    @Nullable
    Frame receiveOrNull(String what) {
        try {
            int firstByte = in.read();
            return firstByte < 0 ? null : frame(firstByte);
        } catch (SocketTimeoutException e) {
            throw new AssertionError(what + " expected, but nothing came for " + PATIENCE, e);
        } catch (SocketException e) {
            // A reset takes with it what was on its way.
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Frame frame(int firstByte) throws IOException {
        byte[] came = Wire.u8(firstByte);
        int length = 0;
        int shift = 0;
        int b;
        do {
            b = in.read();
            if (b < 0) {
                throw torn(came);
            }
            came = Wire.concat(came, Wire.u8(b));
            length += (b & 0x7F) << shift;
            shift += 7;
        } while (b >= 0x80);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw torn(Wire.concat(came, body));
        }
        return new Frame(firstByte, body);
    }

    private static AssertionError torn(byte[] came) {
        return new AssertionError(
                "the connection was closed within a packet: " + HexFormat.of().formatHex(came));
    }

    /** Nothing but the end of the connection may come. */
    void expectClosed() {
        Frame frame = receiveOrNull("the end of the connection");
        if (frame != null) {
            throw new AssertionError("the end of the connection expected, got " + frame);
        }
    }

    /** Ends the connection as a broken network does, without DISCONNECT. */
    void drop() {
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
