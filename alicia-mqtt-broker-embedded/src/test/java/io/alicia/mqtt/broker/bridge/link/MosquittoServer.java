package io.alicia.mqtt.broker.bridge.link;

import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.Folders;
import io.alicia.mqtt.ports.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The real Mosquitto on a port of its own; can be stopped, killed and started again. */
final class MosquittoServer implements AutoCloseable {

    private static final Path BINARY = Path.of("/usr/sbin/mosquitto");

    private final Path folder;
    private final int port;
    private @Nullable Process process;

    private MosquittoServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static void require() {
        if (Files.isExecutable(BINARY)) {
            return;
        }
        String reason = "no " + BINARY + " on this machine: bridges are not shown against it";
        if (Boolean.getBoolean("ALICIA_REQUIRE_MOSQUITTO")
                || Boolean.parseBoolean(System.getenv("ALICIA_REQUIRE_MOSQUITTO"))) {
            Assertions.fail(reason);
        }
        Assumptions.abort(reason);
    }

    /** With a listener for anybody, and more lines; {@code %s} in them is its folder. */
    static MosquittoServer start(String... more) {
        try {
            MosquittoServer server = new MosquittoServer(Files.createTempDirectory("bridge"), FreePort.find());
            List<String> lines = new ArrayList<>();
            lines.add("listener " + server.port + " 127.0.0.1");
            lines.add("allow_anonymous true");
            lines.add("log_type all");
            lines.add("set_tcp_nodelay true");
            lines.add("max_queued_messages 10000");
            // It changes its user otherwise, and cannot read this folder then.
            lines.add("user root");
            for (String line : more) {
                lines.add(line.replace("%s", server.folder.toString()));
            }
            Files.write(server.folder.resolve("mosquitto.conf"), lines);
            server.startAgain();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    void startAgain() {
        Process started;
        try {
            started = new ProcessBuilder(
                            BINARY.toString(),
                            "-c",
                            folder.resolve("mosquitto.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = started;
        await("Mosquitto on port " + port)
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> takesConnections(started));
    }

    private boolean takesConnections(Process started) {
        if (!started.isAlive()) {
            throw new AssertionError("Mosquitto ended with " + started.exitValue() + ": " + log());
        }
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** As by SIGKILL. */
    void kill() {
        end(true);
    }

    private void end(boolean forcibly) {
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            if (!forcibly) {
                running.destroy();
            }
            if (forcibly || !running.waitFor(5, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end(false);
        Folders.delete(folder);
    }
}
