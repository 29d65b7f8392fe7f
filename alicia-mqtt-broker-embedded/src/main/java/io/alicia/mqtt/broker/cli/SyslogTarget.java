package io.alicia.mqtt.broker.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/**
 * The system's log, by way of logger(1): Java can't open the datagram socket that syslogd listens on.
 *
 * <p>One logger process lives as long as the broker and takes a priority with every line.
 */
final class SyslogTarget implements LogTarget {

    private static final int DAEMON = 3;
    private static final int LOCAL0 = 16;

    private final int facility;
    private final OutputStream stream;
    private final Process process;

    SyslogTarget(OptionalInt local) throws IOException {
        this.facility = local.isPresent() ? LOCAL0 + local.getAsInt() : DAEMON;
        this.process = new ProcessBuilder(List.of(
                        "logger",
                        "--prio-prefix",
                        "--id=" + ProcessHandle.current().pid(),
                        "--tag",
                        "mosquitto"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        this.stream = process.getOutputStream();
    }

    @Override
    public void write(String lines, SyslogPriority type) throws IOException {
        stream.write(("<" + (facility * 8 + type.code()) + ">" + lines).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
