package io.alicia.mqtt.broker.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A broker, ours or another, as a process of its own whose log goes to a file. */
final class BrokerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path errors;

    private BrokerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /**
     * Our program on the class path of the test. A test run that was started with nohup has SIGHUP ignored, and a JVM
     * would leave it so: the launcher sees to that, here it is env(1).
     */
    static List<String> ourCommand(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=HUP",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    static BrokerProcess start(Path directory, List<String> command) throws IOException {
        Path errors = directory.resolve("stderr");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .redirectOutput(directory.resolve("stdout").toFile())
                .start();
        return new BrokerProcess(process, errors);
    }

    static BrokerProcess ours(Path directory, String... arguments) throws IOException {
        return start(directory, ourCommand(arguments));
    }

    BrokerProcess untilLogged(String text) {
        return until("the log to say \"" + text + "\"", line -> line.contains(text));
    }

    BrokerProcess untilRunning() {
        return until("the broker to run", line -> line.endsWith(" running"));
    }

    /** Who waits in vain reads what was logged instead; of a process that has ended nothing more is awaited. */
    private BrokerProcess until(String what, Predicate<String> logged) {
        await(what).atMost(PATIENCE).untilAsserted(() -> {
            boolean ended = !process.isAlive();
            List<String> log = log();
            if (log.stream().noneMatch(logged)) {
                String shown = "waiting for " + what + ", log of process " + process.pid() + ": " + log;
                if (ended) {
                    throw new IllegalStateException("ended with " + process.exitValue() + " while " + shown);
                }
                throw new AssertionError(shown);
            }
        });
        return this;
    }

    /** For a broker that does not log to where it could be read. */
    BrokerProcess untilListening(int port) {
        await("the broker at port " + port).atMost(PATIENCE).until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
        return this;
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** Sets a resource limit of the running process, as prlimit(1) names it; {@link Long#MAX_VALUE} for none. */
    void limit(String resource, long value) throws IOException, InterruptedException {
        String soft = value == Long.MAX_VALUE ? "unlimited" : String.valueOf(value);
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", String.valueOf(process.pid()), "--" + resource + "=" + soft + ":unlimited")
                .inheritIO()
                .start();
        if (prlimit.waitFor() != 0) {
            throw new AssertionError("prlimit ended with " + prlimit.exitValue());
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + PATIENCE + ", log: " + log());
        }
        return process.exitValue();
    }

    /** {@return what was logged so far, without time stamps} */
    List<String> log() {
        try {
            return Files.readAllLines(errors).stream()
                    .map(line -> line.replaceFirst("^\\d{10,}: ", ""))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
