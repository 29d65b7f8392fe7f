package io.alicia.mqtt.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as an immutable value: payloads, correlation data (MQTT 5 §1.5.6). Its text form tells only the length, so that
 * nothing private reaches a log.
 *
 * <p>Safe to share between threads.
 */
public final class BinaryData {

    /** No bytes. */
    public static final BinaryData EMPTY = new BinaryData(ByteBuffer.allocate(0));

    private final ByteBuffer bytes;

    private BinaryData(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** A copy of {@code bytes}. */
    public static BinaryData of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new BinaryData(ByteBuffer.wrap(bytes.clone()));
    }

    /** The UTF-8 bytes of {@code text}. */
    public static BinaryData ofUtf8(String text) {
        return text.isEmpty() ? EMPTY : new BinaryData(StandardCharsets.UTF_8.encode(text));
    }

    /** The remaining bytes of {@code bytes} without a copy: the caller gives the memory away and writes there no more. */
    public static BinaryData wrap(ByteBuffer bytes) {
        return bytes.hasRemaining() ? new BinaryData(bytes.slice()) : EMPTY;
    }

    /** All of {@code bytes} without a copy: the caller gives the array away and writes there no more. */
    public static BinaryData wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new BinaryData(ByteBuffer.wrap(bytes));
    }

    /** The length in bytes. */
    public int length() {
        return bytes.remaining();
    }

    /** Whether there is not a single byte. */
    public boolean isEmpty() {
        return !bytes.hasRemaining();
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return copy;
    }

    /** The bytes for reading, without a copy; each call gives a buffer with its own position. */
    public ByteBuffer toByteBuffer() {
        return bytes.asReadOnlyBuffer();
    }

    /** The bytes read as UTF-8; what is malformed becomes U+FFFD. */
    public String toUtf8() {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BinaryData that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    /** The length, never the content. */
    @Override
    public String toString() {
        return bytes.remaining() + " bytes";
    }
}
