package io.alicia.mqtt.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code mosquitto_pub} and {@code mosquitto_sub}. */
final class MosquittoClient {

    /**
     * How it ended.
     *
     * @param exitCode 0 if it did what it should
     * @param output what it printed, errors as well
     */
    record Outcome(int exitCode, String output) {}

    private MosquittoClient() {}

    static Outcome run(String program, String... arguments) {
        return run(program, List.of(arguments));
    }

    static Outcome run(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " does not end");
            }
            return new Outcome(
                    process.exitValue(),
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(String.join(" ", command) + " was interrupted", e);
        }
    }
}
