package io.alicia.mqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.AuthenticationExchange;
import io.alicia.mqtt.access.AuthenticationMethod;
import io.alicia.mqtt.access.AuthenticationStep;
import io.alicia.mqtt.access.LogIn;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Suback;
import io.alicia.mqtt.broker.protocol.Subscribe;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client, or many of them, can make the broker hold or do; and that every message which that costs is counted. */
class QuotasTest {

    /** What a retained message takes besides its payload, with a topic and a publisher of one letter. */
    private static final int RETAINED = 711;

    private final TestTime time = new TestTime();
    private EmbeddedBroker broker = start(config -> {});

    private EmbeddedBroker start(Consumer<BrokerConfig.Builder> limits) {
        return EmbeddedBroker.builder()
                .tcp(0)
                .allowAnonymous()
                .account("kitchen", "secret")
                .account("hall", "secret")
                .time(time, time)
                .configure(limits)
                .start();
    }

    private void restart(Consumer<BrokerConfig.Builder> limits) {
        broker.close();
        broker = start(limits);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private ReasonCode logIn(String account, String password) {
        try (RawClient client = RawClient.v5(broker)) {
            return client.connect("c", account, password).reasonCode();
        }
    }

    private long dropped(DropCause cause) {
        return broker.counters().dropped(cause).sum();
    }

    @Test
    void who_guesses_passwords_has_to_wait_and_other_accounts_have_not() {
        restart(config -> config.maxFailedLogIns(2));
        assertThat(logIn("kitchen", "wrong")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(logIn("kitchen", "wrong again")).isEqualTo(ReasonCode.NOT_AUTHORIZED);

        assertThat(logIn("kitchen", "secret")).isEqualTo(ReasonCode.CONNECTION_RATE_EXCEEDED);
        assertThat(logIn("hall", "secret")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(broker.counters().logInsDelayed().sum()).isEqualTo(1);

        time.pass(Duration.ofSeconds(30));
        assertThat(logIn("kitchen", "secret")).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void who_guesses_by_enhanced_authentication_and_without_a_user_name_has_to_wait_too() {
        broker.close();
        broker = EmbeddedBroker.builder()
                .tcp(0)
                .account("kitchen", "secret")
                .authenticationMethod(new Refusing())
                .time(time, time)
                .configure(config -> config.maxFailedLogIns(2))
                .start();
        ConnectProperties guess =
                ConnectProperties.builder().authenticationMethod("REFUSING").build();
        List<ReasonCode> answers = new ArrayList<>();

        for (int i = 0; i < 3; i++) {
            try (RawClient client = RawClient.v5(broker)) {
                answers.add(client.connect("c", true, guess).reasonCode());
            }
        }

        assertThat(answers)
                .containsExactly(
                        ReasonCode.NOT_AUTHORIZED, ReasonCode.NOT_AUTHORIZED, ReasonCode.CONNECTION_RATE_EXCEEDED);
        assertThat(logIn("kitchen", "secret")).isEqualTo(ReasonCode.SUCCESS);
    }

    /** Says no to everybody. */
    private static final class Refusing implements AuthenticationMethod {

        @Override
        public String name() {
            return "REFUSING";
        }

        @Override
        public AuthenticationExchange begin(LogIn logIn) {
            return data -> CompletableFuture.completedFuture(
                    AuthenticationStep.finished(Authentication.refused("nobody is let in")));
        }
    }

    @Test
    @ResourceLock(Resources.SYSTEM_ERR)
    void who_has_to_wait_is_in_the_audit() {
        restart(config -> config.maxFailedLogIns(1));
        logIn("kitchen", "wrong");
        PrintStream before = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();

        System.setErr(new PrintStream(logged, true, UTF_8));
        try {
            logIn("kitchen", "secret");
        } finally {
            System.setErr(before);
        }

        assertThat(logged.toString(UTF_8))
                .contains("io.alicia.mqtt.broker.audit - log-in of kitchen (client c) from 127.0.0.1: ")
                .contains("too many failed log-ins; wait 30 s")
                .doesNotContain("secret");
    }

    @Test
    void an_address_may_connect_so_often_in_a_second() {
        restart(config -> config.maxConnectsPerSecond(2));
        RawClient.v5(broker).connected("a").close();
        RawClient.v5(broker).connected("b").close();

        try (RawClient hasty = RawClient.v5(broker)) {
            assertThat(hasty.connect("c").reasonCode()).isEqualTo(ReasonCode.CONNECTION_RATE_EXCEEDED);
            hasty.expectClosed();
        }
        assertThat(broker.counters().connectsTooFast().sum()).isEqualTo(1);

        time.pass(Duration.ofMillis(500));
        RawClient.v5(broker).connected("c").close();
    }

    @Test
    void sessions_count_as_clients_and_who_has_one_may_come_back() {
        restart(config -> config.globalMaxClients(1));
        try (RawClient first = RawClient.v5(broker)) {
            first.connect("first", true, RawClient.expiry(60));
        }

        try (RawClient second = RawClient.v5(broker)) {
            assertThat(second.connect("second").reasonCode()).isEqualTo(ReasonCode.SERVER_BUSY);
        }
        try (RawClient first = RawClient.v5(broker)) {
            assertThat(first.connect("first", false, RawClient.expiry(0)).sessionPresent())
                    .isTrue();
        }
        await().untilAsserted(() -> {
            try (RawClient second = RawClient.v5(broker)) {
                assertThat(second.connect("second").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            }
        });
    }

    @Test
    void endless_topics_are_delivered_but_not_all_retained() {
        restart(config -> config.maxRetainedMessages(2));
        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("#", Qos.AT_MOST_ONCE)) {
            for (String topic : new String[] {"1", "2", "3"}) {
                client.publish(topic, "x", Qos.AT_MOST_ONCE, true, 0);
                assertThat(client.receivePublish().topic()).isEqualTo(TopicName.of(topic));
            }
            client.publish("2", "newer", Qos.AT_MOST_ONCE, true, 0);
            assertThat(client.receivePublish().topic()).isEqualTo(TopicName.of("2"));

            assertThat(broker.retainedMessages()).isEqualTo(2);
            assertThat(broker.retained(TopicName.of("2"))
                            .orElseThrow()
                            .payload()
                            .toByteArray())
                    .hasSize(5);
            assertThat(dropped(DropCause.RETAINED_LIMIT)).isEqualTo(1);

            client.publish("1", "", Qos.AT_MOST_ONCE, true, 0);
            client.publish("3", "x", Qos.AT_MOST_ONCE, true, 0);
            client.receivePublish();
            client.receivePublish();
            assertThat(broker.retained(TopicName.of("3"))).isPresent();
        }
    }

    @Test
    void retained_messages_are_limited_together() {
        restart(config -> config.maxRetainedBytes(2 * RETAINED + 10));
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.publishAndAwait("a", "12345678", Qos.AT_MOST_ONCE, true);
            client.publishAndAwait("b", "12345", Qos.AT_MOST_ONCE, true);
            client.publishAndAwait("b", "12", Qos.AT_MOST_ONCE, true);

            assertThat(broker.retained(TopicName.of("a"))).isPresent();
            assertThat(broker.retained(TopicName.of("b"))
                            .orElseThrow()
                            .payload()
                            .toByteArray())
                    .hasSize(2);
            assertThat(dropped(DropCause.RETAINED_LIMIT)).isEqualTo(1);
        }
    }

    /** MQTT-3.3.1-5: the new one takes its place; where there is no room for it, no old one may pass for it. */
    @Test
    void a_retained_message_takes_the_room_of_the_one_that_it_replaces() {
        restart(config -> config.maxRetainedBytes(RETAINED + 10));
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.publishAndAwait("a", "12345678", Qos.AT_MOST_ONCE, true);
            client.publishAndAwait("a", "abcdefghij", Qos.AT_MOST_ONCE, true);

            assertThat(broker.retained(TopicName.of("a"))
                            .orElseThrow()
                            .payload()
                            .toByteArray())
                    .isEqualTo("abcdefghij".getBytes(UTF_8));
            assertThat(dropped(DropCause.RETAINED_LIMIT)).isZero();

            client.publishAndAwait("a", "ABCDEFGHIJK", Qos.AT_MOST_ONCE, true);

            assertThat(broker.retained(TopicName.of("a"))).isEmpty();
            assertThat(dropped(DropCause.RETAINED_LIMIT)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10 FF FF FF 7F", "30 FF FF FF 7F"})
    void a_packet_that_announces_a_quarter_of_a_gigabyte_ends_its_connection_before_it_is_there(String header) {
        try (RawClient client = RawClient.v5(broker)) {
            if (header.startsWith("30")) {
                client.connected("c");
            }
            client.sendHex(header);

            if (header.startsWith("30")) {
                assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
            }
            client.expectClosed();
        }
    }

    @Test
    void a_topic_of_thousands_of_levels_is_refused() {
        String deep = "/".repeat(65_000);
        try (RawClient watcher = RawClient.v5(broker).connected("w");
                RawClient subscriber = RawClient.v5(broker).connected("s");
                RawClient publisher = RawClient.v5(broker).connected("p")) {
            subscriber.send(
                    new Subscribe(1, List.of(new Subscription(TopicFilter.of(deep), Qos.AT_MOST_ONCE)), 0, List.of()));
            publisher.publish(deep, "x", Qos.AT_MOST_ONCE, true, 0);

            assertThat(subscriber.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.MALFORMED_PACKET);
            assertThat(publisher.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.MALFORMED_PACKET);
            assertThat(watcher.isStillConnected()).isTrue();
            assertThat(broker.retainedMessages()).isZero();
        }
    }

    @Test
    void a_flood_of_subscriptions_ends_at_the_limit_of_the_session() {
        restart(config -> config.maxSubscriptionsPerSession(100));
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            Suback suback = client.subscribe(
                    0,
                    IntStream.range(0, 150)
                            .mapToObj(i -> new Subscription(TopicFilter.of("t/" + i), Qos.AT_MOST_ONCE))
                            .toArray(Subscription[]::new));

            assertThat(suback.reasonCodes().subList(0, 100)).containsOnly(ReasonCode.SUCCESS);
            assertThat(suback.reasonCodes().subList(100, 150)).containsOnly(ReasonCode.QUOTA_EXCEEDED);
            assertThat(broker.counters().subscriptions().sum()).isEqualTo(100);
        }
    }

    @Test
    void every_message_that_a_session_loses_is_counted_by_its_cause() {
        try (RawClient publisher = RawClient.v5(broker).connected("p")) {
            try (RawClient away = RawClient.v5(broker)) {
                away.connect("away", true, RawClient.expiry(60));
                away.subscribed("t", Qos.EXACTLY_ONCE);
                publisher.publishAndAwait("t", "refused", Qos.EXACTLY_ONCE, false);
                Publish publish = away.receivePublish();
                away.send(new Pubrec(publish.packetIdentifier(), ReasonCode.QUOTA_EXCEEDED));
                away.ping();
                assertThat(dropped(DropCause.REFUSED_BY_CLIENT)).isEqualTo(1);
            }
            await().until(() -> broker.connectedClients().size() == 1);

            publisher.publishAndAwait("t", "QoS 0", Qos.AT_MOST_ONCE, false);
            await().untilAsserted(
                            () -> assertThat(dropped(DropCause.CLIENT_AWAY)).isEqualTo(1));

            publisher.publishAndAwait("t", "waits in vain", Qos.AT_LEAST_ONCE, false);
            time.pass(Duration.ofSeconds(61));
            await().untilAsserted(
                            () -> assertThat(dropped(DropCause.SESSION_ENDED)).isEqualTo(1));
        }
    }

    @Test
    void a_topic_that_the_mount_point_makes_too_long_is_told_and_counted() {
        broker.close();
        broker = EmbeddedBroker.builder()
                .allowAnonymous()
                .listener(ListenerConfig.builder().mountPoint("house/").build())
                .start();
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.publish("t".repeat(65_535), "", Qos.AT_LEAST_ONCE, false, 1);

            assertThat(client.receive(Puback.class).reasonCode()).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
            assertThat(dropped(DropCause.TOPIC_TOO_LONG)).isEqualTo(1);
        }
    }

    @Test
    void a_client_without_user_name_is_no_guesser() {
        restart(config -> config.maxFailedLogIns(1));
        for (int i = 0; i < 20; i++) {
            try (RawClient client = RawClient.v5(broker)) {
                assertThat(client.connect(client.connectPacket(
                                        "c", true, 60, null, null, null, ConnectProperties.DEFAULTS))
                                .reasonCode())
                        .isEqualTo(ReasonCode.SUCCESS);
            }
        }
    }
}
