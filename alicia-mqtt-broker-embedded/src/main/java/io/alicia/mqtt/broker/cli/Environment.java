package io.alicia.mqtt.broker.cli;

import io.alicia.mqtt.broker.BrokerConfig;
import io.alicia.mqtt.broker.PersistenceConfig;
import io.alicia.mqtt.broker.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the process is told by its surroundings, as Mosquitto 2.1 is, besides command line and configuration file.
 *
 * @param variables the environment variables
 * @param user the name of the user that the process runs as
 */
record Environment(Map<String, String> variables, String user) {

    static final Environment SYSTEM = new Environment(System.getenv(), System.getProperty("user.name", ""));

    private static final String LOCATION = "MOSQUITTO_PERSISTENCE_LOCATION";

    /** {@code MOSQUITTO_PERSISTENCE_LOCATION} takes the place of {@code persistence_location}. */
    BrokerConfig applyTo(BrokerConfig config, Settings global) {
        @Nullable String location = variables.get(LOCATION);
        if (location == null || location.isEmpty() || config.persistence().isEmpty()) {
            return config;
        }
        String name = global.text("persistence_file").orElse("mosquitto.db");
        return BrokerConfig.builder()
                .from(config)
                .persistence(PersistenceConfig.builder()
                        .from(config.persistence().get())
                        .file(Path.of(location + "/" + name))
                        .build())
                .build();
    }

    /** Mosquitto changes from root to another user; who relies on that has to hear that it does not happen. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (user.equals("root")) {
            warnings.add("Warning: alicia-mqtt-broker should not be run as root/administrator.");
            if (variables.containsKey("PUID") || variables.containsKey("PGID")) {
                warnings.add("Warning: PUID and PGID have no effect here. A running Java process can't change its user;"
                        + " start the broker as that user.");
            }
        }
        return List.copyOf(warnings);
    }

    /** Whether the JVM was given another signal for what it does with SIGUSR2 otherwise. */
    boolean leavesUsr2ToUs() {
        return variables.containsKey("_JAVA_SR_SIGNUM");
    }
}
