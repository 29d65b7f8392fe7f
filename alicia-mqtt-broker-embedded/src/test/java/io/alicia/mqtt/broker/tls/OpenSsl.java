package io.alicia.mqtt.broker.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The {@code openssl} program: nobody here wrote it. */
public final class OpenSsl {

    private OpenSsl() {}

    /** Ends the test as skipped where a program is missing, unless independent programs must be there. */
    public static void require(String... programs) {
        for (String program : programs) {
            boolean there = Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(":", -1))
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
            boolean required = Boolean.getBoolean("ALICIA_REQUIRE_MOSQUITTO")
                    || Boolean.parseBoolean(System.getenv("ALICIA_REQUIRE_MOSQUITTO"));
            if (!there && required) {
                throw new AssertionError(program + " is not on the PATH, but ALICIA_REQUIRE_MOSQUITTO is set");
            }
            if (!there) {
                Assumptions.abort(program + " is not on the PATH: nothing to compare with");
            }
        }
    }

    /** What it prints; it must succeed. */
    static String run(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Path errors = directory.resolve("openssl-errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors.toFile());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(
                        String.join(" ", command) + ": " + Files.readString(errors, StandardCharsets.ISO_8859_1));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(String.join(" ", command) + " was interrupted", e);
        }
    }
}
