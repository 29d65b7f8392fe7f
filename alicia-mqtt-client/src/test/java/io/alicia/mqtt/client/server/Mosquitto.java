package io.alicia.mqtt.client.server;

import io.alicia.mqtt.connection.ServerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A real Mosquitto in a process of its own; it can be killed, frozen, thawed and started again on the same ports. */
public final class Mosquitto implements TestServer {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/mosquitto"), Path.of("/usr/local/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"));

    private final Path binary;
    private final Path directory;
    private final int tcpPort;
    private final int webSocketPort;
    private Process process;

    private Mosquitto(Path binary, Path directory, int tcpPort, int webSocketPort) {
        this.binary = binary;
        this.directory = directory;
        this.tcpPort = tcpPort;
        this.webSocketPort = webSocketPort;
        this.process = launch();
    }

    /** Starts one that lets everybody in. */
    public static Mosquitto start() {
        return start(List.of("allow_anonymous true"));
    }

    /** Starts one with {@code lines} in its configuration; skips the test where there is no Mosquitto. */
    public static Mosquitto start(List<String> lines) {
        Path binary = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        if (binary == null) {
            String reason = "no mosquitto binary in " + PLACES;
            boolean required = Boolean.getBoolean("ALICIA_REQUIRE_MOSQUITTO")
                    || "true".equals(System.getenv("ALICIA_REQUIRE_MOSQUITTO"));
            return required ? Assertions.fail(reason) : Assumptions.abort(reason);
        }
        try {
            Path directory = Files.createTempDirectory("mosquitto");
            int tcpPort = TestServer.freePort();
            int webSocketPort = TestServer.freePort();
            List<String> config = new ArrayList<>(lines);
            config.add("set_tcp_nodelay true"); // else each acknowledgement of a WebSocket client waits 40 ms
            config.add("user " + System.getProperty("user.name"));
            config.add("listener " + tcpPort + " 127.0.0.1");
            config.add("listener " + webSocketPort + " 127.0.0.1");
            config.add("protocol websockets");
            Files.write(directory.resolve("mosquitto.conf"), config);
            return new Mosquitto(binary, directory, tcpPort, webSocketPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a password file with one account, as {@code password_file} reads it. */
    public static Path passwordFile(String userName, String password) {
        try {
            Path file = Files.createTempFile("passwords", ".txt");
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
            Process started = new ProcessBuilder(
                            binary.toString(),
                            "-c",
                            directory.resolve("mosquitto.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("mosquitto.log").toFile()))
                    .start();
            Awaitility.await("mosquitto on port " + tcpPort + ", see " + directory)
                    .pollInterval(5, TimeUnit.MILLISECONDS)
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> answers(tcpPort) && answers(webSocketPort));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
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
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again, on the same ports and with the same configuration. */
    public void startAgain() {
        process = launch();
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
    }
}
