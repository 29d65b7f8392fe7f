package io.alicia.mqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords and rules by Mosquitto's plugins that read files, and a mosquitto.conf that loses their lines. */
class FilePluginsReloadTest {

    @TempDir
    private Path folder;

    private final int port = FreePort.find();
    private String passwordPlugin = "";
    private String aclPlugin = "";

    @BeforeEach
    void files() throws IOException {
        String hash = PasswordHash.pbkdf2Sha512("secret".getBytes(UTF_8), 101, new SecureRandom())
                .encoded();
        passwordPlugin = """
                plugin /usr/lib/mosquitto_password_file.so
                plugin_opt_password_file %s
                """.formatted(Files.writeString(folder.resolve("passwords"), "app:" + hash + "\n"));
        aclPlugin = """
                plugin /usr/lib/mosquitto_acl_file.so
                plugin_opt_acl_file %s
                """.formatted(Files.writeString(folder.resolve("rules"), "user app\ntopic home/#\n"));
    }

    private BrokerConfig config(String... parts) throws IOException {
        return BrokerConfig.fromMosquitto(Files.writeString(
                folder.resolve("mosquitto.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\n" + String.join("", parts)));
    }

    private static ReasonCode logIn(EmbeddedBroker broker, String account, String password) {
        try (RawClient client = RawClient.v5(broker)) {
            return client.connect("c", account, password).reasonCode();
        }
    }

    private static ReasonCode published(EmbeddedBroker broker, String topic) {
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", "app", "secret").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            client.publish(topic, "x", Qos.AT_LEAST_ONCE, false, 1);
            return client.receive(Puback.class).reasonCode();
        }
    }

    @Test
    void passwords_and_rules_hold_until_the_next_start() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(config(passwordPlugin, aclPlugin))) {
            broker.reload(config());

            assertThat(logIn(broker, "stranger", "x")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(logIn(broker, "app", "wrong")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(published(broker, "home/lamp")).isNotEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(published(broker, "other")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(config())) {
            assertThat(logIn(broker, "stranger", "x")).isEqualTo(ReasonCode.SUCCESS);
        }
    }

    @Test
    void one_of_them_holds_beside_what_is_still_in_the_configuration() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(config(passwordPlugin, aclPlugin))) {
            broker.reload(config(passwordPlugin));
            assertThat(published(broker, "other")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(logIn(broker, "app", "wrong")).isEqualTo(ReasonCode.NOT_AUTHORIZED);

            broker.reload(config(aclPlugin));
            assertThat(published(broker, "other")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(logIn(broker, "app", "wrong")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void another_file_for_the_same_takes_its_place() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "user app\ntopic other\n");
        try (EmbeddedBroker broker = EmbeddedBroker.start(config(passwordPlugin, aclPlugin))) {
            broker.reload(config(passwordPlugin, "acl_file " + other + "\n"));

            assertThat(published(broker, "other")).isNotEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(published(broker, "home/lamp")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }
}
