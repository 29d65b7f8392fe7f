package io.alicia.mqtt.access;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** As little of an MQTT 5 client as a question to a broker needs; blocking, for one thread. */
final class WireClient implements AutoCloseable {

    static final int NOT_AUTHORIZED = 0x87;

    private static final int CONNECT = 0x10;
    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int PUBLISH_QOS1 = 0x32;
    private static final int PUBACK = 4;
    private static final int SUBSCRIBE = 0x82;
    private static final int SUBACK = 9;
    private static final int PINGREQ = 0xC0;
    private static final int PINGRESP = 13;

    private static final class Packet {

        final int type;
        final byte[] body;

        Packet(int type, byte[] body) {
            this.type = type;
            this.body = body;
        }

        int unsignedShort() {
            return ((body[0] & 0xff) << 8) | (body[1] & 0xff);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final int connackReason;
    private final List<String> delivered = new ArrayList<>();

    private WireClient(Socket socket, String clientIdentifier, @Nullable String account, byte @Nullable [] password)
            throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(body);
        text(data, "MQTT");
        data.write(5);
        data.write(0x02 | (account == null ? 0 : 0x80) | (password == null ? 0 : 0x40));
        data.writeShort(0);
        data.write(0);
        text(data, clientIdentifier);
        if (account != null) {
            text(data, account);
        }
        if (password != null) {
            data.writeShort(password.length);
            data.write(password);
        }
        send(CONNECT, body.toByteArray());
        Packet connack = receive();
        this.connackReason = connack.type == CONNACK ? connack.body[1] & 0xff : -1;
    }

    static WireClient connect(int port, String clientIdentifier, @Nullable String account) throws IOException {
        WireClient client = tryConnect(port, clientIdentifier, account, null);
        if (client.connackReason() != 0) {
            throw new IOException("CONNACK 0x" + Integer.toHexString(client.connackReason()));
        }
        return client;
    }

    static WireClient tryConnect(
            int port, String clientIdentifier, @Nullable String account, byte @Nullable [] password)
            throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        return new WireClient(socket, clientIdentifier, account, password);
    }

    int connackReason() {
        return connackReason;
    }

    /** Publishes each topic with its index as payload at QoS 1; which of them the broker did not authorize. */
    Set<Integer> deniedOf(List<String> topics) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < topics.size(); i++) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            DataOutputStream data = new DataOutputStream(body);
            text(data, topics.get(i));
            data.writeShort(i + 1);
            data.write(0);
            data.writeInt(i);
            frame(all, PUBLISH_QOS1, body.toByteArray());
        }
        out.write(all.toByteArray());
        Set<Integer> denied = new HashSet<>();
        for (int acknowledged = 0; acknowledged < topics.size(); ) {
            Packet packet = receive();
            if (packet.type == PUBACK) {
                acknowledged++;
                int index = packet.unsignedShort() - 1;
                int reason = packet.body.length > 2 ? packet.body[2] & 0xff : 0;
                if (reason == NOT_AUTHORIZED) {
                    denied.add(index);
                } else if (reason >= 0x80) {
                    throw new IOException("PUBACK 0x" + Integer.toHexString(reason) + " for " + topics.get(index));
                }
            } else if (packet.type != PUBLISH) {
                throw new IOException("packet of type " + packet.type + " instead of PUBACK");
            }
        }
        return denied;
    }

    /** Subscribes at QoS 0. */
    void subscribe(List<String> filters) throws IOException {
        Set<Integer> refused = refusedSubscriptions(filters);
        if (!refused.isEmpty()) {
            throw new IOException("SUBACK refuses " + refused + " of " + filters);
        }
    }

    /** Subscribes at QoS 0; which of the filters the broker did not authorize. */
    Set<Integer> refusedSubscriptions(List<String> filters) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(body);
        data.writeShort(1);
        data.write(0);
        for (String filter : filters) {
            text(data, filter);
            data.write(0);
        }
        send(SUBSCRIBE, body.toByteArray());
        Packet packet = receive();
        while (packet.type == PUBLISH) {
            delivered.add(topicOf(packet));
            packet = receive();
        }
        if (packet.type != SUBACK) {
            throw new IOException("packet of type " + packet.type + " instead of SUBACK");
        }
        Set<Integer> refused = new HashSet<>();
        int first = packet.body.length - filters.size();
        for (int i = 0; i < filters.size(); i++) {
            int reason = packet.body[first + i] & 0xff;
            if (reason == NOT_AUTHORIZED) {
                refused.add(i);
            } else if (reason != 0) {
                throw new IOException("SUBACK 0x" + Integer.toHexString(reason) + " for " + filters.get(i));
            }
        }
        return refused;
    }

    /** The topics of all that was delivered until now: the answer to a ping comes behind them. */
    Set<String> delivered() throws IOException {
        send(PINGREQ, new byte[0]);
        for (Packet packet = receive(); packet.type != PINGRESP; packet = receive()) {
            if (packet.type == PUBLISH) {
                delivered.add(topicOf(packet));
            }
        }
        return new HashSet<>(delivered);
    }

    private static String topicOf(Packet publish) {
        int length = publish.unsignedShort();
        return new String(publish.body, 2, length, StandardCharsets.UTF_8);
    }

    private static void text(DataOutputStream data, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        data.writeShort(bytes.length);
        data.write(bytes);
    }

    private void send(int header, byte[] body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        frame(packet, header, body);
        out.write(packet.toByteArray());
    }

    private static void frame(ByteArrayOutputStream to, int header, byte[] body) {
        to.write(header);
        int length = body.length;
        do {
            to.write(length > 127 ? (length & 0x7f) | 0x80 : length);
            length >>= 7;
        } while (length > 0);
        to.writeBytes(body);
    }

    private Packet receive() throws IOException {
        int header = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int read;
        do {
            read = in.readUnsignedByte();
            length |= (read & 0x7f) << shift;
            shift += 7;
        } while ((read & 0x80) != 0);
        byte[] body = new byte[length];
        in.readFully(body);
        return new Packet(header >> 4, body);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
