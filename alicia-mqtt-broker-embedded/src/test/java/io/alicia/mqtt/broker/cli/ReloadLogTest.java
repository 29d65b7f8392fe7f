package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.RawClient;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the broker's log says about single clients when the rules are read again. */
class ReloadLogTest {

    private static final String PATTERN = "pattern write dev/%c/#\n";

    @TempDir
    Path directory;

    @Test
    void names_the_clients_that_a_rule_names_where_a_pattern_has_their_identifier() throws Exception {
        int port = FreePort.find();
        Path acl = Files.writeString(directory.resolve("house.acl"), "user app\ntopic write x\n" + PATTERN);
        Files.writeString(
                directory.resolve("m.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\nacl_file " + acl + "\n");

        try (BrokerProcess broker =
                        BrokerProcess.ours(directory, "-c", "m.conf").untilRunning();
                RawClient hall = app(port, "hall");
                RawClient kitchen = app(port, "kitchen");
                RawClient lamp = app(port, "hall/lamp")) {
            assertThat(publish(hall, "dev/hall/state")).isNotEqualTo(ReasonCode.NOT_AUTHORIZED);

            Files.writeString(acl, "user app\ntopic write x\ntopic deny dev/hall/#\n" + PATTERN);
            broker.signal("HUP");

            String rules = " (until now: " + acl + ":3 `pattern write dev/%c/#`; now: " + acl
                    + ":3 `topic deny dev/hall/#`); ";
            broker.untilLogged("app (client hall) loses PUBLISH dev/hall/#" + rules + "connected: [hall]");
            broker.untilLogged(
                    "app (client hall/lamp) loses PUBLISH dev/hall/lamp/#" + rules + "connected: [hall/lamp]");
            assertThat(publish(hall, "dev/hall/state")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(publish(lamp, "dev/hall/lamp/state")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(publish(kitchen, "dev/kitchen/state")).isNotEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(broker.log()).noneMatch(line -> line.contains("connected: ") && line.contains("kitchen"));
        }
    }

    private static RawClient app(int port, String identifier) {
        RawClient client = RawClient.at(port);
        assertThat(client.connect(identifier, "app", "x").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
        return client;
    }

    private static ReasonCode publish(RawClient client, String topic) {
        client.publish(topic, "x", Qos.AT_LEAST_ONCE, false, 1);
        return client.receive(Puback.class).reasonCode();
    }
}
