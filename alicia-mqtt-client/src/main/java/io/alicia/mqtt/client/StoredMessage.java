package io.alicia.mqtt.client;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message as an {@link OutboxStore} keeps it.
 *
 * @param message the message
 * @param acceptedMillis when it was published, in milliseconds since 1970
 * @param progress how far it has come
 * @param packetIdentifier what its handshake with QoS 2 goes under, or {@link #NO_PACKET_IDENTIFIER}
 * @param server whose session that handshake belongs to, as its address is written; empty without one
 */
record StoredMessage(
        ApplicationMessage message, long acceptedMillis, Progress progress, int packetIdentifier, String server) {

    /** How far a message has come; they are kept by name. */
    enum Progress {
        /** It has certainly not been sent, or it is one that may be sent again. */
        WAITING,
        /** With QoS 2: PUBLISH may have been sent. */
        SENT,
        /** With QoS 2: PUBREC has come, so that PUBREL may have been sent. */
        RECEIVED
    }

    /** Of a message whose handshake, if there is one, goes under a Packet Identifier that nobody here knows. */
    static final int NO_PACKET_IDENTIFIER = 0;

    private static final int FORMAT = 2;

    /** Without a Packet Identifier. */
    private static final int FORMAT_WITHOUT = 1;

    private static final int ABSENT = -1;

    /** What most messages have besides their payload, in bytes. */
    private static final int ROOM_FOR_THE_REST = 256;

    byte[] toBytes() {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(message.payload().length() + ROOM_FOR_THE_REST);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(acceptedMillis);
            write(out, progress.name());
            out.writeShort(packetIdentifier);
            write(out, server);
            write(out, message.qos().name());
            out.writeBoolean(message.retain());
            write(out, message.topic().value());
            write(out, message.payload());
            out.writeLong(
                    message.messageExpiryInterval().map(Duration::toSeconds).orElse((long) ABSENT));
            write(out, message.payloadFormat().map(PayloadFormat::name).orElse(null));
            write(out, message.contentType().orElse(null));
            write(out, message.responseTopic().map(TopicName::value).orElse(null));
            write(out, message.correlationData().orElse(null));
            out.writeInt(message.userProperties().size());
            for (UserProperty property : message.userProperties()) {
                write(out, property.name());
                write(out, property.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no device below
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        write(out, text == null ? null : BinaryData.ofUtf8(text));
    }

    private static void write(DataOutputStream out, @Nullable BinaryData data) throws IOException {
        if (data == null) {
            out.writeInt(ABSENT);
        } else {
            out.writeInt(data.length());
            out.write(data.toByteArray());
        }
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    static StoredMessage of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readUnsignedByte();
            if (format != FORMAT && format != FORMAT_WITHOUT) {
                throw new IllegalArgumentException(
                        "a message in format " + format + ": expected " + FORMAT_WITHOUT + " or " + FORMAT);
            }
            long acceptedMillis = in.readLong();
            Progress progress = format == FORMAT ? Progress.valueOf(text(in).orElseThrow()) : sentOrNot(in);
            int packetIdentifier = format == FORMAT ? in.readUnsignedShort() : NO_PACKET_IDENTIFIER;
            String server = format == FORMAT ? text(in).orElseThrow() : "";
            ApplicationMessage.Builder message = ApplicationMessage.builder();
            message.qos(Qos.valueOf(text(in).orElseThrow()))
                    .retain(in.readBoolean())
                    .topic(TopicName.ofReceived(text(in).orElseThrow()))
                    .payload(data(in).orElseThrow());
            long expirySeconds = in.readLong();
            if (expirySeconds != ABSENT) {
                message.messageExpiryInterval(Duration.ofSeconds(expirySeconds));
            }
            message.payloadFormat(text(in).map(PayloadFormat::valueOf))
                    .contentType(text(in))
                    .responseTopic(text(in).map(TopicName::ofReceived))
                    .correlationData(data(in));
            for (int left = in.readInt(); left > 0; left--) {
                message.addUserProperties(new UserProperty(text(in).orElseThrow(), text(in).orElseThrow()));
            }
            return new StoredMessage(message.build(), acceptedMillis, progress, packetIdentifier, server);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not a message of " + bytes.length + " bytes: " + e.getMessage(), e);
        }
    }

    private static Progress sentOrNot(DataInputStream in) throws IOException {
        return in.readBoolean() ? Progress.SENT : Progress.WAITING;
    }

    private static Optional<String> text(DataInputStream in) throws IOException {
        return bytes(in).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static Optional<BinaryData> data(DataInputStream in) throws IOException {
        return bytes(in).map(BinaryData::wrap);
    }

    private static Optional<byte[]> bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == ABSENT) {
            return Optional.empty();
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException(length + " bytes expected, " + bytes.length + " there");
        }
        return Optional.of(bytes);
    }
}
