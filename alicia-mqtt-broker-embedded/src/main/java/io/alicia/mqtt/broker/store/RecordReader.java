package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.protocol.BinaryData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RecordWriter} wrote, and says so if something else is there. */
final class RecordReader {

    private final ByteBuffer buffer;

    RecordReader(byte[] key, byte[] record, int version) throws DamagedRecordException {
        if (record.length <= RecordWriter.CHECKSUM_BYTES) {
            throw new DamagedRecordException("it is cut off");
        }
        buffer = ByteBuffer.wrap(record);
        if (buffer.getInt() != RecordWriter.checksum(key, record)) {
            throw new DamagedRecordException("its checksum is wrong");
        }
        int present = u8();
        if (present != version) {
            throw new DamagedRecordException("it has version " + present + ", expected " + version);
        }
    }

    private ByteBuffer with(int bytes) throws DamagedRecordException {
        if (bytes < 0 || buffer.remaining() < bytes) {
            throw new DamagedRecordException("it ends too early");
        }
        return buffer;
    }

    boolean isAtEnd() {
        return !buffer.hasRemaining();
    }

    int u8() throws DamagedRecordException {
        return with(Byte.BYTES).get() & 0xff;
    }

    boolean flag() throws DamagedRecordException {
        return u8() != 0;
    }

    int i32() throws DamagedRecordException {
        return with(Integer.BYTES).getInt();
    }

    long i64() throws DamagedRecordException {
        return with(Long.BYTES).getLong();
    }

    String text() throws DamagedRecordException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    @Nullable
    String textOrNull() throws DamagedRecordException {
        return flag() ? text() : null;
    }

    BinaryData data() throws DamagedRecordException {
        return BinaryData.wrap(bytes());
    }

    private byte[] bytes() throws DamagedRecordException {
        int length = i32();
        ByteBuffer source = with(length);
        byte[] bytes = new byte[length];
        source.get(bytes);
        return bytes;
    }

    <T> T present(@Nullable T value, String what) throws DamagedRecordException {
        if (value == null) {
            throw new DamagedRecordException("its " + what + " is none");
        }
        return value;
    }
}
