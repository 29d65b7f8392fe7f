package io.alicia.mqtt.access;

import io.alicia.mqtt.ports.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Mosquitto on a free loopback port: the oracle of the differential tests. {@code -Dalicia.mosquitto=FOLDER} takes
 * the one of a folder instead of the one that is installed.
 */
final class RealMosquitto implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Process process;
    private final int port;
    private final List<String> log = new ArrayList<>();
    private boolean ended;

    private RealMosquitto(Process process, int port) {
        this.process = process;
        this.port = port;
        Thread reader = new Thread(this::readLog, "mosquitto-" + port);
        reader.setDaemon(true);
        reader.start();
    }

    /** The tool's path; skips the test without it, or fails where Mosquitto is required. */
    static Path tool(String name) {
        return Stream.of(
                        System.getProperty("alicia.mosquitto", ".") + "/",
                        "/usr/sbin/",
                        "/usr/bin/",
                        "/usr/local/sbin/",
                        "/usr/local/bin/",
                        "/opt/homebrew/sbin/")
                .map(folder -> Path.of(folder + name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> missing(name));
    }

    /** Whether it is of a version before 2.1, whose plugin decides less. */
    static boolean isBefore21() {
        try {
            Process process = new ProcessBuilder(tool("mosquitto").toString(), "-h")
                    .redirectErrorStream(true)
                    .start();
            String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return help.startsWith("mosquitto version 1.") || help.startsWith("mosquitto version 2.0.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips the test for want of {@code name}, or fails it where Mosquitto is required. */
    static Path missing(String name) {
        String reason = name + " is not installed, so nothing can be compared with it";
        if (Boolean.getBoolean("ALICIA_REQUIRE_MOSQUITTO")
                || Boolean.parseBoolean(System.getenv("ALICIA_REQUIRE_MOSQUITTO"))) {
            return Assertions.fail(reason);
        }
        return Assumptions.abort(reason);
    }

    /** Starts with {@code settings} besides the listener; fails if it does not come up. */
    static RealMosquitto start(Path folder, String... settings) {
        RealMosquitto started = launch(folder, settings);
        if (!started.isUp()) {
            throw new AssertionError("Mosquitto refused to start: " + started.logLines());
        }
        return started;
    }

    /** Starts with {@code settings}; it may refuse, see {@link #isUp()}. */
    static RealMosquitto launch(Path folder, String... settings) {
        try {
            int port = FreePort.find();
            Path config = folder.resolve("mosquitto-" + port + ".conf");
            // Started by root, Mosquitto becomes another user, who may not read the test's folder; others ignore it.
            List<String> lines = new ArrayList<>(List.of("listener " + port + " 127.0.0.1", "user root"));
            lines.addAll(List.of(settings));
            Files.write(config, lines);
            Process process = new ProcessBuilder(tool("mosquitto").toString(), "-c", config.toString())
                    .redirectErrorStream(true)
                    .start();
            return new RealMosquitto(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readLog() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                append(line);
            }
        } catch (IOException e) {
            append("the log ends: " + e);
        } finally {
            append(null);
        }
    }

    private synchronized void append(@Nullable String line) {
        if (line == null) {
            ended = true;
        } else {
            log.add(line);
        }
        notifyAll();
    }

    /** Waits for a line of the log from {@code from} on; false if the process ended without it. */
    private synchronized boolean awaitLine(int from, Predicate<String> wanted) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (log.stream().skip(from).noneMatch(wanted)) {
            long left = deadline - System.nanoTime();
            if (ended) {
                return false;
            }
            if (left <= 0) {
                throw new AssertionError("Mosquitto did not answer in time: " + log);
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        return true;
    }

    /** Whether it runs; waits until it does or has given up. */
    boolean isUp() {
        return awaitLine(0, line -> line.endsWith(" running"));
    }

    /** Reads its files again; returns when it has begun to, so that what it is asked afterwards sees the new ones. */
    void reload() {
        int before = logLines().size();
        run("kill", "-HUP", String.valueOf(process.pid()));
        if (!awaitLine(before, line -> line.endsWith("Reloading config."))) {
            throw new AssertionError("Mosquitto ended instead of reloading: " + logLines());
        }
    }

    synchronized List<String> logLines() {
        return List.copyOf(log);
    }

    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(List.of(command) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        // Mosquitto forgets a SIGTERM that reaches it while it starts; there is nothing here for it to save.
        process.destroyForcibly();
    }
}
