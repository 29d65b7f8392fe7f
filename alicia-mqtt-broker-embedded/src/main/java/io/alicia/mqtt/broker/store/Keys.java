package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The keys of the tables. A number has always eight bytes, so no key of one session begins like one of another. */
final class Keys {

    private Keys() {}

    static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    static byte[] topic(TopicName topic) {
        return topic.value().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] subscription(long session, TopicFilter filter) {
        byte[] text = filter.value().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length)
                .putLong(session)
                .put(text)
                .array();
    }

    static byte[] outgoing(long session, long sequence) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(session)
                .putLong(sequence)
                .array();
    }

    static byte[] received(long session, int packetIdentifier) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(session)
                .putInt(packetIdentifier)
                .array();
    }

    static boolean beginsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
