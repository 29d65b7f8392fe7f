package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.RawClient;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database as an operator meets it: files, signals, log lines and exit codes, and the process killed. */
@Timeout(120)
class PersistenceProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private int port;

    private BrokerProcess started(String... further) throws IOException {
        return begun(further).untilRunning();
    }

    private BrokerProcess begun(String... further) throws IOException {
        port = FreePort.find();
        Path file = Files.writeString(
                directory.resolve("m.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location "
                        + directory + "\nmax_queued_messages 0\n" + String.join("\n", further) + "\n");
        return BrokerProcess.ours(directory, "-c", file.toString());
    }

    private Path database() {
        return directory.resolve("mosquitto.db");
    }

    @Test
    void every_message_that_was_acknowledged_is_there_after_the_process_was_killed() throws Exception {
        Set<String> acknowledged = new LinkedHashSet<>();
        for (int life = 0; life < 2; life++) {
            try (BrokerProcess broker = started()) {
                try (RawClient subscriber = RawClient.at(port)) {
                    boolean present = subscriber
                            .connect("s", false, RawClient.expiry(3600))
                            .sessionPresent();
                    assertThat(present).isEqualTo(life > 0);
                    if (!present) {
                        subscriber.subscribed("t/#", Qos.AT_LEAST_ONCE);
                    }
                    receive(subscriber, acknowledged);
                }
                acknowledged.addAll(publishUntilKilled(broker, "life " + life + " "));
            }
        }
        try (BrokerProcess broker = started();
                RawClient subscriber = RawClient.at(port)) {
            assertThat(broker.isAlive()).isTrue();
            assertThat(subscriber.connect("s", false, RawClient.expiry(3600)).sessionPresent())
                    .isTrue();
            receive(subscriber, acknowledged);
        }
    }

    /** Takes messages until every one of these has come. */
    private static void receive(RawClient subscriber, Set<String> expected) {
        Set<String> missing = new LinkedHashSet<>(expected);
        while (!missing.isEmpty()) {
            Publish publish = subscriber.receivePublish();
            missing.remove(RawClient.text(publish));
            subscriber.send(new Puback(publish.packetIdentifier()));
        }
        expected.clear();
    }

    /** A stream of messages, several on their way at a time, that ends with the broker; gives the acknowledged ones. */
    private List<String> publishUntilKilled(BrokerProcess broker, String prefix) throws Exception {
        List<String> payloads = new CopyOnWriteArrayList<>();
        AtomicInteger count = new AtomicInteger();
        Thread publisher = new Thread(() -> stream(prefix, payloads, count));
        publisher.start();
        await().atMost(PATIENCE).until(() -> count.get() >= 300);
        broker.signal("KILL");
        publisher.join(PATIENCE.toMillis());
        assertThat(publisher.isAlive()).isFalse();
        return payloads;
    }

    private void stream(String prefix, List<String> acknowledged, AtomicInteger count) {
        int window = 15;
        try (RawClient client = RawClient.at(port).connected("p")) {
            for (int i = 1; ; i++) {
                client.publish("t/" + i % 7, prefix + i, Qos.AT_LEAST_ONCE, false, 1 + i % 20_000);
                if (i > window) {
                    Packet packet = client.receive(Puback.class);
                    assertThat(((Puback) packet).packetIdentifier()).isEqualTo(1 + (i - window) % 20_000);
                    acknowledged.add(prefix + (i - window));
                    count.incrementAndGet();
                }
            }
        } catch (AssertionError e) {
            // The connection ended with the broker: that is how it is meant to go.
            assertThat(count.get())
                    .as("acknowledged before: %s", e.getMessage())
                    .isGreaterThanOrEqualTo(300);
        }
    }

    @Test
    void while_the_file_cannot_be_written_nothing_is_acknowledged_and_afterwards_everything_is() throws Exception {
        try (BrokerProcess broker = started();
                RawClient publisher = RawClient.at(port)) {
            publisher.connect("p", false, RawClient.expiry(3600));
            publisher.subscribed("t", Qos.AT_LEAST_ONCE);
            // As on a disk that is full, but for this process alone.
            broker.limit("fsize", Files.size(database()));

            publisher.publish("t", "kept", Qos.AT_LEAST_ONCE, true, 7);
            broker.untilLogged("Cannot write the persistent database '" + database()
                    + "', nothing is acknowledged until that works");
            assertThat(RawClient.text(publisher.receivePublish())).isEqualTo("kept");
            try (RawClient newcomer = RawClient.at(port);
                    RawClient passing = RawClient.at(port)) {
                newcomer.send(newcomer.connectPacket("n", false, 60, null, null, null, RawClient.expiry(3600)));
                // Whoever wants nothing to be kept is served.
                passing.connected("passing").publishAndAwait("u", "x", Qos.AT_MOST_ONCE, false);
                publisher.expectNothingMore();
                assertThat(newcomer.hasAnswer())
                        .as("CONNACK of a session that is not stored")
                        .isFalse();

                broker.limit("fsize", Long.MAX_VALUE);

                broker.untilLogged("The persistent database '" + database() + "' is written again.");
                assertThat(publisher.receive(Puback.class).packetIdentifier()).isEqualTo(7);
                assertThat(newcomer.receive(Connack.class).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            }
            broker.signal("KILL");
            broker.exitCode();
        }
        try (BrokerProcess broker = started();
                RawClient publisher = RawClient.at(port);
                RawClient newcomer = RawClient.at(port)) {
            assertThat(broker.isAlive()).isTrue();
            assertThat(newcomer.connect("n", false, RawClient.expiry(3600)).sessionPresent())
                    .isTrue();
            assertThat(publisher.connect("p", false, RawClient.expiry(3600)).sessionPresent())
                    .isTrue();
            assertThat(RawClient.text(publisher.receivePublish())).isEqualTo("kept");
        }
    }

    @Test
    void a_place_that_cannot_be_written_ends_the_start_with_one_line() throws Exception {
        Files.createDirectory(database());

        try (BrokerProcess broker = begun()) {
            assertThat(broker.exitCode()).isEqualTo(1);
            assertThat(broker.log().stream().filter(line -> line.startsWith("Error")))
                    .containsExactly(
                            "Error: Unable to restore persistent database '" + database() + "': it is not a file.");
        }
    }

    @Test
    void it_saves_after_so_many_changes_and_at_usr1_and_then_the_file_is_there() throws Exception {
        try (BrokerProcess broker = started("autosave_on_changes true", "autosave_interval 3");
                RawClient client = RawClient.at(port).connected("c")) {
            client.publishAndAwait("a", "1", Qos.AT_LEAST_ONCE, true);
            client.publishAndAwait("b", "2", Qos.AT_LEAST_ONCE, true);
            assertThat(broker.log()).noneMatch(line -> line.startsWith("Saving"));
            client.publishAndAwait("c", "3", Qos.AT_LEAST_ONCE, true);
            broker.untilLogged("Saving in-memory database to " + database() + ".");

            Files.delete(database());
            broker.signal("USR1");
            await().atMost(PATIENCE).until(() -> Files.exists(database()));

            broker.signal("TERM");
            assertThat(broker.exitCode()).isZero();
        }
        assertThat(database()).exists();
    }

    @Test
    void a_file_that_is_no_database_ends_the_start_with_one_line_and_mosquittos_exit_code() throws Exception {
        Files.writeString(database(), "garbage garbage garbage\n");

        try (BrokerProcess broker = begun()) {
            assertThat(broker.exitCode()).isEqualTo(1);
            assertThat(broker.log().stream().filter(line -> line.startsWith("Error")))
                    .containsExactly("Error: Unable to restore persistent database '" + database()
                            + "': it is not a database of this broker, or damaged beyond reading.");
        }
    }

    @Test
    void a_second_process_with_the_same_file_ends_with_one_line() throws Exception {
        try (BrokerProcess first = started()) {
            Path elsewhere = Files.createDirectory(directory.resolve("second"));
            Path file = Files.writeString(
                    elsewhere.resolve("m.conf"),
                    "listener " + FreePort.find() + " 127.0.0.1\nallow_anonymous true\npersistence true\n"
                            + "persistence_location " + directory + "\n");

            try (BrokerProcess second = BrokerProcess.ours(elsewhere, "-c", file.toString())) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.log())
                        .contains("Error: Unable to restore persistent database '" + database()
                                + "': another process has it open.");
            }
            assertThat(first.isAlive()).isTrue();
        }
    }

    @Test
    void without_persistence_nothing_of_the_store_is_loaded_and_usr1_does_nothing() throws Exception {
        port = FreePort.find();
        Path file = Files.writeString(
                directory.resolve("m.conf"), "listener " + port + " 127.0.0.1\nallow_anonymous true\n");
        List<String> command = new ArrayList<>(BrokerProcess.ourCommand("-c", file.toString()));
        command.add(command.indexOf("-cp"), "-Xlog:class+load:file=" + directory.resolve("classes"));

        try (BrokerProcess broker = BrokerProcess.start(directory, command).untilRunning();
                RawClient client = RawClient.at(port).connected("c").subscribed("a", Qos.EXACTLY_ONCE)) {
            broker.signal("USR1");
            client.publishAndAwait("b", "x", Qos.EXACTLY_ONCE, true);
            assertThat(broker.isAlive()).isTrue();
        }
        assertThat(directory.resolve("classes"))
                .content()
                .contains("io.alicia.mqtt.broker.store.MemoryStore")
                .doesNotContain("org.h2.")
                .doesNotContain("io.alicia.mqtt.broker.store.FileStore");
    }
}
