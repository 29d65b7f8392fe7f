package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.RawClient;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the broker's log says about who may not do what. */
class AccessLogTest {

    @TempDir
    Path directory;

    @Test
    void names_the_rule_that_alicia_acl_explains_and_who_loses_what_when_the_rules_are_read_again() throws Exception {
        int port = FreePort.find();
        Path acl = directory.resolve("house.acl");
        Files.writeString(acl, """
                pattern write logs/%c
                user app
                topic write alicia/#
                topic deny alicia/lock/#
                """);
        Path conf = directory.resolve("m.conf");
        Files.writeString(conf, "listener " + port + " 127.0.0.1\nallow_anonymous true\nacl_file " + acl + "\n");

        try (BrokerProcess broker =
                        BrokerProcess.ours(directory, "-c", "m.conf").untilRunning();
                RawClient app = RawClient.at(port)) {
            assertThat(app.connect("phone", "app", "x").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            for (String topic : List.of("alicia/lock/door", "logs/other")) {
                assertThat(publish(app, topic)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
                String explained = explain(acl, "-u", "app", "-i", "phone", "--publish", topic);
                assertThat(explained).startsWith("denied PUBLISH " + topic + " by app (client phone): ");
                broker.untilLogged(explained);
            }
            assertThat(broker.log())
                    .anyMatch(line -> line.endsWith("house.acl:4 `topic deny alicia/lock/#`"))
                    .anyMatch(line -> line.endsWith("no rule matched; nearest: " + acl + ":1 `pattern write logs/%c`"));

            assertThat(publish(app, "alicia/light")).isNotEqualTo(ReasonCode.NOT_AUTHORIZED);
            Files.writeString(acl, "user app\ntopic write alicia/devices/#\n");
            broker.signal("HUP");
            broker.untilLogged("app loses PUBLISH alicia/# except");
            assertThat(publish(app, "alicia/light")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(publish(app, "alicia/devices/x")).isNotEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void rules_in_lines_that_end_with_cr_alone_are_read_as_by_mosquitto_with_a_warning() throws Exception {
        int port = FreePort.find();
        Path acl = Files.writeString(directory.resolve("house.acl"), "user app\ntopic write alicia/#\n");
        Files.writeString(
                directory.resolve("m.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\nacl_file " + acl + "\n");

        try (BrokerProcess broker =
                        BrokerProcess.ours(directory, "-c", "m.conf").untilRunning();
                RawClient app = RawClient.at(port)) {
            app.connect("phone", "app", "x");
            assertThat(publish(app, "alicia/light")).isNotEqualTo(ReasonCode.NOT_AUTHORIZED);

            Files.writeString(acl, "user app\rtopic write alicia/#\r");
            broker.signal("HUP");

            broker.untilLogged("Warning: " + acl + ":1: the lines end with CR alone");
            broker.untilLogged("app loses PUBLISH alicia/#");
            assertThat(publish(app, "alicia/light")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void files_of_one_name_are_told_apart() throws Exception {
        int lan = FreePort.find();
        int web = FreePort.find();
        Path conf = Files.writeString(directory.resolve("m.conf"), "per_listener_settings true\n");
        for (String name : List.of("lan", "web")) {
            Path acl = Files.createDirectory(directory.resolve(name)).resolve("acl");
            Files.writeString(acl, "user app\ntopic write x\ntopic deny y\n");
            Files.writeString(
                    conf,
                    "listener " + (name.equals("lan") ? lan : web) + " 127.0.0.1\nallow_anonymous true\nacl_file " + acl
                            + "\n",
                    StandardOpenOption.APPEND);
        }

        try (BrokerProcess broker =
                        BrokerProcess.ours(directory, "-c", "m.conf").untilRunning();
                RawClient app = RawClient.at(web)) {
            app.connect("phone", "app", "x");
            assertThat(publish(app, "y")).isEqualTo(ReasonCode.NOT_AUTHORIZED);

            String explained =
                    explain(directory.resolve("web").resolve("acl"), "-u", "app", "-i", "phone", "--publish", "y");
            assertThat(explained).endsWith("/web/acl:3 `topic deny y`");
            broker.untilLogged(explained);
        }
    }

    @Test
    void a_denied_publish_is_one_line_with_the_rule_its_file_and_its_line_for_each_version_of_mqtt() throws Exception {
        int port = FreePort.find();
        Files.writeString(
                directory.resolve("house.acl"), "user app\ntopic write alicia/#\n\ntopic deny alicia/lock/#\n");
        Files.writeString(
                directory.resolve("m.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\nacl_file house.acl\nlog_type all\n");

        try (BrokerProcess broker =
                BrokerProcess.ours(directory, "-c", "m.conf").untilRunning()) {
            List<String> denials = new ArrayList<>();
            for (MqttVersion version : MqttVersion.values()) {
                try (RawClient app = RawClient.at(port, version)) {
                    assertThat(app.connect("phone-" + version, "app", "x").reasonCode())
                            .isEqualTo(ReasonCode.SUCCESS);
                    app.publish("alicia/lock/door", "x", Qos.AT_LEAST_ONCE, false, 1);
                    app.receive(Puback.class);
                    app.publishAndAwait("alicia/light", "x", Qos.AT_LEAST_ONCE, false);
                }
                denials.add("Warning: denied PUBLISH alicia/lock/door by app (client phone-" + version
                        + "): house.acl:4 `topic deny alicia/lock/#`");
            }

            broker.untilLogged(denials.get(denials.size() - 1));
            broker.signal("TERM");
            broker.exitCode();
            assertThat(broker.log())
                    .filteredOn(line -> line.toLowerCase(Locale.ROOT).contains("denied"))
                    .containsExactlyElementsOf(denials);
        }
    }

    @Test
    void a_message_kept_from_a_subscriber_has_one_line_with_the_explained_rule_and_another_after_a_reload()
            throws Exception {
        int port = FreePort.find();
        Path acl = Files.writeString(
                directory.resolve("house.acl"),
                "user app\ntopic read alicia/#\ntopic deny alicia/lock/#\nuser lock\ntopic write alicia/lock/#\n");
        Files.writeString(
                directory.resolve("m.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\nacl_file " + acl + "\n");

        try (BrokerProcess broker =
                        BrokerProcess.ours(directory, "-c", "m.conf").untilRunning();
                RawClient app = RawClient.at(port);
                RawClient lock = RawClient.at(port)) {
            app.connect("phone", "app", "x");
            app.subscribed("alicia/#", Qos.AT_LEAST_ONCE);
            lock.connect("door", "lock", "x");
            for (int i = 0; i < 20; i++) {
                lock.publishAndAwait("alicia/lock/door", "open", Qos.AT_LEAST_ONCE, false);
            }

            String explained = explain(acl, "-u", "app", "-i", "phone", "--receive", "alicia/lock/door");
            assertThat(explained)
                    .isEqualTo("denied RECEIVE alicia/lock/door by app (client phone): " + acl + ":3 `topic deny"
                            + " alicia/lock/#`");
            broker.untilLogged(explained);
            app.expectNothingMore();
            assertThat(broker.log())
                    .filteredOn(line -> line.contains("denied RECEIVE"))
                    .hasSize(1);

            Files.writeString(acl, "user app\ntopic read alicia/x/#\nuser lock\ntopic write alicia/lock/#\n");
            broker.signal("HUP");
            broker.untilLogged("app loses RECEIVE alicia/#");
            lock.publishAndAwait("alicia/lock/door", "open", Qos.AT_LEAST_ONCE, false);
            broker.untilLogged("denied RECEIVE alicia/lock/door by app (client phone): no rule matched; nearest: " + acl
                    + ":2 `topic read alicia/x/#`");
        }
    }

    @Test
    void strict_subscriptions_of_the_command_line_hold_for_each_listener_and_after_a_reload() throws Exception {
        int port = FreePort.find();
        Path acl = Files.writeString(directory.resolve("house.acl"), "user app\ntopic read alicia/#\n");
        Files.writeString(
                directory.resolve("m.conf"),
                "per_listener_settings true\nlistener " + port + " 127.0.0.1\nallow_anonymous true\nacl_file " + acl
                        + "\n");

        try (BrokerProcess broker = BrokerProcess.ours(directory, "--strict-subscriptions", "-c", "m.conf")
                        .untilRunning();
                RawClient app = RawClient.at(port)) {
            assertThat(app.connect("phone", "app", "x").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            assertThat(subscribe(app, "homeassistant/#")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            broker.untilLogged("denied SUBSCRIBE homeassistant/# by app (client phone): no rule lets it receive");
            assertThat(subscribe(app, "alicia/sensors/+")).isEqualTo(ReasonCode.SUCCESS);

            Files.writeString(acl, "user app\ntopic read homeassistant/#\n");
            broker.signal("HUP");
            broker.untilLogged("app loses RECEIVE alicia/#");
            assertThat(subscribe(app, "alicia/sensors/+")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(subscribe(app, "homeassistant/#")).isEqualTo(ReasonCode.SUCCESS);
        }
    }

    private static ReasonCode subscribe(RawClient client, String filter) {
        return client.subscribe(0, new Subscription(TopicFilter.of(filter), Qos.AT_MOST_ONCE))
                .reasonCodes()
                .get(0);
    }

    private static ReasonCode publish(RawClient client, String topic) {
        client.publish(topic, "x", Qos.AT_LEAST_ONCE, false, 1);
        return client.receive(Puback.class).reasonCode();
    }

    private static String explain(Path acl, String... question) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.alicia.mqtt.access.cli.Main",
                "explain"));
        command.addAll(List.of(question));
        command.add(acl.toString());
        Process explain = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(explain.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(explain.waitFor()).as(said).isEqualTo(1);
        return said.lines().findFirst().orElseThrow();
    }
}
