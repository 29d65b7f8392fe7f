package io.alicia.mqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.access.AccessFileException;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mosquitto.conf with Mosquitto's dynamic-security plugin: the clients and roles of its file hold. */
class DynamicSecurityPluginTest {

    @TempDir
    private Path folder;

    private final int port = FreePort.find();
    private Path conf = Path.of("");
    private Path roles = Path.of("");

    private static String password(String password) {
        String[] parts = PasswordHash.pbkdf2Sha512(password.getBytes(UTF_8), 101, new SecureRandom())
                .encoded()
                .split("\\$", -1);
        return "\"iterations\": 101, \"salt\": \"" + parts[3] + "\", \"password\": \"" + parts[4] + "\"";
    }

    private static String document(String appMayPublish) {
        return """
                {
                 "defaultACLAccess": {"publishClientReceive": true, "unsubscribe": true},
                 "clients": [
                  {"username": "app", %s, "roles": [{"rolename": "app"}]},
                  {"username": "hall", %s, "clientid": "hall-1", "roles": [{"rolename": "app"}]},
                  {"username": "gone", %s, "disabled": true},
                  {"username": "nobody"}],
                 "groups": [{"groupname": "guests", "roles": [{"rolename": "guest"}]}],
                 "anonymousGroup": "guests",
                 "roles": [
                  {"rolename": "app", "acls": [
                   {"acltype": "publishClientSend", "topic": "%s", "allow": true},
                   {"acltype": "subscribePattern", "topic": "home/#", "allow": true}]},
                  {"rolename": "guest", "acls": [
                   {"acltype": "subscribeLiteral", "topic": "news", "allow": true}]}]}
                """.formatted(password("app"), password("hall"), password("gone"), appMayPublish);
    }

    @BeforeEach
    void configuration() throws IOException {
        roles = Files.writeString(folder.resolve("roles.json"), document("home/#"));
        withPlugin();
    }

    private void withPlugin() throws IOException {
        withoutPlugin();
        Files.writeString(conf, """
                plugin /usr/lib/mosquitto_dynamic_security.so
                plugin_opt_config_file %s
                """.formatted(roles), StandardOpenOption.APPEND);
    }

