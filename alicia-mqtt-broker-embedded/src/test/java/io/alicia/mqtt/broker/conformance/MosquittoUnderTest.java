package io.alicia.mqtt.broker.conformance;

import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.Folders;
import io.alicia.mqtt.ports.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A Mosquitto process of its own, as Debian installs it. */
final class MosquittoUnderTest implements BrokerUnderTest {

    private static final Path BINARY = Path.of("/usr/sbin/mosquitto");
    private static final String PASSWORD_TOOL = "mosquitto_passwd";

    private final int port = FreePort.find();
    private final int webSocketPort = FreePort.find();
    private final Path folder;
    private final Process process;

    MosquittoUnderTest(Setup setup) {
        try {
            folder = Files.createTempDirectory("conformance");
            process = start(configuration(setup));
            awaitPort(port);
            awaitPort(webSocketPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the case as skipped where there is no Mosquitto, unless it must be there. */
    static void assumeInstalled() {
        if (!Files.isExecutable(BINARY)) {
            boolean required = "true".equals(System.getenv("ALICIA_REQUIRE_MOSQUITTO"))
                    || Boolean.getBoolean("ALICIA_REQUIRE_MOSQUITTO");
            if (required) {
                throw new AssertionError("Mosquitto is required, but " + BINARY + " is missing");
            }
            Assumptions.abort("no " + BINARY + " on this machine: the cases do not run against Mosquitto");
        }
    }

    private Path configuration(Setup setup) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("listener " + port + " 127.0.0.1");
        for (String line : setup.mosquitto()) {
            lines.add(line.replace("{passwords}", passwords().toString()).replace("{acl}", acl().toString()));
        }
        lines.add("listener " + webSocketPort + " 127.0.0.1");
        lines.add("protocol websockets");
        lines.add("log_type error");
        lines.add("set_tcp_nodelay true");
        // It changes its user otherwise, and cannot read this folder then.
        lines.add("user root");
        return Files.write(folder.resolve("mosquitto.conf"), lines);
    }

    private Path passwords() throws IOException {
        Path file = folder.resolve("passwords");
        Files.writeString(file, "user:secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        run(PASSWORD_TOOL, "-U", file.toString());
        return file;
    }

    private Path acl() throws IOException {
        Path file = Files.writeString(folder.resolve("acl"), "user user\ntopic readwrite allowed/#\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static void run(String... command) throws IOException {
        try {
            int exit = new ProcessBuilder(command).start().waitFor();
            if (exit != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + exit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + String.join(" ", command), e);
        }
    }

    private Process start(Path configuration) throws IOException {
        return new ProcessBuilder(BINARY.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private void awaitPort(int expected) {
        await("Mosquitto on port " + expected)
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> takesConnections(expected));
    }

    private boolean takesConnections(int expected) throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError(
                    "Mosquitto ended with " + process.exitValue() + ": " + Files.readString(folder.resolve("log")));
        }
        try {
            new Socket(InetAddress.getLoopbackAddress(), expected).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int webSocketPort() {
        return webSocketPort;
    }

    @Override
    public void elapse(Duration time) {
        Assumptions.abort("the clock of Mosquitto cannot be turned by " + time);
    }

    @Override
    public void awaitGone(String clientIdentifier) {
        // It does not tell; cases that depend on it turn the clock, which is not possible here either.
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
        Folders.delete(folder);
    }
}
