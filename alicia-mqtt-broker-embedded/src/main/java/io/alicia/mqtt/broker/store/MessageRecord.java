package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicName;
import org.jspecify.annotations.Nullable;

/** A {@link StoredMessage} in bytes, and the parts of it that a will has as well. */
final class MessageRecord {

    private static final int VERSION = 1;
    /** Beside the Payload Format Indicator: the order of the properties follows them. */
    private static final int ORDERED = 0x80;

    private MessageRecord() {}

    static byte[] write(byte[] key, StoredMessage message) {
        RecordWriter writer = new RecordWriter(VERSION)
                .text(message.topic().value())
                .data(message.payload())
                .u8(message.qos().level())
                .flag(message.retain())
                .i64(message.receivedAtMillis())
                .textOrNull(message.publisher())
                .textOrNull(message.publisherAccount());
        properties(writer, message.properties());
        return writer.textOrNull(message.listener()).record(key);
    }

    static StoredMessage read(byte[] key, byte[] record) throws DamagedRecordException {
        RecordReader reader = new RecordReader(key, record, VERSION);
        TopicName topic = topic(reader);
        BinaryData payload = reader.data();
        Qos qos = qos(reader);
        boolean retain = reader.flag();
        long receivedAtMillis = reader.i64();
        String publisher = reader.textOrNull();
        String publisherAccount = reader.textOrNull();
        PublishProperties properties = properties(reader);
        // Records of earlier releases end here.
        String listener = reader.isAtEnd() ? null : reader.textOrNull();
        return new StoredMessage(
                topic, payload, qos, retain, properties, receivedAtMillis, publisher, publisherAccount, listener);
    }

    static void will(RecordWriter writer, Will will) {
        writer.text(will.topic().value())
                .data(will.payload())
                .u8(will.qos().level())
                .flag(will.retain())
                .i64(will.delayIntervalSeconds());
        properties(writer, will.properties());
    }

    static Will will(RecordReader reader) throws DamagedRecordException {
        TopicName topic = topic(reader);
        BinaryData payload = reader.data();
        Qos qos = qos(reader);
        boolean retain = reader.flag();
        long delayIntervalSeconds = reader.i64();
        return new Will(topic, payload, qos, retain, delayIntervalSeconds, properties(reader));
    }

    private static TopicName topic(RecordReader reader) throws DamagedRecordException {
        return reader.present(TopicName.ofReceivedOrNull(reader.text()), "Topic Name");
    }

    static Qos qos(RecordReader reader) throws DamagedRecordException {
        return reader.present(Qos.ofLevelOrNull(reader.u8()), "QoS");
    }

    private static void properties(RecordWriter writer, PublishProperties properties) {
        boolean ordered = !properties.order().isEmpty();
        writer.u8(code(properties.payloadFormatIndicator()) | (ordered ? ORDERED : 0));
        Long expirySeconds = properties.messageExpiryIntervalSeconds();
        writer.i64(expirySeconds == null ? -1 : expirySeconds)
                .textOrNull(properties.contentType())
                .textOrNull(properties.responseTopic());
        BinaryData correlation = properties.correlationData();
        writer.flag(correlation != null);
        if (correlation != null) {
            writer.data(correlation);
        }
        writer.i32(properties.userProperties().size());
        for (UserProperty property : properties.userProperties()) {
            writer.text(property.name()).text(property.value());
        }
        if (ordered) {
            writer.i32(properties.order().size());
            properties.order().forEach(writer::u8);
        }
    }

    private static PublishProperties properties(RecordReader reader) throws DamagedRecordException {
        PublishProperties.Builder properties = PublishProperties.builder();
        int first = reader.u8();
        properties.payloadFormatIndicator(format(first & ~ORDERED));
        long expirySeconds = reader.i64();
        properties
                .messageExpiryIntervalSeconds(expirySeconds < 0 ? null : Long.valueOf(expirySeconds))
                .contentType(reader.textOrNull())
                .responseTopic(reader.textOrNull())
                .correlationData(reader.flag() ? reader.data() : null);
        int count = reader.i32();
        for (int i = 0; i < count; i++) {
            properties.addUserProperties(new UserProperty(reader.text(), reader.text()));
        }
        if ((first & ORDERED) != 0) {
            int ordered = reader.i32();
            for (int i = 0; i < ordered; i++) {
                properties.addOrder(reader.u8());
            }
        }
        PublishProperties read = built(properties);
        // The one value that encoders know without looking into it.
        return read.equals(PublishProperties.NONE) ? PublishProperties.NONE : read;
    }

    private static PublishProperties built(PublishProperties.Builder properties) throws DamagedRecordException {
        try {
            return properties.build();
        } catch (IllegalArgumentException e) {
            throw new DamagedRecordException(String.valueOf(e.getMessage()));
        }
    }

    private static int code(@Nullable PayloadFormat format) {
        if (format == null) {
            return 0;
        }
        return format == PayloadFormat.UTF_8 ? 2 : 1;
    }

    private static @Nullable PayloadFormat format(int code) throws DamagedRecordException {
        return switch (code) {
            case 0 -> null;
            case 1 -> PayloadFormat.UNSPECIFIED_BYTES;
            case 2 -> PayloadFormat.UTF_8;
            default -> throw new DamagedRecordException("its Payload Format Indicator is " + code);
        };
    }
}
