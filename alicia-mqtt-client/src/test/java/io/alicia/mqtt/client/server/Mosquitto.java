package io.alicia.mqtt.client.server;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.ports.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A real Mosquitto in a process of its own; it can be killed, frozen, thawed and started again on the same ports. */
public final class Mosquitto implements MortalServer {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/mosquitto"), Path.of("/usr/local/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"));

    private static final int ATTEMPTS = 10;

    private final Path binary;
    private final Path directory;
    private final Path log;
    private final int tcpPort;
    private final int webSocketPort;
    private Process process;

    private Mosquitto(Path binary, List<String> lines) {
        this.binary = binary;
        this.tcpPort = FreePort.find();
        this.webSocketPort = FreePort.find();
        try {
            this.directory = Files.createTempDirectory("mosquitto");
            this.log = directory.resolve("mosquitto.log");
            configure(directory.resolve("mosquitto.conf"), lines, tcpPort, webSocketPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.process = launch();
    }

    /** Starts one that lets everybody in. */
    public static Mosquitto start() {
        return start(List.of("allow_anonymous true"));
    }

    /** Starts one with {@code lines} in its configuration; skips the test where there is no Mosquitto. */
    public static Mosquitto start(List<String> lines) {
        Path binary = binary();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Mosquitto mosquitto = new Mosquitto(binary, lines);
            if (mosquitto.comesUp()) {
                return mosquitto;
            }
            mosquitto.close(); // somebody was quicker to take one of its ports
        }
        return Assertions.fail("mosquitto finds its ports taken again and again: " + lines);
    }

    /** Where it is; skips the test where there is none. */
    private static Path binary() {
        Path binary = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        if (binary != null) {
            return binary;
        }
        String reason = "no mosquitto binary in " + PLACES;
        return isRequired() ? Assertions.fail(reason) : Assumptions.abort(reason);
    }

    /** Whether programs that nobody here wrote must be there, as in {@code .ci/run}. */
    static boolean isRequired() {
        return Boolean.getBoolean("ALICIA_REQUIRE_MOSQUITTO")
                || Boolean.parseBoolean(System.getenv("ALICIA_REQUIRE_MOSQUITTO"));
    }

    private static void configure(Path file, List<String> lines, int tcpPort, int webSocketPort) throws IOException {
        List<String> config = new ArrayList<>(lines);
        config.add("set_tcp_nodelay true"); // else each acknowledgement of a WebSocket client waits 40 ms
        config.add("user " + System.getProperty("user.name"));
        config.add("listener " + tcpPort + " 127.0.0.1");
        config.add("listener " + webSocketPort + " 127.0.0.1");
        config.add("protocol websockets");
        Files.write(file, config);
    }

    /** Writes a password file with one account, as {@code password_file} reads it; skips the test where there is no Mosquitto. */
    public static Path passwordFile(String userName, String password) {
        Path unused = binary(); // its tools come with it
        try {
            Path file = Files.createTempFile("passwords", ".txt");
            file.toFile().deleteOnExit();
            int exit = new ProcessBuilder("mosquitto_passwd", "-b", file.toString(), userName, password)
                    .inheritIO()
                    .start()
                    .waitFor();
            Assertions.assertEquals(0, exit, "mosquitto_passwd");
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process launch() {
        try {
            Files.deleteIfExists(log);
            return new ProcessBuilder(
                            binary.toString(),
                            "-c",
                            directory.resolve("mosquitto.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until it serves, and tells whether it does. That its ports answer says little: the first does before the second is
     * open, and the second may be another server's, upon which this one ends and resets whoever was connected to the first.
     */
    private boolean comesUp() {
        Awaitility.await("mosquitto on port " + tcpPort + ", see " + log)
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> !process.isAlive() || said(" running"));
        if (!process.isAlive() && !said("listener on port") && !said("Address already in use")) {
            Assertions.fail("mosquitto does not start: " + words());
        }
        return process.isAlive();
    }

    private boolean said(String words) {
        return words().contains(words);
    }

    private String words() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ServerAddress tcp() {
        return ServerAddress.of("mqtt://127.0.0.1:" + tcpPort);
    }

    @Override
    public ServerAddress webSocket() {
        return ServerAddress.of("ws://127.0.0.1:" + webSocketPort + "/mqtt");
    }

    /** Ends it with SIGKILL. */
    @Override
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void startAgain() {
        Awaitility.await("mosquitto on its old port " + tcpPort)
                .pollDelay(Duration.ZERO)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(() -> {
                    process = launch();
                    return comesUp();
                });
    }

    /** Freezes it: sockets stay open, nothing is answered. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int exit = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            Assertions.assertEquals(0, exit, "kill " + signal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
