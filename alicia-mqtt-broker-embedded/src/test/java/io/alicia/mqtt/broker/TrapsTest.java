package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.AccessFileException;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other brokers fell into. */
class TrapsTest {

    private final TestTime time = new TestTime();

    @TempDir
    Path directory;

    private EmbeddedBroker broker = start(AccessPolicy.unrestricted());

    private EmbeddedBroker start(AccessPolicy policy, BrokerListener... listeners) {
        EmbeddedBrokerBuilder builder = EmbeddedBroker.builder()
                .tcp(0)
                .allowAnonymous()
                .account("kitchen", "secret")
                .account("+", "secret")
                .account("#", "secret")
                .access(policy)
                .time(time, time);
        for (BrokerListener listener : listeners) {
            builder.brokerListener(listener);
        }
        return builder.start();
    }

    private void restart(AccessPolicy policy, BrokerListener... listeners) {
        broker.close();
        broker = start(policy, listeners);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private AccessPolicy acl(String... lines) throws IOException {
        return AccessPolicy.fromMosquittoAcl(
                Files.writeString(directory.resolve("acl"), String.join("\n", lines) + "\n"));
    }

    private static ReasonCode publish(RawClient client, String topic) {
        client.publish(topic, "x", Qos.AT_LEAST_ONCE, false, 1);
        return client.receive(Puback.class).reasonCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "#"})
    void a_user_name_that_is_a_wildcard_widens_no_pattern(String userName) throws IOException {
        restart(acl("pattern readwrite home/%u/state"));
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", userName, "secret").reasonCode()).isEqualTo(ReasonCode.SUCCESS);

            assertThat(publish(client, "home/kitchen/state")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "#", "+/x", "a/b"})
    void a_client_identifier_that_is_a_wildcard_widens_no_pattern(String clientIdentifier) throws IOException {
        restart(acl("pattern readwrite home/%c/state"));
        try (RawClient client = RawClient.v5(broker).connected(clientIdentifier)) {
            assertThat(publish(client, "home/kitchen/state")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void an_absent_user_name_fills_no_pattern() throws IOException {
        restart(acl("pattern readwrite home/%u/state", "pattern readwrite %u"));
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            assertThat(publish(client, "home//state")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(publish(client, "home/kitchen/state")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(publish(client, "home/null/state")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(publish(client, "null")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0006 247368617265", // $share
                "0007 2473686172652F", // $share/
                "0008 2473686172652F61", // $share/a
                "0009 2473686172652F612F", // $share/a/
                "0009 2473686172652F2F74", // $share//t
                "000A 2473686172652F2B2F74", // $share/+/t
                "000A 2473686172652F232F74" // $share/#/t
            })
    void a_malformed_share_filter_harms_nobody_but_its_sender(String filter) {
        try (RawClient witness = RawClient.v5(broker).connected("w").subscribed("t", Qos.AT_MOST_ONCE);
                RawClient client = RawClient.v5(broker).connected("c")) {
            int length = Integer.parseInt(filter.substring(0, 4), 16) + 6;
            client.sendHex("82 " + String.format("%02X", length) + " 0001 00 " + filter + " 00");
            assertThat(client.isStillConnected()).isFalse();

            witness.publish("t", "x", Qos.AT_MOST_ONCE, false, 0);
            assertThat(witness.receivePublish().topic()).isEqualTo(TopicName.of("t"));
        }
    }

    @Test
    void an_exception_for_one_client_ends_neither_the_others_nor_what_is_to_happen_later() {
        restart(AccessPolicy.unrestricted(), new Failing());
        try (RawClient away = RawClient.v5(broker);
                RawClient other = RawClient.v5(broker)) {
            away.connect("away", true, RawClient.expiry(10));
            away.subscribed("t", Qos.AT_LEAST_ONCE);
            other.connect("other", true, RawClient.expiry(20));
            other.subscribed("t", Qos.AT_LEAST_ONCE);
        }
        await().until(() -> broker.connectedClients().isEmpty());

        try (RawClient publisher = RawClient.v5(broker).connected("p")) {
            assertThat(publish(publisher, "t")).isEqualTo(ReasonCode.SUCCESS);
            // Both sessions end with a message that waited, and each loss is told to the listener that fails.
            time.pass(Duration.ofSeconds(10));
            time.pass(Duration.ofSeconds(10));

            await().until(() -> broker.counters().sessionsExpired().sum() == 2);
            assertThat(broker.counters().dropped(DropCause.SESSION_ENDED).sum()).isEqualTo(2);
            assertThat(publish(publisher, "t")).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
        }
    }

    /** Fails at whatever it hears. */
    private static final class Failing implements BrokerListener {

        @Override
        public void connected(ClientInfo client) {
            throw new IllegalStateException("connected");
        }

        @Override
        public void disconnected(ClientInfo client, ReasonCode reasonCode, String reason) {
            throw new IllegalStateException("disconnected");
        }

        @Override
        public void subscribed(ClientInfo client, TopicFilter filter, Qos maximumQos) {
            throw new IllegalStateException("subscribed");
        }

        @Override
        public void published(String client, TopicName topic, Qos qos, boolean retain, int payloadBytes) {
            throw new IllegalStateException("published");
        }

        @Override
        public void dropped(String client, TopicName topic, DropCause cause) {
            throw new IllegalStateException("dropped");
        }
    }

    private static Will will(String topic) {
        return new Will(
                TopicName.of(topic), BinaryData.ofUtf8("gone"), Qos.AT_MOST_ONCE, false, 0, PublishProperties.NONE);
    }

    @Test
    void the_wills_topic_is_checked_when_the_client_connects() throws IOException {
        restart(acl("topic read #", "topic write allowed"));
        try (RawClient client = RawClient.v5(broker)) {
            Connack connack = client.connect("c", will("forbidden"), ConnectProperties.DEFAULTS);

            assertThat(connack.reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void the_wills_topic_is_checked_again_when_the_will_is_sent() throws IOException {
        restart(acl("topic readwrite #"));
        try (RawClient witness = RawClient.v5(broker).connected("w").subscribed("#", Qos.AT_MOST_ONCE)) {
            try (RawClient client = RawClient.v5(broker)) {
                client.connect("c", will("last/words"), ConnectProperties.DEFAULTS);
                broker.reload(SecurityConfig.builder()
                        .allowAnonymous(true)
                        .access(acl("topic read #"))
                        .build());
            }
            await().until(() ->
                    broker.counters().dropped(DropCause.PUBLISH_DENIED).sum() == 1);

            witness.expectNothingMore();
        }
    }

    @Test
    void a_second_connect_is_a_protocol_error() {
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.send(client.connectPacket("c", true, 60, null, null, null, ConnectProperties.DEFAULTS));

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
            client.expectClosed();
        }
    }

    @Test
    void a_queue_has_an_end_without_being_configured() {
        try (RawClient away = RawClient.v5(broker)) {
            away.connect("away", true, RawClient.expiry(60));
            away.subscribed("t", Qos.AT_LEAST_ONCE);
        }
        await().until(() -> broker.connectedClients().isEmpty());
        try (RawClient publisher = RawClient.v5(broker).connected("p")) {
            for (int i = 0; i < 1100; i++) {
                publish(publisher, "t");
            }

            // The queue may be on another event loop, which PUBACK does not wait for.
            await().untilAsserted(() -> assertThat(
                            broker.counters().dropped(DropCause.QUEUE_FULL).sum())
                    .isEqualTo(100));
        }
    }

    @Test
    void client_identifiers_with_the_same_hash_code_are_two_clients() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        try (RawClient one = RawClient.v5(broker).connected("Aa").subscribed("t", Qos.AT_MOST_ONCE);
                RawClient other = RawClient.v5(broker).connected("BB").subscribed("t", Qos.AT_MOST_ONCE)) {
            one.publish("t", "x", Qos.AT_MOST_ONCE, false, 0);

            assertThat(one.receivePublish().topic())
                    .isEqualTo(other.receivePublish().topic());
            assertThat(broker.connectedClients()).containsExactly("Aa", "BB");
        }
    }

    @Test
    void what_can_not_be_loaded_lets_nobody_in_and_leaves_the_old_rules() throws IOException {
        Path conf = Files.writeString(
                directory.resolve("m.conf"),
                "listener " + FreePort.find() + " 127.0.0.1\nallow_anonymous true\nacl_file "
                        + directory.resolve("rules") + "\n");
        assertThatThrownBy(() -> EmbeddedBroker.start(BrokerConfig.fromMosquitto(conf)))
                .isInstanceOf(AccessFileException.class);

        Files.writeString(directory.resolve("rules"), "topic read #\n");
        try (EmbeddedBroker guarded = EmbeddedBroker.start(BrokerConfig.fromMosquitto(conf))) {
            Files.writeString(directory.resolve("rules"), "topic everything #\n");
            assertThatThrownBy(() -> guarded.reload(BrokerConfig.fromMosquitto(conf)))
                    .isInstanceOf(AccessFileException.class);

            try (RawClient client = RawClient.v5(guarded).connected("c")) {
                assertThat(publish(client, "t")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            }
        }
    }

    @Test
    void a_lone_message_is_not_held_back_to_be_flushed_with_others() {
        try (RawClient subscriber = RawClient.v5(broker).connected("s").subscribed("t", Qos.AT_MOST_ONCE);
                RawClient publisher = RawClient.v5(broker).connected("p")) {
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                long started = System.nanoTime();
                publisher.publish("t", "x", Qos.AT_MOST_ONCE, false, 0);
                subscriber.receivePublish();
                best = Math.min(best, System.nanoTime() - started);
            }

            // A hop takes a tenth of a millisecond here; any flush timer would show in the best of twenty.
            assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(10));
        }
    }

    @Test
    void a_filter_matches_its_own_level_and_no_level_below() {
        try (RawClient exact = RawClient.v5(broker).connected("exact").subscribed("a", Qos.AT_MOST_ONCE);
                RawClient tree = RawClient.v5(broker).connected("tree").subscribed("a/#", Qos.AT_MOST_ONCE)) {
            tree.publish("a", "x", Qos.AT_MOST_ONCE, false, 0);
            tree.publish("a/b", "x", Qos.AT_MOST_ONCE, false, 0);
            tree.publish("ab", "x", Qos.AT_MOST_ONCE, false, 0);

            assertThat(tree.receivePublish().topic()).isEqualTo(TopicName.of("a"));
            assertThat(tree.receivePublish().topic()).isEqualTo(TopicName.of("a/b"));
            tree.expectNothingMore();
            assertThat(exact.receivePublish().topic()).isEqualTo(TopicName.of("a"));
            exact.expectNothingMore();
        }
    }
}
