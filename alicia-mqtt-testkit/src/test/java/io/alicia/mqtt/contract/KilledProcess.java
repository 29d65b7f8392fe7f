package io.alicia.mqtt.contract;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What a server sees of a process that is killed in the middle of a handshake of QoS 2: the bytes of the specification, no more. */
final class KilledProcess {

    private static final int CONNECT = 0x10;
    private static final int PUBLISH_QOS_2 = 0x34;
    private static final int PUBREC = 0x50;
    private static final int SESSION_SECONDS = 300;

    private KilledProcess() {}

    /** Publishes {@code payloads} under the Packet Identifiers from 1 on, and is gone between PUBREC and PUBREL. */
    static void publishes(
            ServerAddress server, MqttVersion version, String clientIdentifier, String topic, String... payloads) {
        boolean five = version == MqttVersion.MQTT_5;
        try (Socket socket = new Socket(server.host(), server.port())) {
            socket.setSoTimeout(10_000);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            send(socket, CONNECT, packet -> {
                packet.writeUTF("MQTT");
                packet.writeByte(five ? 5 : 4);
                packet.writeByte(0); // no Clean Session
                packet.writeShort(60);
                if (five) {
                    packet.writeByte(5);
                    packet.writeByte(0x11);
                    packet.writeInt(SESSION_SECONDS);
                }
                packet.writeUTF(clientIdentifier);
            });
            receive(in);
            for (int i = 0; i < payloads.length; i++) {
                int identifier = i + 1;
                send(socket, PUBLISH_QOS_2, packet -> {
                    packet.writeUTF(topic);
                    packet.writeShort(identifier);
                    if (five) {
                        packet.writeByte(0);
                    }
                    packet.write(payloads[identifier - 1].getBytes(StandardCharsets.UTF_8));
                });
                while (receive(in) != PUBREC) {
                    // what else may come is of no interest
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Body {
        void writeTo(DataOutputStream packet) throws IOException;
    }

    private static void send(Socket socket, int type, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.writeTo(new DataOutputStream(bytes));
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(type);
        packet.write(bytes.size()); // less than 128
        bytes.writeTo(packet);
        socket.getOutputStream().write(packet.toByteArray());
    }

    /** The type of the next packet, which is shorter than 128 bytes. */
    private static int receive(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        in.readFully(new byte[in.readUnsignedByte()]);
        return type & 0xF0;
    }
}
