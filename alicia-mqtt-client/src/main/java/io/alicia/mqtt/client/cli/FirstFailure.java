package io.alicia.mqtt.client.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes through, and keeps why it could not, which a {@link java.io.PrintWriter} tells nobody. */
final class FirstFailure extends OutputStream {

    /** How a system says that the reader of a pipe has enough. */
    private static final String READER_IS_GONE = "Broken pipe";

    private final OutputStream to;
    private volatile @Nullable IOException failure;

    FirstFailure(OutputStream to) {
        this.to = to;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            to.write(bytes, offset, length);
        } catch (IOException e) {
            if (failure == null) {
                failure = e;
            }
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }

    /** Why something is missing that somebody wanted to have; empty for who has read as much as he wanted, such as {@code head}. */
    Optional<String> reason() {
        IOException known = failure;
        return known == null || READER_IS_GONE.equals(known.getMessage())
                ? Optional.empty()
                : Optional.of(String.valueOf(known.getMessage()));
    }
}
