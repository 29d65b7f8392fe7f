package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.topic.TopicFilter;

/** A {@link StoredSubscription} in bytes. */
final class SubscriptionRecord {

    private static final int VERSION = 1;

    private SubscriptionRecord() {}

    static byte[] write(byte[] key, StoredSubscription subscription) {
        RecordWriter record = new RecordWriter(VERSION)
                .text(subscription.filter().value())
                .u8(subscription.maximumQos().level())
                .flag(subscription.noLocal())
                .flag(subscription.retainAsPublished())
                .i32(subscription.identifier());
        if (subscription.retainedDue() != 0) {
            record.i64(subscription.retainedDue());
        }
        return record.record(key);
    }

    static StoredSubscription read(byte[] key, byte[] record) throws DamagedRecordException {
        RecordReader reader = new RecordReader(key, record, VERSION);
        return new StoredSubscription(
                reader.present(TopicFilter.ofReceivedOrNull(reader.text()), "Topic Filter"),
                MessageRecord.qos(reader),
                reader.flag(),
                reader.flag(),
                reader.i32(),
                reader.isAtEnd() ? 0 : reader.i64());
    }
}
