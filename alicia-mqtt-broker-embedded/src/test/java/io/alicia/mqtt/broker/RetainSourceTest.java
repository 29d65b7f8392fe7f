package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check_retain_source} keeps from subscribers, and what not: two listeners, each with its own rules. */
class RetainSourceTest {

    @TempDir
    Path directory;

    private final int devices = FreePort.find();
    private final int apps = FreePort.find();
    private Path devicesAcl = Path.of("");
    private Path appsAcl = Path.of("");

    @BeforeEach
    void rules() throws IOException {
        devicesAcl =
                Files.writeString(directory.resolve("devices.acl"), "user esp32_device\ntopic readwrite alicia/#\n");
        appsAcl = Files.writeString(directory.resolve("apps.acl"), "user mobile_app\ntopic read alicia/#\n");
    }

    private List<String> conf(String... more) {
        List<String> lines = new ArrayList<>(List.of(more));
        lines.add("per_listener_settings true");
        lines.addAll(List.of("listener " + devices + " 127.0.0.1", "allow_anonymous true", "acl_file " + devicesAcl));
        lines.addAll(List.of("listener " + apps + " 127.0.0.1", "allow_anonymous true", "acl_file " + appsAcl));
        return lines;
    }

    private BrokerConfig config(String... more) {
        try {
            return BrokerConfig.fromMosquitto(
                    Files.writeString(directory.resolve("m.conf"), String.join("\n", conf(more)) + "\n"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private AutoCloseable started(String which) {
        return which.equals("ours")
                ? EmbeddedBroker.start(config())
                : MosquittoBroker.start(directory, devices, conf());
    }

    private void retain(String topic) {
        try (RawClient device = RawClient.at(devices)) {
            assertThat(device.connect("hall", "esp32_device", "x").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            device.publishAndAwait(topic, "kept", Qos.AT_LEAST_ONCE, true);
        }
    }

    private RawClient app(String identifier) {
        RawClient app = RawClient.at(apps);
        assertThat(app.connect(identifier, "mobile_app", "x").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
        return app.subscribed("alicia/r", Qos.AT_MOST_ONCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ours", "mosquitto"})
    void the_rules_of_the_subscribers_listener_say_nothing_about_who_came_by_another(String which) throws Exception {
        try (AutoCloseable broker = started(which)) {
            assertThat(broker).isNotNull();
            retain("alicia/r");
            try (RawClient app = app("phone")) {
                assertThat(text(app.receivePublish())).isEqualTo("kept");
            }
        }
    }

    /** An app's listener and a device's, whose ports the system chooses. */
    private static BrokerConfig anyPorts() {
        return BrokerConfig.builder()
                .addListeners(
                        anyPort(AccessPolicy.builder()
                                .anonymous()
                                .mayReceive("alicia/#")
                                .build()),
                        anyPort(AccessPolicy.builder()
                                .anonymous()
                                .mayPublish("alicia/#")
                                .build()))
                .build();
    }

    private static ListenerConfig anyPort(AccessPolicy policy) {
        return ListenerConfig.builder()
                .port(0)
                .security(SecurityConfig.builder()
                        .allowAnonymous(true)
                        .access(policy)
                        .build())
                .build();
    }

    @Test
    void listeners_whose_ports_the_system_chooses_are_told_apart() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(anyPorts());
                RawClient device =
                        RawClient.at(broker.addresses().get(1).port()).connected("device");
                RawClient app = RawClient.at(broker.addresses().get(0).port()).connected("app")) {
            device.publishAndAwait("alicia/r", "kept", Qos.AT_LEAST_ONCE, true);

            app.subscribed("alicia/r", Qos.AT_MOST_ONCE);
            assertThat(text(app.receivePublish())).isEqualTo("kept");

            broker.reload(anyPorts());

            device.publishAndAwait("alicia/r", "later", Qos.AT_LEAST_ONCE, true);
            assertThat(text(app.receivePublish())).isEqualTo("later");
        }
    }

    @Test
    void which_listener_it_was_is_known_after_a_restart() {
        String[] persistent = {"persistence true", "persistence_location " + directory + "/"};
        try (EmbeddedBroker broker = EmbeddedBroker.start(config(persistent))) {
            assertThat(broker.addresses()).hasSize(2);
            retain("alicia/r");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(config(persistent));
                RawClient app = app("phone")) {
            assertThat(broker.addresses()).hasSize(2);
            assertThat(text(app.receivePublish())).isEqualTo("kept");
        }
    }

    @Test
    void what_came_by_a_listener_that_is_gone_is_judged_by_the_rules_of_the_subscribers() throws IOException {
        Path rules = Files.writeString(
                directory.resolve("all.acl"),
                "user esp32_device\ntopic readwrite alicia/#\nuser mobile_app\ntopic read alicia/#\n");
        List<String> both = List.of(
                "persistence true",
                "persistence_location " + directory + "/",
                "acl_file " + rules,
                "allow_anonymous true",
                "listener " + apps + " 127.0.0.1",
                "listener " + devices + " 127.0.0.1");
        Path conf = Files.write(directory.resolve("m.conf"), both);
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.fromMosquitto(conf))) {
            assertThat(broker.addresses()).hasSize(2);
            retain("alicia/r");
        }
        Files.writeString(rules, "user esp32_device\ntopic read alicia/#\nuser mobile_app\ntopic read alicia/#\n");
        Files.write(conf, both.subList(0, both.size() - 1));
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.fromMosquitto(conf));
                RawClient app = app("phone")) {
            assertThat(broker.addresses()).hasSize(1);
            app.expectNothingMore();
        }
    }

    @Test
    void listeners_of_one_port_are_known_by_their_addresses() throws IOException {
        Path conf = Files.write(
                directory.resolve("m.conf"),
                List.of(
                        "per_listener_settings true",
                        "listener " + devices + " 127.0.0.1",
                        "allow_anonymous true",
                        "acl_file " + devicesAcl,
                        "listener " + devices + " 127.0.0.2",
                        "allow_anonymous true",
                        "acl_file " + appsAcl));
        BrokerConfig config = BrokerConfig.fromMosquitto(conf);
        try (EmbeddedBroker broker = EmbeddedBroker.start(config)) {
            Files.writeString(devicesAcl, "user esp32_device\ntopic read alicia/#\n");
            Files.writeString(appsAcl, "user mobile_app\ntopic read other/#\n");

            assertThat(broker.reload(BrokerConfig.fromMosquitto(conf)).diffs())
                    .containsOnlyKeys("tcp:" + devices, "tcp:127.0.0.2:" + devices);
        }
    }

    private static final class Told implements BrokerListener {

        private final List<Decision> denied = new CopyOnWriteArrayList<>();
        private final List<String> dropped = new CopyOnWriteArrayList<>();

        @Override
        public void denied(Decision decision) {
            denied.add(decision);
        }

        @Override
        public void dropped(String clientIdentifier, TopicName topic, DropCause cause) {
            dropped.add(clientIdentifier + " " + topic + " " + cause);
        }
    }

    @Test
    void what_is_kept_from_a_subscriber_is_told_with_the_rule_and_counted() throws IOException {
        Told told = new Told();
        try (EmbeddedBroker broker =
                EmbeddedBroker.builder().config(config()).brokerListener(told).start()) {
            retain("alicia/r");
            Files.writeString(devicesAcl, "user esp32_device\ntopic deny alicia/r\ntopic readwrite alicia/#\n");
            broker.reload(config());

            try (RawClient app = app("phone")) {
                app.expectNothingMore();
            }

            assertThat(told.denied).hasSize(1);
            assertThat(told.denied.get(0).toString())
                    .startsWith("denied PUBLISH alicia/r by esp32_device (client hall): ")
                    .contains("devices.acl:2 `topic deny alicia/r`");
            assertThat(told.dropped).containsExactly("phone alicia/r PUBLISH_DENIED");
            assertThat(broker.counters().dropped(DropCause.PUBLISH_DENIED).sum())
                    .isEqualTo(1);
        }
    }

    @Test
    void who_may_not_receive_it_is_denied_that_and_its_publisher_nothing() throws IOException {
        Told told = new Told();
        try (EmbeddedBroker broker =
                EmbeddedBroker.builder().config(config()).brokerListener(told).start()) {
            retain("alicia/r");
            Files.writeString(devicesAcl, "user esp32_device\ntopic read alicia/#\n");
            Files.writeString(appsAcl, "user mobile_app\ntopic read alicia/other\n");
            broker.reload(config());

            try (RawClient app = app("phone")) {
                app.expectNothingMore();
            }

            assertThat(told.denied).isEmpty();
            assertThat(told.dropped).containsExactly("phone alicia/r RECEIVE_DENIED");
            assertThat(broker.counters().dropped(DropCause.PUBLISH_DENIED).sum())
                    .isZero();
        }
    }

    @Test
    void nothing_is_kept_back_where_the_source_is_not_checked() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(config("check_retain_source false"))) {
            retain("alicia/r");
            Files.writeString(devicesAcl, "user esp32_device\ntopic read alicia/#\n");
            broker.reload(config("check_retain_source false"));

            try (RawClient app = app("phone")) {
                assertThat(text(app.receivePublish())).isEqualTo("kept");
            }
        }
    }
}
