package io.alicia.mqtt.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A socket that has been upgraded from HTTP to WebSocket (RFC 6455 §4), and the frames that come from the server. */
final class HttpUpgrade implements AutoCloseable {

    private static final int BINARY = 0x82;

    private final Socket socket;
    private final DataInputStream in;
    private final Map<String, String> headers = new HashMap<>();

    HttpUpgrade(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) RawClient.PATIENCE.toMillis());
            in = new DataInputStream(socket.getInputStream());
            send(Wire.raw("GET /mqtt HTTP/1.1\r\nHost: localhost:" + port + "\r\n"
                    + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Protocol: mqtt\r\n\r\n"));
            assertThat(line()).as("status line").startsWith("HTTP/1.1 101");
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Nullable
    String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    void send(byte[]... parts) {
        try {
            socket.getOutputStream().write(Wire.concat(parts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The payload of the next frame, which must be a binary one in one piece. */
    byte[] binaryFrame() {
        try {
            int firstByte = in.readUnsignedByte();
            assertThat(firstByte).as("first byte of the frame").isEqualTo(BINARY);
            return payload();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] payload() throws IOException {
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return payload;
    }

    /** The frames up to the end of the connection, each with its first byte in front of its payload. */
    List<byte[]> framesUpToTheEnd() {
        List<byte[]> frames = new ArrayList<>();
        try {
            while (true) {
                int firstByte = in.readUnsignedByte();
                frames.add(Wire.concat(Wire.u8(firstByte), payload()));
            }
        } catch (EOFException | SocketException e) {
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Frames of this kind alone, and binary ones that were on their way, may come before the end. */
    void expectEndOrClosing(int closing) {
        try {
            while (true) {
                assertThat(in.readUnsignedByte())
                        .as("first byte of the last frames")
                        .isIn(closing, BINARY);
                payload();
            }
        } catch (EOFException | SocketException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
