package io.alicia.mqtt.broker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The real Mosquitto with a configuration file of a test. */
final class MosquittoBroker implements AutoCloseable {

    private final Process process;
    private final Path log;

    private MosquittoBroker(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it and waits until it takes connections on a port of this machine. */
    static MosquittoBroker start(Path directory, int port, List<String> lines) {
        try {
            Path log = Files.createTempFile(directory, "mosquitto", ".log");
            Path file = Files.createTempFile(directory, "mosquitto", ".conf");
            // It changes its user otherwise, and cannot read the test's files then.
            Files.writeString(file, String.join("\n", lines) + "\nuser root\nlog_type all\n");
            Process process = new ProcessBuilder("/usr/sbin/mosquitto", "-c", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            MosquittoBroker broker = new MosquittoBroker(process, log);
            await("Mosquitto on port " + port)
                    .atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> broker.takesConnections(port));
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean takesConnections(int port) throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("Mosquitto did not start: " + Files.readString(log));
        }
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the action finds out; Mosquitto must still run when it is done. */
    <T> T whileRunning(Supplier<T> action) {
        T result = action.get();
        if (!process.isAlive()) {
            throw new AssertionError("Mosquitto ended with " + process.exitValue());
        }
        return result;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
