package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.monitoring.BrokerVersion;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysTopicsTest {

    /** What Mosquitto 2.1 has and 2.0 has not. */
    private static final Set<String> SINCE_2_1 = Set.of(
            "$SYS/broker/connections/socket/count", "$SYS/broker/packet/out/bytes", "$SYS/broker/packet/out/count");

    private final TestTime time = new TestTime();
    private final EmbeddedBroker broker = start(10);

    private EmbeddedBroker start(int sysIntervalSeconds) {
        return EmbeddedBroker.builder()
                .tcp(0)
                .allowAnonymous()
                .time(time, time)
                .configure(config -> config.sysInterval(Duration.ofSeconds(sysIntervalSeconds)))
                .start();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void the_names_are_those_of_mosquitto(@TempDir Path directory) throws IOException {
        Set<String> theirs = new TreeSet<>();
        try (RealBroker mosquitto = RealBroker.start(directory, "sys_interval 1");
                RawClient client =
                        RawClient.at(mosquitto.port()).connected("c").subscribed("$SYS/#", Qos.AT_MOST_ONCE)) {
            // Told for the first time at an interval, as the last of the clients' numbers and before the heap's.
            while (!theirs.contains("$SYS/broker/clients/maximum")) {
                theirs.add(topicOf(client.receivePublish()));
            }
        }

        try (RawClient client = RawClient.v5(broker).connected("c")) {
            Set<String> ours = new TreeSet<>(retained(client).keySet());
            assertThat(ours).containsAll(SINCE_2_1);
            ours.removeAll(SINCE_2_1);
            assertThat(ours).isEqualTo(theirs);
        }
    }

    @Test
    void all_are_there_from_the_start_with_what_is_so() {
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            assertThat(retained(client))
                    .containsEntry("$SYS/broker/version", BrokerVersion.full())
                    .containsEntry("$SYS/broker/uptime", "0 seconds")
                    .containsEntry("$SYS/broker/clients/connected", "0")
                    .containsEntry("$SYS/broker/load/messages/received/1min", "0.00");
        }
        assertThat(BrokerVersion.full()).matches("alicia-mqtt-broker version \\d+\\.\\d+.*");
    }

    @Test
    void what_has_changed_is_told_at_the_interval_and_nothing_else() {
        try (RawClient watcher = RawClient.v5(broker).connected("watcher");
                RawClient client = RawClient.v5(broker).connected("client")) {
            retained(watcher);
            client.subscribed("a", Qos.AT_LEAST_ONCE).subscribed("$share/group/a", Qos.AT_LEAST_ONCE);
            client.publishAndAwait("kept", "12345", Qos.AT_MOST_ONCE, true);
            time.pass(Duration.ofSeconds(9));
            watcher.expectNothingMore();
            time.pass(Duration.ofSeconds(1));

            assertThat(published(watcher))
                    .containsEntry("$SYS/broker/uptime", "10 seconds")
                    .containsEntry("$SYS/broker/clients/total", "2")
                    .containsEntry("$SYS/broker/clients/connected", "2")
                    .containsEntry("$SYS/broker/clients/maximum", "2")
                    .containsEntry("$SYS/broker/subscriptions/count", "3")
                    .containsEntry("$SYS/broker/shared_subscriptions/count", "1")
                    .containsEntry("$SYS/broker/publish/messages/received", "2")
                    .containsEntry("$SYS/broker/publish/bytes/received", "5")
                    .containsEntry("$SYS/broker/connections/socket/count", "2")
                    .doesNotContainKeys(
                            "$SYS/broker/version",
                            "$SYS/broker/clients/disconnected",
                            "$SYS/broker/clients/expired",
                            "$SYS/broker/publish/messages/dropped");
        }
    }

    @Test
    void a_session_that_waits_and_expires_is_told() {
        try (RawClient away = RawClient.v5(broker)) {
            away.connect("away", true, RawClient.expiry(15));
            away.subscribed("a", Qos.AT_LEAST_ONCE);
        }
        try (RawClient watcher = RawClient.v5(broker).connected("watcher")) {
            await().until(() -> broker.connectedClients().size() == 1);
            watcher.publishAndAwait("a", "waits", Qos.AT_LEAST_ONCE, false);
            Map<String, String> before = retained(watcher);
            time.pass(Duration.ofSeconds(10));

            Map<String, String> waiting = published(watcher);
            assertThat(waiting)
                    .containsEntry("$SYS/broker/clients/total", "2")
                    .containsEntry("$SYS/broker/clients/disconnected", "1")
                    .containsEntry("$SYS/broker/clients/inactive", "1");
            assertThat(Integer.parseInt(waiting.get("$SYS/broker/store/messages/count")))
                    .isEqualTo(before.size() + 1);

            time.pass(Duration.ofSeconds(10));
            assertThat(published(watcher))
                    .containsEntry("$SYS/broker/clients/total", "1")
                    .containsEntry("$SYS/broker/clients/disconnected", "0")
                    .containsEntry("$SYS/broker/clients/expired", "1")
                    .doesNotContainKey("$SYS/broker/clients/maximum");
        }
    }

    @Test
    void intervals_are_aligned_to_the_clock() {
        time.pass(Duration.ofSeconds(3));
        try (EmbeddedBroker late = start(10);
                RawClient watcher = RawClient.v5(late).connected("watcher")) {
            retained(watcher);
            time.pass(Duration.ofSeconds(6));
            watcher.expectNothingMore();
            time.pass(Duration.ofSeconds(1));

            assertThat(published(watcher)).containsEntry("$SYS/broker/uptime", "7 seconds");
        }
    }

    @Test
    void an_interval_of_0_means_none() {
        try (EmbeddedBroker silent = start(0);
                RawClient watcher = RawClient.v5(silent).connected("watcher")) {
            assertThat(retained(watcher)).isEmpty();
            assertThat(silent.retainedMessages()).isZero();
        }
    }

    @Test
    void only_who_has_a_rule_for_them_may_read_them_and_nobody_may_write_them(@TempDir Path directory)
            throws IOException {
        AccessPolicy policy = AccessPolicy.fromMosquittoAcl(Files.writeString(
                directory.resolve("acl"),
                "topic readwrite #\ntopic read $SYS/broker/version\ntopic readwrite $SYS/broker/uptime\n"));
        try (EmbeddedBroker guarded = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .access(policy)
                        .time(time, time)
                        .configure(config -> config.sysInterval(Duration.ofSeconds(10)))
                        .start();
                RawClient client = RawClient.v5(guarded).connected("c")) {
            client.publishAndAwait("$SYS/broker/uptime", "for ever", Qos.AT_MOST_ONCE, true);

            assertThat(retained(client).keySet()).containsExactly("$SYS/broker/uptime", "$SYS/broker/version");
            assertThat(guarded.retained(TopicName.of("$SYS/broker/uptime")))
                    .map(ApplicationMessage::payload)
                    .hasValueSatisfying(
                            payload -> assertThat(payload.toString()).doesNotContain("for ever"));
        }
    }

    /** What a new subscriber to all of them gets. */
    private static Map<String, String> retained(RawClient client) {
        client.subscribed("end", Qos.AT_MOST_ONCE).subscribed("$SYS/broker/#", Qos.AT_MOST_ONCE);
        client.publish("end", "", Qos.AT_MOST_ONCE, false, 0);
        Map<String, String> values = until(client, "end");
        values.remove("end");
        return values;
    }

    /** What was published at this interval: the uptime changes always, and is told last. */
    private static Map<String, String> published(RawClient watcher) {
        return until(watcher, "$SYS/broker/uptime");
    }

    private static String topicOf(Publish publish) {
        return Objects.requireNonNull(publish.topic()).value();
    }

    private static Map<String, String> until(RawClient client, String end) {
        Map<String, String> values = new TreeMap<>();
        while (!values.containsKey(end)) {
            Publish publish = client.receivePublish();
            values.put(topicOf(publish), RawClient.text(publish));
        }
        return values;
    }
}
