package io.alicia.mqtt.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as an immutable value: payloads, correlation data (MQTT 5 §1.5.6). Its text form tells only the length, so that
 * nothing private reaches a log.
 *
 * <p>Safe to share between threads.
 */
public final class BinaryData {

    /** No bytes. */
    public static final BinaryData EMPTY = new BinaryData(new byte[0]);

    /** An array rather than a buffer, which would be another object in each message. */
    private final byte[] bytes;

    private BinaryData(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of {@code bytes}. */
    public static BinaryData of(byte[] bytes) {
        return wrap(bytes.clone());
    }

    /** The UTF-8 bytes of {@code text}. */
    public static BinaryData ofUtf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The remaining bytes of {@code bytes}, without a copy if they are the whole of an array that the buffer gives access to: the
     * caller gives the memory away and writes there no more.
     */
    public static BinaryData wrap(ByteBuffer bytes) {
        if (bytes.hasArray() && bytes.arrayOffset() == 0 && bytes.array().length == bytes.remaining()) {
            return wrap(bytes.array());
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return wrap(copy);
    }

    /** All of {@code bytes} without a copy: the caller gives the array away and writes there no more. */
    public static BinaryData wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new BinaryData(bytes);
    }

    /** The length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** Whether there is not a single byte. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The bytes for reading, without a copy; each call gives a buffer with its own position. */
    public ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** The bytes read as UTF-8; what is malformed becomes U+FFFD. */
    public String toUtf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BinaryData that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The length, never the content. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
