package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.RealBroker;
import io.alicia.mqtt.ports.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code log_dest topic}, from a client's action to another client's ears. */
@Timeout(60)
class LogTopicsTest {

    private static final List<String> LOG =
            List.of("log_dest topic", "log_type notice", "log_type subscribe", "log_timestamp false");

    @TempDir
    Path directory;

    @Test
    void a_subscriber_reads_the_log_as_mosquittos_would() throws Exception {
        int port = FreePort.find();
        Files.writeString(
                directory.resolve("m.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\n" + String.join("\n", LOG) + "\n");

        try (RealBroker mosquitto = RealBroker.start(directory, LOG.toArray(String[]::new));
                BrokerProcess ours = BrokerProcess.ours(directory, "-c", "m.conf")) {
            ours.untilListening(port);
            List<String> theirs = heard(mosquitto.port());

            assertThat(heard(port)).isEqualTo(theirs).hasSize(3);
        }
    }

    /** What somebody reads who listens while another client comes, subscribes and goes. */
    private static List<String> heard(int port) throws MqttException {
        List<String> lines = new CopyOnWriteArrayList<>();
        MqttClient reader = connected(port, "reader");
        reader.subscribe("$SYS/broker/log/#", 2, (topic, message) -> {
            String line = topic + " " + message;
            if (line.contains("visitor")) {
                lines.add(line);
            }
        });
        MqttClient visitor = connected(port, "visitor");
        visitor.subscribe("a", 1);
        visitor.disconnect();

        await().untilAsserted(() -> assertThat(lines).anyMatch(line -> line.contains("disconnected")));
        reader.disconnect();
        return lines.stream()
                .map(line -> line.replaceAll("127\\.0\\.0\\.1:\\d+", "ADDRESS"))
                .map(LogTopicsTest::since21)
                .toList();
    }

    private static String since21(String line) {
        int text = line.indexOf(' ') + 1;
        return line.substring(0, text) + LogLinesTest.since21(line.substring(text));
    }

    private static MqttClient connected(int port, String name) throws MqttException {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, name, new MemoryPersistence());
        client.connect();
        return client;
    }
}
