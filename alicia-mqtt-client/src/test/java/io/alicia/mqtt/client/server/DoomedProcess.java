package io.alicia.mqtt.client.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;

/** A {@link DoomedClient} in a JVM of its own, which ends with SIGKILL. */
final class DoomedProcess implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Thread listening;

    /** {@code directory} is for its log; the rest is what {@link DoomedClient} is told. */
    DoomedProcess(Path directory, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedClient.class.getName()));
        command.addAll(List.of(words));
        try {
            log = Files.createTempFile(directory, "doomed", ".log");
            process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listening = new Thread(this::listen, "listens to process " + process.pid());
        listening.setDaemon(true);
        listening.start();
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            said.add("(no more can be read: " + e.getMessage() + ")");
        }
    }

    /** What follows {@code word} in each of the lines that it said so far and that begin with it. */
    List<String> saidAfter(String word) {
        return said.stream()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length()).strip())
                .toList();
    }

    /** Waits for so many lines that begin with {@code word}. */
    void awaitSaid(String word, int lines) {
        Awaitility.await(lines + " times " + word)
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> Assertions.assertTrue(
                        saidAfter(word).size() >= lines, () -> "it said " + said + " and logged " + logged()));
    }

    /** What it warned of. */
    String logged() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "nothing that can be read: " + e.getMessage();
        }
    }

    /** SIGKILL: nothing of it runs any more when this returns, and all that it had said is known. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
            listening.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Assertions.assertFalse(listening.isAlive(), "its output ends with it");
    }

    @Override
    public void close() {
        kill();
    }
}
