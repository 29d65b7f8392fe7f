package io.alicia.mqtt.access.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The standard output, which keeps what a {@link java.io.PrintWriter} hides: that something could not be written. */
final class Output extends FilterOutputStream {

    private @Nullable IOException failure;

    Output(OutputStream out) {
        super(out);
    }

    /** Why not all was written; empty if it was, or if its reader has gone, as {@code head} does when it has enough. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure)
                .filter(why -> !String.valueOf(why.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains("broken pipe"));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