    private void withoutPlugin() throws IOException {
        conf = Files.writeString(folder.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                allow_anonymous true
                """.formatted(port));
    }

    private EmbeddedBroker start() {
        return EmbeddedBroker.start(BrokerConfig.fromMosquitto(conf));
    }

    private static RawClient connected(EmbeddedBroker broker, String identifier, String account) {
        RawClient client = RawClient.v5(broker);
        assertThat(client.connect(identifier, account, account).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
        return client;
    }

    @Test
    void its_clients_log_in_and_have_what_their_roles_allow() {
        try (EmbeddedBroker broker = start();
                RawClient app = connected(broker, "a", "app");
                RawClient guest = RawClient.v5(broker).connected("guest")) {

            assertThat(published(app, "home/lamp")).isNotEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(published(app, "other")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(subscribed(app, "home/+")).isEqualTo(ReasonCode.GRANTED_QOS_1);
            assertThat(subscribed(app, "#")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(subscribed(guest, "news")).isEqualTo(ReasonCode.GRANTED_QOS_1);
            assertThat(subscribed(guest, "home/lamp")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void as_a_global_plugin_it_holds_on_listeners_with_settings_of_their_own() throws IOException {
        Files.writeString(conf, """
                per_listener_settings true
                global_plugin /usr/lib/mosquitto_dynamic_security.so
                plugin_opt_config_file %s
                listener %d 127.0.0.1
                allow_anonymous true
                """.formatted(roles, FreePort.find()));
        try (EmbeddedBroker broker = start();
                RawClient stranger = RawClient.v5(broker);
                RawClient guest = RawClient.v5(broker).connected("guest")) {
            assertThat(stranger.connect("c", "stranger", "wrong").reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(published(guest, "x")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void each_listener_has_the_roles_and_takes_the_clients_that_its_own_lines_say() throws IOException {
        Path others = Files.writeString(folder.resolve("others.json"), document("rooms/#"));
        int second = FreePort.find();
        Files.writeString(conf, """
                per_listener_settings true
                listener %d 127.0.0.1
                allow_anonymous true
                plugin /usr/lib/mosquitto_dynamic_security.so
                plugin_opt_config_file %s
                listener %d 127.0.0.1
                allow_anonymous false
                plugin /usr/lib/mosquitto_dynamic_security.so
                plugin_opt_config_file %s
                """.formatted(FreePort.find(), roles, second, others));
        try (EmbeddedBroker broker = start();
                RawClient app = connected(broker, "a", "app");
                RawClient guest = RawClient.v5(broker);
                RawClient other = RawClient.at(second);
                RawClient nobody = RawClient.at(second)) {
            assertThat(other.connect("b", "app", "app").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            assertThat(published(app, "rooms/lamp")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(published(other, "rooms/lamp")).isNotEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(guest.connect("c").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            assertThat(nobody.connect("d").reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    private static ReasonCode subscribed(RawClient client, String filter) {
        return client.subscribe(0, new Subscription(TopicFilter.of(filter), Qos.AT_LEAST_ONCE))
                .reasonCodes()
                .get(0);
    }

    private static ReasonCode published(RawClient client, String topic) {
        client.publish(topic, "x", Qos.AT_LEAST_ONCE, false, 1);
        return client.receive(Puback.class).reasonCode();
    }

    /** The same log-ins, with Mosquitto's plugin where it is installed. */
    @Test
    void who_logs_in_and_who_not_is_as_with_mosquittos_plugin() throws IOException {
        List<String> ours = new ArrayList<>();
        try (EmbeddedBroker broker = start()) {
            logIns(broker.port(), ours);
        }
        assertThat(ours)
                .containsExactly(
                        "c app app SUCCESS",
                        "c app wrong NOT_AUTHORIZED",
                        "hall-1 hall hall SUCCESS",
                        "c hall hall NOT_AUTHORIZED",
                        "c gone gone NOT_AUTHORIZED",
                        "c nobody x NOT_AUTHORIZED",
                        "c stranger x NOT_AUTHORIZED",
                        "c null null SUCCESS");

        Optional<Path> plugin = Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib")
                .map(place -> Path.of(place, "mosquitto_dynamic_security.so"))
                .filter(Files::exists)
                .findFirst();
        if (plugin.isEmpty()) {
            RealBroker.missing("Mosquitto's dynamic-security plugin is not installed");
        }
        List<String> real = new ArrayList<>();
        try (RealBroker mosquitto =
                RealBroker.start(folder, "plugin " + plugin.orElseThrow(), "plugin_opt_config_file " + roles)) {
            logIns(mosquitto.port(), real);
        }
        assertThat(real).isEqualTo(ours);
    }

    private static void logIns(int port, List<String> outcomes) {
        for (String logIn : List.of(
                "c app app",
                "c app wrong",
                "hall-1 hall hall",
                "c hall hall",
                "c gone gone",
                "c nobody x",
                "c stranger x",
                "c null null")) {
            String[] parts = logIn.split(" ", -1);
            try (RawClient client = RawClient.at(port)) {
                outcomes.add(logIn + " "
                        + (parts[1].equals("null")
                                        ? client.connect(parts[0])
                                        : client.connect(parts[0], parts[1], parts[2]))
                                .reasonCode());
            }
        }
    }

    @Test
    void a_reload_takes_over_what_the_file_says_now_and_nothing_of_a_broken_one() throws IOException {
        try (EmbeddedBroker broker = start();
                RawClient app = connected(broker, "a", "app");
                RawClient hall = connected(broker, "hall-1", "hall")) {
            Files.writeString(roles, document("home/#").replace("home/#\", \"allow\": true", "home/#"));
            assertThatThrownBy(() -> broker.reload(BrokerConfig.fromMosquitto(conf)))
                    .isInstanceOf(AccessFileException.class)
                    .hasMessageStartingWith(roles + ":");
            assertThat(published(app, "home/lamp")).isNotEqualTo(ReasonCode.NOT_AUTHORIZED);

            String other = document("rooms/#");
            Files.writeString(roles, other);
            ReloadReport report = broker.reload(BrokerConfig.fromMosquitto(conf));

            assertThat(report.disconnected())
                    .extracting(ReloadReport.Disconnected::clientIdentifier)
                    .as("the salts of all passwords are new")
                    .containsExactly("a", "hall-1");
            assertThat(app.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            try (RawClient again = connected(broker, "a", "app")) {
                Files.writeString(roles, other.replace("rooms/#", "other/#"));
                ReloadReport rights = broker.reload(BrokerConfig.fromMosquitto(conf));

                assertThat(rights.disconnected()).isEmpty();
                assertThat(rights.changes().toString()).contains("app loses PUBLISH rooms/#");
                assertThat(published(again, "rooms/lamp")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            }
            assertThat(hall.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    /** As Mosquitto, where a plugin stays loaded: a line that is lost lets nobody in. */
    @Test
    void a_reload_without_its_lines_leaves_in_force_what_holds() throws IOException {
        try (EmbeddedBroker broker = start();
                RawClient app = connected(broker, "a", "app")) {
            Files.writeString(roles, document("rooms/#"));
            broker.reload(BrokerConfig.fromMosquitto(conf));
            withoutPlugin();

            for (int time = 0; time < 2; time++) {
                broker.reload(BrokerConfig.fromMosquitto(conf));
                try (RawClient stranger = RawClient.v5(broker);
                        RawClient again = connected(broker, "b", "app")) {
                    assertThat(stranger.connect("c", "stranger", "x").reasonCode())
                            .isEqualTo(ReasonCode.NOT_AUTHORIZED);
                    assertThat(published(again, "home/lamp")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
                    assertThat(published(again, "rooms/lamp")).isNotEqualTo(ReasonCode.NOT_AUTHORIZED);
                }
            }
            assertThat(app.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void a_file_that_has_nobody_any_more_leaves_nobody() throws IOException {
        try (EmbeddedBroker broker = start();
                RawClient app = connected(broker, "a", "app")) {
            Files.writeString(roles, "{}");

            broker.reload(BrokerConfig.fromMosquitto(conf));

            assertThat(app.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            try (RawClient again = RawClient.v5(broker)) {
                assertThat(again.connect("a", "app", "app").reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            }
        }
    }
}
