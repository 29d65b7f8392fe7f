package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.protocol.BinaryData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Writes a record: a checksum over key and body, the version of the body, the body. Numbers are big-endian. */
final class RecordWriter {

    static final int CHECKSUM_BYTES = 4;

    private ByteBuffer buffer = ByteBuffer.allocate(256);

    RecordWriter(int version) {
        buffer.putInt(0);
        u8(version);
    }

    private ByteBuffer with(int bytes) {
        if (buffer.remaining() < bytes) {
            int size = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
            buffer = ByteBuffer.allocate(size).put(buffer.flip());
        }
        return buffer;
    }

    RecordWriter u8(int value) {
        with(Byte.BYTES).put((byte) value);
        return this;
    }

    RecordWriter flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    RecordWriter i32(int value) {
        with(Integer.BYTES).putInt(value);
        return this;
    }

    RecordWriter i64(long value) {
        with(Long.BYTES).putLong(value);
        return this;
    }

    RecordWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    RecordWriter textOrNull(@Nullable String value) {
        flag(value != null);
        return value == null ? this : text(value);
    }

    RecordWriter data(BinaryData value) {
        i32(value.length());
        with(value.length()).put(value.toByteBuffer());
        return this;
    }

    private RecordWriter bytes(byte[] value) {
        i32(value.length);
        with(value.length).put(value);
        return this;
    }

    byte[] record(byte[] key) {
        byte[] record = Arrays.copyOf(buffer.array(), buffer.position());
        ByteBuffer.wrap(record).putInt(checksum(key, record));
        return record;
    }

    static int checksum(byte[] key, byte[] record) {
        CRC32C checksum = new CRC32C();
        checksum.update(key, 0, key.length);
        checksum.update(record, CHECKSUM_BYTES, record.length - CHECKSUM_BYTES);
        return (int) checksum.getValue();
    }
}
