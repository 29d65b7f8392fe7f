package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.broker.protocol.Will;

/** A {@link StoredSession} in bytes; its number is its key. */
final class SessionRecord {

    private static final int VERSION = 2;

    private SessionRecord() {}

    static byte[] write(byte[] key, StoredSession session) {
        RecordWriter writer = new RecordWriter(VERSION)
                .text(session.clientIdentifier())
                .textOrNull(session.account())
                .text(session.listener())
                .i64(session.expiryIntervalSeconds())
                .i64(session.disconnectedAtMillis())
                .i64(session.lastPacketIdentifier());
        Will will = session.will();
        writer.flag(will != null);
        if (will != null) {
            MessageRecord.will(writer, will);
        }
        return writer.record(key);
    }

    static StoredSession read(byte[] key, byte[] record) throws DamagedRecordException {
        RecordReader reader = new RecordReader(key, record, VERSION);
        return new StoredSession(
                Keys.number(key),
                reader.text(),
                reader.textOrNull(),
                reader.text(),
                reader.i64(),
                reader.i64(),
                Math.toIntExact(reader.i64()),
                reader.flag() ? MessageRecord.will(reader) : null);
    }
}
