package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WillTest {

    private final TestTime time = new TestTime();
    private final EmbeddedBroker broker =
            EmbeddedBroker.builder().tcp(0).allowAnonymous().time(time, time).start();
    private final RawClient watcher = RawClient.v5(broker).connected("watcher").subscribed("will", Qos.EXACTLY_ONCE);

    @AfterEach
    void stop() {
        watcher.close();
        broker.close();
    }

    private static Will will(long delaySeconds) {
        return new Will(
                TopicName.of("will"),
                BinaryData.ofUtf8("gone"),
                Qos.AT_LEAST_ONCE,
                false,
                delaySeconds,
                PublishProperties.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void is_published_when_the_connection_is_lost(MqttVersion version) {
        RawClient client = RawClient.of(version, broker);
        client.connect("c", will(0), ConnectProperties.DEFAULTS);
        client.close();

        Publish will = watcher.receivePublish();
        assertThat(text(will)).isEqualTo("gone");
        assertThat(will.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
    }

    @ParameterizedTest
    @EnumSource
    void is_discarded_when_the_client_says_goodbye(MqttVersion version) {
        try (RawClient client = RawClient.of(version, broker)) {
            client.connect("c", will(0), ConnectProperties.DEFAULTS);
            client.send(new Disconnect(ReasonCode.SUCCESS));
            client.expectClosed();

            watcher.expectNothingMore();
        }
    }

    /** The lifetime of an Application Message begins when it is published (MQTT 5 §3.1.3.2.4). */
    @Test
    void expires_as_long_after_it_was_published_as_it_says() {
        Will expiring = new Will(
                TopicName.of("will"),
                BinaryData.ofUtf8("gone"),
                Qos.AT_LEAST_ONCE,
                false,
                20,
                PublishProperties.builder().messageExpiryIntervalSeconds(50L).build());
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", expiring, expiry(1_000));
        }
        Awaitility.await().until(() -> !broker.connectedClients().contains("c"));
        time.pass(Duration.ofSeconds(20));

        assertThat(watcher.receivePublish().properties().messageExpiryIntervalSeconds())
                .isEqualTo(50);
    }

    @Test
    void is_published_when_the_client_asks_for_it_in_disconnect() {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", will(0), ConnectProperties.DEFAULTS);
            client.send(new Disconnect(ReasonCode.DISCONNECT_WITH_WILL_MESSAGE));

            assertThat(text(watcher.receivePublish())).isEqualTo("gone");
        }
    }

    @Test
    void waits_for_its_delay() {
        RawClient client = RawClient.v5(broker);
        client.connect("c", will(10), expiry(100));
        client.close();
        awaitAway("c");

        time.pass(Duration.ofSeconds(9));
        watcher.expectNothingMore();
        time.pass(Duration.ofSeconds(1));
        assertThat(text(watcher.receivePublish())).isEqualTo("gone");
    }

    @Test
    void does_not_wait_longer_than_its_session_lives() {
        RawClient client = RawClient.v5(broker);
        client.connect("c", will(1000), expiry(5));
        client.close();
        awaitAway("c");

        time.pass(Duration.ofSeconds(5));
        assertThat(text(watcher.receivePublish())).isEqualTo("gone");
    }

    @Test
    void is_not_published_if_the_client_is_back_before_the_delay_is_over() {
        RawClient client = RawClient.v5(broker);
        client.connect("c", will(10), expiry(100));
        client.close();
        awaitAway("c");

        try (RawClient again = RawClient.v5(broker)) {
            assertThat(again.connect("c", false, expiry(100)).sessionPresent()).isTrue();
            time.pass(Duration.ofSeconds(20));
            watcher.expectNothingMore();
        }
    }

    @Test
    void is_published_at_a_clean_start_that_ends_the_session_while_it_waits() {
        RawClient client = RawClient.v5(broker);
        client.connect("c", will(10), expiry(100));
        client.close();
        awaitAway("c");

        try (RawClient again = RawClient.v5(broker).connected("c")) {
            assertThat(text(watcher.receivePublish())).isEqualTo("gone");
            assertThat(again.isStillConnected()).isTrue();
        }
    }

    @Test
    void is_published_when_another_connection_takes_over() {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", will(0), expiry(100));
            try (RawClient again = RawClient.v5(broker)) {
                again.connect("c", false, expiry(100));

                assertThat(text(watcher.receivePublish())).isEqualTo("gone");
            }
        }
    }

    @Test
    void with_a_delay_is_not_published_when_another_connection_takes_over() {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", will(10), expiry(100));
            try (RawClient again = RawClient.v5(broker)) {
                again.connect("c", false, expiry(100));
                time.pass(Duration.ofSeconds(20));

                watcher.expectNothingMore();
            }
        }
    }

    @Test
    void is_published_when_the_keep_alive_time_is_over() {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect(client.connectPacket("c", true, 10, null, null, will(0), ConnectProperties.DEFAULTS));
            time.pass(Duration.ofSeconds(14));
            assertThat(client.isStillConnected()).isTrue();
            time.pass(Duration.ofSeconds(15));

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.KEEP_ALIVE_TIMEOUT);
            client.expectClosed();
            assertThat(text(watcher.receivePublish())).isEqualTo("gone");
        }
    }

    @Test
    void needs_the_right_to_publish_when_connecting() {
        broker.reload(SecurityConfig.builder()
                .allowAnonymous(true)
                .access(AccessPolicy.builder().anonymous().mayReceive("#").build())
                .build());

        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", will(0), ConnectProperties.DEFAULTS).reasonCode())
                    .isEqualTo(ReasonCode.NOT_AUTHORIZED);
            client.expectClosed();
        }
    }

    @Test
    void needs_the_right_to_publish_when_it_is_sent() {
        RawClient client = RawClient.v5(broker);
        client.connect("c", will(0), ConnectProperties.DEFAULTS);
        broker.reload(SecurityConfig.builder()
                .allowAnonymous(true)
                .access(AccessPolicy.builder().anonymous().mayReceive("#").build())
                .build());
        client.close();
        awaitAway("c");

        watcher.expectNothingMore();
    }

    private void awaitAway(String client) {
        Awaitility.await()
                .alias(client + " is disconnected")
                .until(() -> broker.counters().clientsDisconnected().sum() == 1);
    }
}
