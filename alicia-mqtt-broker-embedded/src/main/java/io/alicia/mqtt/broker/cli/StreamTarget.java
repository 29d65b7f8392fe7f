package io.alicia.mqtt.broker.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A standard stream of the process. */
final class StreamTarget implements LogTarget {

    private final OutputStream stream;

    StreamTarget(OutputStream stream) {
        this.stream = stream;
    }

    static StreamTarget stdout() {
        return new StreamTarget(new FileOutputStream(FileDescriptor.out));
    }

    static StreamTarget stderr() {
        return new StreamTarget(new FileOutputStream(FileDescriptor.err));
    }

    @Override
    public void write(String lines, SyslogPriority type) throws IOException {
        stream.write(lines.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }
}
