package io.alicia.mqtt.broker;

import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.ports.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The Mosquitto that is installed here, as a process of its own with one listener: what ours is held against. */
public final class RealBroker implements AutoCloseable {

    private static final Path BINARY = Path.of("/usr/sbin/mosquitto");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int port;
    private final Path log;
    private final Process process;

    private RealBroker(int port, Path log, Process process) {
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /** Starts with a listener for anonymous clients and further lines of configuration. */
    public static RealBroker start(Path directory, String... lines) throws IOException {
        require();
        int port = FreePort.find();
        List<String> conf = new ArrayList<>(List.of("listener " + port + " 127.0.0.1", "allow_anonymous true"));
        conf.add("user root");
        conf.addAll(List.of(lines));
        Path file = Files.write(directory.resolve("real.conf"), conf);
        Path log = directory.resolve("real.log");
        Process process = new ProcessBuilder(BINARY.toString(), "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RealBroker broker = new RealBroker(port, log, process);
        await("Mosquitto to listen").atMost(PATIENCE).until(broker::isListening);
        return broker;
    }

    private static void require() {
        if (!Files.isExecutable(BINARY)) {
            missing("no " + BINARY + " to compare with");
        }
    }

    /** Ends the test: it is skipped with this reason, or fails where Mosquitto is required. */
    static void missing(String reason) {
        if ("true".equals(System.getenv("ALICIA_REQUIRE_MOSQUITTO"))
                || Boolean.getBoolean("ALICIA_REQUIRE_MOSQUITTO")) {
            Assertions.fail(reason);
        }
        Assumptions.abort(reason);
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** {@return what was logged so far, without time stamps} */
    public List<String> log() throws IOException {
        return Files.readAllLines(log).stream()
                .map(line -> line.replaceFirst("^\\d{10,}: ", ""))
                .toList();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
