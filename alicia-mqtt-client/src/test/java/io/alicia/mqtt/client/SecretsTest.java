package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.topic.TopicTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client says, with every logger of its JVM talking as much as it can. */
@Timeout(60)
class SecretsTest {

    private static final String SECRET = "open-sesame-4711";

    @Test
    void are_in_no_log_no_text_form_and_no_failure(@TempDir Path directory) throws IOException, InterruptedException {
        Path passwords = Mosquitto.passwordFile("house", SECRET);
        Path said = directory.resolve("said");
        try (Mosquitto server =
                Mosquitto.start(List.of("allow_anonymous false", "password_file " + passwords.toAbsolutePath()))) {
            Process talkative = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Talkative.class.getName(),
                            server.tcp().toString(),
                            "ws://127.0.0.1:" + server.webSocket().port() + "/mqtt?token=" + SECRET)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertThat(talkative.waitFor(40, TimeUnit.SECONDS)).isTrue();
            assertThat(talkative.exitValue()).as(Files.readString(said)).isZero();
        } finally {
            Files.delete(passwords);
        }

        assertThat(Files.readString(said))
                .contains("NioEventLoop - ", "ConnectionLife - ", "published to " + MqttVersion.MQTT_5, "refused")
                .doesNotContain(SECRET)
                .doesNotContain(Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)));
    }

    /** In the JVM of its own. */
    static final class Talkative {

        private Talkative() {}

        public static void main(String[] servers) {
            for (String server : servers) {
                for (MqttVersion version : List.of(MqttVersion.MQTT_5, MqttVersion.MQTT_3_1_1)) {
                    connect(server, version);
                    fail(server, version);
                }
            }
        }

        private static void connect(String server, MqttVersion version) {
            try (AliciaMqttClient client = builder(server, version, SECRET).connect()) {
                client.topic(TopicTemplate.of("secrets/{room}"), PayloadCodec.text())
                        .publish("hall", "x")
                        .blockingAwait();
                System.out.println("published to " + version + " " + client + client.connectionState()
                        + new Credentials("house", SECRET) + ServerAddress.of(server));
            }
        }

        private static void fail(String server, MqttVersion version) {
            try (AliciaMqttClient client =
                    builder(server, version, SECRET + "-not").connect()) {
                System.out.println(client);
            } catch (ConnectFailedException e) {
                e.printStackTrace(System.out);
            }
        }

        private static AliciaMqttClientBuilder builder(String server, MqttVersion version, String secret) {
            return AliciaMqttClient.builder().server(server).version(version).account("house", secret);
        }
    }
}
