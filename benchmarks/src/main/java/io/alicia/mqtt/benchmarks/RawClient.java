package io.alicia.mqtt.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** MQTT 3.1.1 on a blocking socket, just enough to put a broker under load without costing much itself. */
final class RawClient implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;

    RawClient(int port, String clientIdentifier) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setReceiveBufferSize(BUFFER_BYTES * 4);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
        out.write(packet(0x10, body -> {
            text(body, "MQTT");
            body.put((byte) 4).put((byte) 2).putShort((short) 0);
            text(body, clientIdentifier);
        }));
        expect(0x20, 4);
    }

    private void expect(int type, int length) throws IOException {
        byte[] answer = new byte[length];
        in.readFully(answer);
        if ((answer[0] & 0xFF) != type) {
            throw new IOException("answered with packet " + Integer.toHexString(answer[0] & 0xFF));
        }
    }

    private static byte[] packet(int firstByte, Consumer<ByteBuffer> writer) {
        ByteBuffer body = ByteBuffer.allocate(BUFFER_BYTES);
        writer.accept(body);
        body.flip();
        ByteBuffer packet = ByteBuffer.allocate(body.remaining() + 5).put((byte) firstByte);
        int left = body.remaining();
        do {
            packet.put((byte) (left >= 128 ? (left & 0x7F) | 0x80 : left));
            left >>= 7;
        } while (left > 0);
        packet.put(body).flip();
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        return bytes;
    }

    private static void text(ByteBuffer to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.putShort((short) bytes.length).put(bytes);
    }

    static byte[] publishPacket(String topic, int payloadBytes, int qos, int identifier) {
        return packet(0x30 | qos << 1, body -> {
            text(body, topic);
            if (qos > 0) {
                body.putShort((short) identifier);
            }
            body.put(new byte[payloadBytes]);
        });
    }

    void subscribe(String filter, int qos) throws IOException {
        out.write(packet(0x82, body -> {
            body.putShort((short) 1);
            text(body, filter);
            body.put((byte) qos);
        }));
        expect(0x90, 5);
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** Reads so many bytes and forgets them. */
    void skip(long bytes) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        InputStream from = in;
        long left = bytes;
        while (left > 0) {
            int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("the broker closed with " + left + " bytes to come");
            }
            left -= read;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
