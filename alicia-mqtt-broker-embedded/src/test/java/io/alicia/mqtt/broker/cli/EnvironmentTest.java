package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.BrokerConfig;
import io.alicia.mqtt.broker.PersistenceConfig;
import io.alicia.mqtt.broker.config.ConfRefusedException;
import io.alicia.mqtt.broker.config.MosquittoConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

    @TempDir
    Path directory;

    private Optional<Path> database(Map<String, String> variables, String... lines)
            throws IOException, ConfRefusedException {
        Path file = Files.writeString(directory.resolve("m.conf"), String.join("\n", lines) + "\n");
        return new Environment(variables, "operator")
                .applyTo(
                        BrokerConfig.fromMosquitto(file),
                        MosquittoConf.read(file).global())
                .persistence()
                .map(PersistenceConfig::file);
    }

    @Test
    void mosquitto_persistence_location_takes_the_place_of_the_option() throws IOException, ConfRefusedException {
        Map<String, String> variables = Map.of("MOSQUITTO_PERSISTENCE_LOCATION", "/data");

        assertThat(database(variables, "persistence true", "persistence_location /elsewhere"))
                .contains(Path.of("/data/mosquitto.db"));
        assertThat(database(variables, "persistence true", "persistence_file house.db"))
                .contains(Path.of("/data/house.db"));
        assertThat(database(variables)).isEmpty();
        assertThat(database(Map.of(), "persistence true", "persistence_location /elsewhere"))
                .contains(Path.of("/elsewhere/mosquitto.db"));
    }

    @Test
    void who_starts_it_as_root_hears_that_it_stays_root() {
        assertThat(new Environment(Map.of(), "root").warnings())
                .containsExactly("Warning: alicia-mqtt-broker should not be run as root/administrator.");
        assertThat(new Environment(Map.of("PUID", "1000"), "root").warnings())
                .hasSize(2)
                .last()
                .asString()
                .contains("PUID and PGID have no effect here.");
        assertThat(new Environment(Map.of("PUID", "1000"), "operator").warnings())
                .isEmpty();
    }
}
