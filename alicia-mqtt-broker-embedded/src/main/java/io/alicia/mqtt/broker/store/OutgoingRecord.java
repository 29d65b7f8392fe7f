package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link StoredOutgoing} in bytes, but for its message, whose number it has. A message that goes to many sessions is
 * kept once, and one that gets further is not written again.
 */
final class OutgoingRecord {

    private static final int VERSION = 1;

    private OutgoingRecord() {}

    static byte[] write(byte[] key, StoredOutgoing outgoing) {
        TopicFilter sharedFilter = outgoing.sharedFilter();
        RecordWriter writer = new RecordWriter(VERSION)
                .i64(outgoing.messageNumber())
                .u8(outgoing.qos().level())
                .flag(outgoing.retain())
                .textOrNull(sharedFilter == null ? null : sharedFilter.value())
                .u8(outgoing.stage().code())
                .i32(outgoing.packetIdentifier())
                .i64(outgoing.sentSequence())
                .i32(outgoing.identifiers().size());
        outgoing.identifiers().forEach(writer::i32);
        return writer.record(key);
    }

    /** Only which message a record of this store's own making is about. */
    static long messageNumber(byte[] record) {
        return ByteBuffer.wrap(record).getLong(RecordWriter.CHECKSUM_BYTES + Byte.BYTES);
    }

    static StoredOutgoing read(byte[] key, byte[] record, Map<Long, StoredMessage> messages)
            throws DamagedRecordException {
        RecordReader reader = new RecordReader(key, record, VERSION);
        long messageNumber = reader.i64();
        StoredMessage message = messages.get(messageNumber);
        if (message == null) {
            throw new DamagedRecordException("its message " + messageNumber + " is not there");
        }
        Qos qos = MessageRecord.qos(reader);
        boolean retain = reader.flag();
        TopicFilter sharedFilter = filterOrNull(reader);
        StoredOutgoing.Stage stage = reader.present(StoredOutgoing.Stage.ofCodeOrNull(reader.u8()), "stage");
        int packetIdentifier = reader.i32();
        long sentSequence = reader.i64();
        int count = reader.i32();
        List<Integer> identifiers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            identifiers.add(reader.i32());
        }
        long sequence = ByteBuffer.wrap(key).getLong(Long.BYTES);
        return new StoredOutgoing(
                sequence,
                messageNumber,
                message,
                qos,
                retain,
                List.copyOf(identifiers),
                sharedFilter,
                stage,
                packetIdentifier,
                sentSequence);
    }

    private static @Nullable TopicFilter filterOrNull(RecordReader reader) throws DamagedRecordException {
        String text = reader.textOrNull();
        return text == null ? null : reader.present(TopicFilter.ofReceivedOrNull(text), "shared subscription");
    }
}
