package io.alicia.mqtt.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.topic.NoLevels;
import io.alicia.mqtt.topic.TopicTemplate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveCheckTest {

    private static final String SECRET = "a secret of the house";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    private Mosquitto mosquitto = noServer();

    @SuppressWarnings("NullAway") // set before each test
    private static Mosquitto noServer() {
        return null;
    }

    @BeforeEach
    void start() {
        Path passwords = Mosquitto.passwordFile("alicia", SECRET);
        mosquitto = Mosquitto.start(List.of("allow_anonymous false", "password_file " + passwords));
    }

    @AfterEach
    void stop() {
        if (mosquitto != null) {
            mosquitto.close();
        }
    }

    @Test
    void judges_what_is_retained_on_a_server_and_ends_when_nothing_more_comes() throws IOException {
        retain("homeassistant/sensor/good/config", "{\"stat_t\":\"a\",\"uniq_id\":\"u\"}");
        retain("homeassistant/sensor/bath/bad/config", "{\"stat_t\":\"a\",\"qos\":7}");
        retain("somewhere/else", "{}");
        Path password = Files.writeString(directory.resolve("password"), SECRET + "\n");

        int exitCode = run(
                "check",
                "--json",
                address(),
                "--account",
                "alicia",
                "--password-file",
                password.toString(),
                "--settle",
                "1");

        assertThat(out.toString().lines())
                .containsExactlyInAnyOrder(
                        "{\"id\":\"homeassistant/sensor/good/config\",\"topic\":\"homeassistant/sensor/good/config\","
                                + "\"verdict\":\"accept\",\"at\":[],\"dropped\":[],\"hints\":[]}",
                        "{\"id\":\"homeassistant/sensor/bath/bad/config\",\"topic\":\"homeassistant/sensor/bath/bad/config\","
                                + "\"verdict\":\"reject\",\"at\":[\"qos\"],\"dropped\":[],\"hints\":[],"
                                + "\"reasons\":[\"qos takes one of 0, 1, 2, not 7\"]}");
        assertThat(err).hasToString("");
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void judges_what_is_on_topics_where_home_assistant_does_not_listen() throws IOException {
        String sensor = "{\"stat_t\":\"a\",\"uniq_id\":\"u\"}";
        retain("homeassistant/sensor/config", sensor);
        retain("homeassistant/sensor/a/b/c/config", sensor);
        retain("homeassistant/sensor/a/state", "1");
        Path password = Files.writeString(directory.resolve("password"), SECRET + "\n");

        int exitCode =
                run("check", address(), "--account", "alicia", "--password-file", password.toString(), "--settle", "1");

        assertThat(out.toString().lines())
                .anySatisfy(line -> assertThat(line).startsWith("reject  homeassistant/sensor/config"))
                .anySatisfy(line -> assertThat(line).startsWith("reject  homeassistant/sensor/a/b/c/config"))
                .last()
                .isEqualTo("2 messages, 2 reject");
        assertThat(err).hasToString("");
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void says_that_nothing_came_for_the_server_may_only_not_deliver_it() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), SECRET + "\n");

        int exitCode =
                run("check", address(), "--account", "alicia", "--password-file", password.toString(), "--settle", "1");

        assertThat(out.toString().lines()).containsExactly("0 messages");
        assertThat(err.toString().lines())
                .containsExactly("alicia-ha: nothing came: nobody announces anything there, or alicia may not receive"
                        + " homeassistant/#");
        assertThat(exitCode).isZero();
    }

    @Test
    void says_why_there_is_no_connection_without_showing_the_password() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "something else\n");

        assertThat(run("check", address(), "--account", "alicia", "--password-file", password.toString()))
                .isEqualTo(3);
        assertThat(err.toString()).startsWith("alicia-ha: ").doesNotContain("something else");
        assertThat(err.toString().lines()).hasSize(1);

        err.getBuffer().setLength(0);
        assertThat(run("check", address(), "--account", "alicia")).isEqualTo(2);
        assertThat(err)
                .hasToString("alicia-ha: no password for alicia: name a --password-file, or set ALICIA_HA_PASSWORD"
                        + System.lineSeparator());

        err.getBuffer().setLength(0);
        assertThat(run("check", "mqtt://")).isEqualTo(2);
        assertThat(err.toString()).startsWith("alicia-ha: not a server address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "tcp", "ssl"})
    void says_which_schemes_there_are(String scheme) {
        assertThat(run("check", scheme + "://127.0.0.1:1883")).isEqualTo(2);

        assertThat(err.toString()).startsWith("alicia-ha: no transport for").contains("mqtt, mqtts, ws, wss");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void says_that_there_is_no_server() {
        int nobody = FreePort.find();

        assertThat(run("check", "mqtt://127.0.0.1:" + nobody)).isEqualTo(3);
        assertThat(err.toString()).contains("127.0.0.1:" + nobody);
    }

    private String address() {
        return mosquitto.tcp().toString();
    }

    private void retain(String topic, String payload) {
        try (AliciaMqttClient client = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .account("alicia", SECRET)
                .build()) {
            client.connect();
            client.topic(TopicTemplate.fixed(topic), PayloadCodec.text())
                    .withRetained(true)
                    .publish(NoLevels.NONE, payload)
                    .blockingAwait();
        }
    }

    private int run(String... arguments) {
        return Main.run(new Interruption(), new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
