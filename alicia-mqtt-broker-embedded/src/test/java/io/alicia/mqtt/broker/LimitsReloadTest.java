package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What mosquitto.conf(5) calls "reloaded on reload signal", besides users, rules and certificates. */
class LimitsReloadTest {

    private static final TopicName UPTIME = TopicName.of("$SYS/broker/uptime");

    private final TestTime time = new TestTime();
    private final BrokerConfig config = BrokerConfig.builder()
            .addListeners(ListenerConfig.tcp(0))
            .security(SecurityConfig.builder().allowAnonymous(true).build())
            .sysInterval(Duration.ZERO)
            .maxQueuedMessages(1)
            .allowDuplicateMessages(true)
            .build();
    private final EmbeddedBroker broker =
            EmbeddedBroker.builder().config(config).time(time, time).start();

    @AfterEach
    void stop() {
        broker.close();
    }

    private void reload(Consumer<BrokerConfig.Builder> change) {
        BrokerConfig.Builder changed = BrokerConfig.builder().from(config);
        change.accept(changed);
        assertThat(broker.reload(changed.build()).disconnected()).isEmpty();
    }

    private void reloadListener(Consumer<ListenerConfig.Builder> change) {
        ListenerConfig.Builder changed =
                ListenerConfig.builder().from(config.listeners().get(0));
        change.accept(changed);
        reload(builder -> builder.listeners(Set.of(changed.build())));
    }

    private void publish(String... payloads) {
        try (RawClient publisher = RawClient.v5(broker).connected("publisher")) {
            for (String payload : payloads) {
                publisher.publishAndAwait("t", payload, Qos.AT_LEAST_ONCE, false);
            }
        }
    }

