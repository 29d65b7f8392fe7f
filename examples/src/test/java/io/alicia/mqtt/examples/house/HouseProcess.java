package io.alicia.mqtt.examples.house;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The house in a process of its own, as its users start it, and what it has printed so far. */
final class HouseProcess implements AutoCloseable {

    private static final long SECONDS = 60;
    private static final long SIGINT_BIT = 1 << 1;

    private final Process process;
    private final Path output;

    private HouseProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static HouseProcess start(Path directory, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (ignoresCtrlC()) {
            // Tests that a shell started in the background would hand this down.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                House.class.getName()));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new HouseProcess(builder.start(), output);
    }

    /** On free ports of its own. */
    static HouseProcess start(Path directory, Map<String, String> environment) throws IOException {
        return start(directory, environment, "--mqtt-port=0", "--websocket-port=0");
    }

    HouseProcess untilPrinted(String text) {
        await().atMost(Duration.ofSeconds(SECONDS)).until(() -> output().contains(text) || !process.isAlive());
        if (!output().contains(text)) {
            throw new AssertionError("the house ended without \"" + text + "\": " + output());
        }
        return this;
    }

    /** Sends INT as Ctrl-C does, or TERM. */
    HouseProcess signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        return this;
    }

    private static boolean ignoresCtrlC() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> Long.parseUnsignedLong(
                                line.substring("SigIgn:".length()).strip(), 16))
                        .anyMatch(ignored -> (ignored & SIGINT_BIT) != 0);
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the house did not end within " + SECONDS + " seconds: " + output());
        }
        return process.exitValue();
    }

    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
