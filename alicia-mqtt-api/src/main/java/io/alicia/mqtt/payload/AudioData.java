package io.alicia.mqtt.payload;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Recorded audio, in whatever format its sender and receiver agree on. Immutable. */
public final class AudioData {

    private final byte[] bytes;

    private AudioData(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * {@return audio of these bytes}
     *
     * @param bytes copied
     */
    public static AudioData of(byte[] bytes) {
        return new AudioData(bytes.clone());
    }

    /** {@return a copy of the bytes} */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@return how many bytes there are} */
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AudioData that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes of audio";
    }
}