    @Test
    void a_queue_may_grow_at_once_also_that_of_a_client_that_is_away() {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(3600));
            client.subscribed("t", Qos.AT_LEAST_ONCE);
        }
        publish("kept", "too many");

        reload(changed -> changed.maxQueuedMessages(3));
        publish("more", "and more", "too many again");

        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(3600));
            assertThat(text(client.receivePublish())).isEqualTo("kept");
            assertThat(text(client.receivePublish())).isEqualTo("more");
            assertThat(text(client.receivePublish())).isEqualTo("and more");
            client.expectNothingMore();
        }
    }

    @Test
    void what_a_client_was_told_holds_for_its_connection_and_the_next_is_told_anew() {
        try (RawClient told = RawClient.v5(broker).connected("told")) {
            reload(changed -> changed.maxInflightMessages(1).maxPacketSize(100).maxKeepalive(30));

            told.publish("t", "x".repeat(200), Qos.EXACTLY_ONCE, false, 1);
            told.publish("t", "more than one at once", Qos.EXACTLY_ONCE, false, 2);
            assertThat(told.isStillConnected()).isTrue();

            try (RawClient next = RawClient.v5(broker)) {
                Connack connack = next.connect("next");
                assertThat(connack.properties().receiveMaximum()).isEqualTo(1);
                assertThat(connack.properties().maximumPacketSizeBytes()).isEqualTo(100);
                assertThat(connack.properties().serverKeepAliveSeconds()).isEqualTo(30);
                next.publish("t", "x".repeat(200), Qos.AT_MOST_ONCE, false, 0);
                assertThat(next.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
            }
        }
    }

    /** As those are who wait while an operator's SIGHUP is obeyed. */
    @Test
    void a_client_whose_connection_is_open_already_is_judged_by_what_holds_when_it_connects() {
        try (RawClient waiting = RawClient.v5(broker);
                RawClient unwanted = RawClient.v5(broker)) {
            Awaitility.await().until(() -> broker.counters().connectionsOpened().sum() == 2);

            reload(changed -> changed.clientidPrefixes("house-").maxInflightMessages(7));

            Connack connack = waiting.connect("house-waiting");
            assertThat(connack.properties().receiveMaximum()).isEqualTo(7);
            assertThat(unwanted.connect("other").reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void how_messages_are_brought_changes_with_the_next_message() {
        try (RawClient client = RawClient.v5(broker)
                        .connected("c")
                        .subscribed("t", Qos.EXACTLY_ONCE)
                        .subscribed("+", Qos.AT_LEAST_ONCE);
                RawClient publisher = RawClient.v5(broker).connected("p")) {
            publisher.publishAndAwait("t", "twice", Qos.AT_MOST_ONCE, false);
            assertThat(text(client.receivePublish())).isEqualTo("twice");
            assertThat(text(client.receivePublish())).isEqualTo("twice");

            reload(changed -> changed.allowDuplicateMessages(false)
                    .upgradeOutgoingQos(true)
                    .messageSizeLimit(20));
            publisher.publishAndAwait("t", "once", Qos.AT_MOST_ONCE, false);
            publisher.publishAndAwait("t", "x".repeat(21), Qos.AT_MOST_ONCE, false);
            publisher.publishAndAwait("t", "end", Qos.AT_MOST_ONCE, false);

            Publish once = client.receivePublish();
            assertThat(text(once)).isEqualTo("once");
            assertThat(once.qos()).isEqualTo(Qos.EXACTLY_ONCE);
            assertThat(text(client.receivePublish())).isEqualTo("end");
        }
    }

    @Test
    void how_many_may_come_and_how_they_are_named_changes_for_those_who_come() {
        try (RawClient first = RawClient.v5(broker).connected("first")) {
            reload(changed -> changed.clientidPrefixes("house-").autoIdPrefix("house-made-"));

            assertThat(connect("second")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(connect("house-second")).isEqualTo(ReasonCode.SUCCESS);
            try (RawClient nameless = RawClient.v5(broker)) {
                assertThat(nameless.connect("").properties().assignedClientIdentifier())
                        .startsWith("house-made-");
            }
            assertThat(first.isStillConnected()).isTrue();

            reload(changed -> changed.globalMaxConnections(1));
            try (RawClient third = RawClient.v5(broker)) {
                third.expectClosed();
            }
            reload(changed -> changed.globalMaxClients(1).allowZeroLengthClientid(false));
            assertThat(connect("third")).isEqualTo(ReasonCode.SERVER_BUSY);
            // As Mosquitto answers.
            assertThat(connect("")).isEqualTo(ReasonCode.UNSPECIFIED_ERROR);
        }
    }

    private ReasonCode connect(String clientIdentifier) {
        try (RawClient client = RawClient.v5(broker)) {
            return client.connect(clientIdentifier).reasonCode();
        }
    }

    @Test
    void a_listener_speaks_other_versions_with_those_who_come() {
        try (RawClient old = RawClient.v3(broker).connected("old")) {
            reloadListener(changed -> changed.acceptProtocolVersions(Set.of(MqttVersion.MQTT_5)));

            try (RawClient late = RawClient.v3(broker)) {
                assertThat(late.connect("late").reasonCode()).isEqualTo(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION);
            }
            assertThat(connect("new")).isEqualTo(ReasonCode.SUCCESS);
            assertThat(old.isStillConnected()).isTrue();
        }
    }

    @Test
    void sessions_of_those_who_come_end_after_another_time() {
        reload(changed -> changed.persistentClientExpiration(Duration.ofMinutes(1)));
        try (RawClient client = RawClient.v3(broker)) {
            client.connect("c", false, expiry(0));
        }
        Awaitility.await().until(() -> broker.connectedClients().isEmpty());

        time.pass(Duration.ofSeconds(59));
        try (RawClient client = RawClient.v3(broker)) {
            assertThat(client.connect("c", false, expiry(0)).sessionPresent()).isTrue();
        }
        Awaitility.await().until(() -> broker.connectedClients().isEmpty());

        time.pass(Duration.ofSeconds(61));
        Awaitility.await().untilAsserted(() -> {
            try (RawClient client = RawClient.v3(broker)) {
                assertThat(client.connect("c", false, expiry(0)).sessionPresent())
                        .isFalse();
            }
        });
    }

    @Test
    void the_numbers_are_told_at_another_interval() {
        assertThat(broker.retained(UPTIME)).isEmpty();

        reload(changed -> changed.sysInterval(Duration.ofSeconds(10)));
        time.pass(Duration.ofSeconds(10));
        awaitUptime("10 seconds");

        reload(changed -> changed.sysInterval(Duration.ofSeconds(60)));
        time.pass(Duration.ofSeconds(10));
        time.pass(Duration.ofSeconds(40));
        awaitUptime("60 seconds");

        reload(changed -> changed.sysInterval(Duration.ZERO));
        time.pass(Duration.ofMinutes(5));
        assertThat(time.waiting()).isZero();
    }

    private void awaitUptime(String uptime) {
        Awaitility.await()
                .until(() -> broker.retained(UPTIME)
                        .filter(message -> message.payload().toUtf8().equals(uptime))
                        .isPresent());
    }
}
