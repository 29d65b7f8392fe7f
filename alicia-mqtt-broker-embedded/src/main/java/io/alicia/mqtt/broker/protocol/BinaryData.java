package io.alicia.mqtt.broker.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as an immutable value: passwords, correlation and authentication data, Will payloads (MQTT 5 §1.5.6). Its text
 * form tells only the length, so that no secret reaches a log.
 */
public final class BinaryData {

    /** No bytes. */
    public static final BinaryData EMPTY = new BinaryData(new byte[0]);

    private final byte[] bytes;

    private BinaryData(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of {@code bytes}. */
    public static BinaryData copyOf(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new BinaryData(bytes.clone());
    }

    /** The UTF-8 bytes of {@code text}. */
    public static BinaryData ofUtf8(String text) {
        return own(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Without a copy: the caller gives {@code bytes} away. */
    static BinaryData own(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new BinaryData(bytes);
    }

    /** The length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The bytes themselves, for reading only. */
    byte[] shared() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BinaryData that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
