package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.RawClient;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.Qos;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients see after a stop and a start is what they see of the real Mosquitto. */
@Timeout(120)
class PersistenceDifferentialTest {

    private static final Path MOSQUITTO = Path.of("/usr/sbin/mosquitto");

    @TempDir
    Path ours;

    @TempDir
    Path theirs;

    private int port;

    @Test
    void retained_queued_and_unfinished_messages_come_back_as_from_mosquitto() throws Exception {
        requireMosquitto();

        assertThat(seen(ours, false)).isEqualTo(seen(theirs, true));
    }

    private static void requireMosquitto() {
        if (!Files.isExecutable(MOSQUITTO)) {
            boolean required = "true".equals(System.getenv("ALICIA_REQUIRE_MOSQUITTO"))
                    || Boolean.getBoolean("ALICIA_REQUIRE_MOSQUITTO");
            assertThat(required)
                    .as("Mosquitto is required, but %s is missing", MOSQUITTO)
                    .isFalse();
            Assumptions.abort("no " + MOSQUITTO + " to compare with");
        }
    }

    private BrokerProcess started(Path directory, boolean mosquitto) throws IOException {
        port = FreePort.find();
        Path file = Files.writeString(
                directory.resolve("m.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location "
                        + directory + "/\npersistence_file house.db\n" + (mosquitto ? "user root\n" : ""));
        BrokerProcess process = mosquitto
                ? BrokerProcess.start(directory, List.of(MOSQUITTO.toString(), "-c", file.toString()))
                : BrokerProcess.ours(directory, "-c", file.toString());
        await("a broker on port " + port)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> {
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
        return process;
    }

    /** What the clients saw, in words; Packet Identifiers only where they have to be those of before. */
    private List<String> seen(Path directory, boolean mosquitto) throws Exception {
        List<String> seen = new ArrayList<>();
        int unfinished;
        try (BrokerProcess broker = started(directory, mosquitto)) {
            unfinished = before();
            broker.signal("TERM");
            seen.add("exit code " + broker.exitCode());
        }
        assertThat(directory.resolve("house.db")).exists();
        try (BrokerProcess broker = started(directory, mosquitto)) {
            after(seen, unfinished);
            broker.signal("TERM");
            seen.add("exit code " + broker.exitCode());
        }
        return seen;
    }

    /** Leaves behind: retained messages, a session with queued messages, one with an unfinished message each way. */
    private int before() {
        try (RawClient queueing = RawClient.at(port)) {
            queueing.connect("queueing", false, RawClient.expiry(3600));
            queueing.subscribed("q/#", Qos.EXACTLY_ONCE);
        }
        try (RawClient unfinished = RawClient.at(port)) {
            unfinished.connect("unfinished", false, RawClient.expiry(3600));
            unfinished.subscribed("u", Qos.EXACTLY_ONCE);
            try (RawClient publisher = RawClient.at(port).connected("publisher")) {
                for (Qos qos : List.of(Qos.AT_MOST_ONCE, Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
                    publisher.publishAndAwait("r/" + qos.level(), "retained", qos, true);
                    publisher.publishAndAwait("q/" + qos.level(), "queued", qos, false);
                }
                publisher.publishAndAwait("r/gone", "x", Qos.AT_LEAST_ONCE, true);
                publisher.publishAndAwait("r/gone", "", Qos.AT_LEAST_ONCE, true);
                publisher.publish("r/expiring", "soon", Qos.AT_LEAST_ONCE, true, 9, expiry(1000));
                publisher.receive(Puback.class);
                publisher.publishAndAwait("u", "unfinished", Qos.AT_LEAST_ONCE, false);
            }
            int identifier = unfinished.receivePublish().packetIdentifier();
            unfinished.publish("q/own", "once", Qos.EXACTLY_ONCE, false, 77);
            unfinished.receive(Pubrec.class);
            return identifier;
        }
    }

    private static PublishProperties expiry(long seconds) {
        return PublishProperties.builder().messageExpiryIntervalSeconds(seconds).build();
    }

    private void after(List<String> seen, int unfinishedIdentifier) {
        try (RawClient client = RawClient.at(port).connected("reader").subscribed("r/#", Qos.EXACTLY_ONCE)) {
            Stream.generate(client::receivePublish)
                    .limit(4)
                    .map(this::words)
                    .sorted()
                    .forEach(seen::add);
        }
        try (RawClient client = RawClient.at(port)) {
            seen.add("unfinished present "
                    + client.connect("unfinished", false, RawClient.expiry(3600))
                            .sessionPresent());
            Publish again = client.receivePublish();
            seen.add(words(again) + (again.packetIdentifier() == unfinishedIdentifier ? " as before" : " renamed"));
            client.send(new Puback(again.packetIdentifier()));
            client.publish("q/own", "once", Qos.EXACTLY_ONCE, false, 77);
            client.receive(Pubrec.class);
            client.send(new Pubrel(77));
            seen.add("released: " + client.receive(Pubcomp.class).reasonCode());
        }
        try (RawClient client = RawClient.at(port)) {
            seen.add("queueing present "
                    + client.connect("queueing", false, RawClient.expiry(3600)).sessionPresent());
            List<Publish> queued =
                    Stream.generate(client::receivePublish).limit(3).toList();
            queued.stream().map(this::words).sorted().forEach(seen::add);
            try (RawClient publisher = RawClient.at(port).connected("publisher")) {
                publisher.publishAndAwait("q/new", "subscribed still", Qos.AT_LEAST_ONCE, false);
            }
            seen.add(words(client.receivePublish()));
        }
    }

    private String words(Publish publish) {
        return publish.topic() + " " + RawClient.text(publish) + " " + publish.qos()
                + (publish.retain() ? " retained" : "")
                + (publish.dup() ? " again" : "")
                + (publish.properties().messageExpiryIntervalSeconds() == null ? "" : " expiring");
    }
}
