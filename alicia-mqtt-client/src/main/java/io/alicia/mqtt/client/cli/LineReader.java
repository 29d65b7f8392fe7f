package io.alicia.mqtt.client.cli;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads lines whose encoding is looked at one by one, so that a broken one does not take the rest with it. */
final class LineReader implements Closeable {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    // One character for each byte: whether the bytes of a line are UTF-8 shows when the line is known.
    private final BufferedReader lines;
    private int number;

    LineReader(InputStream in) {
        lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
    }

    /**
     * The next line, without what ends it; null at the end.
     *
     * @throws CharacterCodingException if the line is not UTF-8; the next one can be read
     */
    @Nullable
    String next() throws IOException {
        String bytes = lines.readLine();
        if (bytes == null) {
            return null;
        }
        number++;
        String line = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                .toString();
        return number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
    }

    /** Which line {@link #next()} has read last, from 1. */
    int number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
