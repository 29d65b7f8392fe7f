package io.alicia.mqtt.examples.house;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs {@code mosquitto_pub} and {@code mosquitto_sub}: clients that nobody here wrote. */
final class MosquittoClients {

    private static final long SECONDS = 20;

    private final int port;

    MosquittoClients(int port) {
        this.port = port;
    }

    /** Ends the test as skipped, with the reason, where the clients are not installed; CI does not let it. */
    static void areRequired() {
        try {
            run(List.of("mosquitto_pub", "--help"));
        } catch (UncheckedIOException e) {
            String reason = "mosquitto_pub is not installed (Debian: mosquitto-clients): " + e.getMessage();
            if (Boolean.parseBoolean(System.getenv("ALICIA_REQUIRE_MOSQUITTO"))) {
                throw new AssertionError(reason, e);
            }
            Assumptions.abort(reason);
        }
    }

    /** Publishes with MQTT 5 and QoS 1, so that a refusal is told. */
    Outcome publish(List<String> logIn, String topic, String payload) {
        List<String> command = client("mosquitto_pub", logIn);
        command.addAll(List.of("-q", "1", "-t", topic, "-m", payload));
        return run(command);
    }

    List<String> client(String program, List<String> logIn) {
        List<String> command =
                new ArrayList<>(List.of(program, "-V", "5", "-h", "127.0.0.1", "-p", String.valueOf(port)));
        command.addAll(logIn);
        return command;
    }

    static Outcome run(List<String> command) {
        return outcomeOf(start(command));
    }

    /** Starts what runs until it is ended, and writes what it prints to {@code output}. */
    static Process start(List<String> command, Path output) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Outcome outcomeOf(Process process) {
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end within " + SECONDS + " seconds: " + text);
            }
            return new Outcome(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    record Outcome(int exitCode, String output) {}
}
