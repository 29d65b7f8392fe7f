package io.alicia.mqtt.examples.house;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Finds the real Mosquitto. */
final class Mosquitto {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/mosquitto"), Path.of("/usr/local/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"));

    private Mosquitto() {}

    /** The command that starts it; ends the test as skipped where there is none, which CI does not let it. */
    static List<String> command() {
        Path binary = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        if (binary != null) {
            return List.of(binary.toString());
        }
        String reason = "mosquitto is not installed (Debian: mosquitto); looked in " + PLACES;
        if (Boolean.parseBoolean(System.getenv("ALICIA_REQUIRE_MOSQUITTO"))) {
            throw new AssertionError(reason);
        }
        return Assumptions.abort(reason);
    }
}
