package io.alicia.mqtt.broker.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The system's log, by way of logger(1): Java can't open the datagram socket that syslogd listens on.
 *
 * <p>One logger process lives as long as the broker and takes a priority with every line. What ends the broker's whole
 * process group or control group does not end it before it has the broker's last lines; when it ends all the same the
 * next line goes to another one.
 */
final class SyslogTarget implements LogTarget {

    private static final int DAEMON = 3;
    private static final int LOCAL0 = 16;
    private static final int LARGE_BATCH_BYTES = 64 * 1024;
    private static final long START_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Ctrl-C and systemd signal it together with the broker; it ends when the broker's end of the pipe is closed. */
    private static final String UNTIL_THE_PIPE_ENDS = "trap '' HUP INT TERM; exec \"$@\"";

    private final String logger;
    private final int facility;
    private final LongSupplier nanos;
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
    private OutputStream stream;
    private long startedAt;

    SyslogTarget(OptionalInt local) throws IOException {
        this(installed(), local, System::nanoTime);
    }

    /**
     * One that writes to {@code logger}, a program that takes what logger(1) of util-linux takes.
     *
     * @param local the facility, 0 to 7 for local0 to local7; empty for daemon
     */
    SyslogTarget(String logger, OptionalInt local, LongSupplier nanos) throws IOException {
        this.logger = logger;
        this.facility = local.isPresent() ? LOCAL0 + local.getAsInt() : DAEMON;
        this.nanos = nanos;
        this.startedAt = nanos.getAsLong();
        this.stream = start();
    }

    private static String installed() throws IOException {
        for (String directory : System.getenv().getOrDefault("PATH", "/usr/bin").split(File.pathSeparator, -1)) {
            Path file = Path.of(directory, "logger");
            if (Files.isExecutable(file)) {
                return file.toString();
            }
        }
        throw new IOException("there is none in the PATH");
    }

    private OutputStream start() throws IOException {
        return new ProcessBuilder(List.of(
                        "/bin/sh",
                        "-c",
                        UNTIL_THE_PIPE_ENDS,
                        "sh",
                        logger,
                        "--prio-prefix",
                        "--id=" + ProcessHandle.current().pid(),
                        "--tag",
                        "mosquitto"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .getOutputStream();
    }

    @Override
    public void write(String lines, SyslogPriority type) throws IOException {
        batch.writeBytes(("<" + (facility * 8 + type.code()) + ">" + lines).getBytes(StandardCharsets.UTF_8));
        if (batch.size() >= LARGE_BATCH_BYTES) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        byte[] lines = batch.toByteArray();
        batch.reset();
        try {
            send(lines);
        } catch (IOException e) {
            startAgain(e);
            send(lines);
        }
    }

    private void send(byte[] lines) throws IOException {
        stream.write(lines);
        stream.flush();
    }

    /** Not for every line where each one ends at once, as without a syslogd. */
    private void startAgain(IOException ended) throws IOException {
        long now = nanos.getAsLong();
        if (now - startedAt < START_EVERY_NANOS) {
            throw ended;
        }
        startedAt = now;
        stream = start();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
