package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.protocol.Suback;
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
import org.junit.jupiter.params.provider.CsvSource;

class FlowControlTest {

    private final TestTime time = new TestTime();
    private final EmbeddedBroker broker = EmbeddedBroker.builder()
            .tcp(0)
            .allowAnonymous()
            .time(time, time)
            .configure(config -> config.maxInflightMessages(3)
                    .maxQueuedMessages(5)
                    .messageSizeLimit(5_000_000)
                    .maxPacketSize(5_000_000))
            .start();
    private final RawClient publisher = RawClient.v5(broker).connected("p");

    @AfterEach
    void stop() {
        publisher.close();
        broker.close();
    }

    @Test
    void sends_no_more_unacknowledged_messages_than_the_client_takes() {
        ConnectProperties two = ConnectProperties.builder().receiveMaximum(2).build();
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", true, two);
            client.subscribed("t", Qos.EXACTLY_ONCE);
            for (int i = 0; i < 5; i++) {
                publisher.publishAndAwait("t", "message " + i, Qos.AT_LEAST_ONCE, false);
            }

            Publish first = client.receivePublish();
            client.receivePublish();
            client.expectNothingMore();
            client.send(new Puback(first.packetIdentifier()));
            assertThat(text(client.receivePublish())).isEqualTo("message 2");
            client.expectNothingMore();
        }
    }

    /** As Mosquitto 2.1.2, which was asked with these very bytes: its own limit is for clients that name none. */
    @ParameterizedTest(name = "{0}: {3} on their way")
    @CsvSource(delimiter = '|', textBlock = """
            3.1.1                      | 100D 00044D515454 04 02 003C          0001 63 | 8206 0001 0001 74 01    | 3
            no Receive Maximum         | 100E 00044D515454 05 02 003C 00       0001 63 | 8207 0001 00 0001 74 01 | 3
            Receive Maximum 2          | 1011 00044D515454 05 02 003C 03210002 0001 63 | 8207 0001 00 0001 74 01 | 2
            Receive Maximum 30         | 1011 00044D515454 05 02 003C 0321001E 0001 63 | 8207 0001 00 0001 74 01 | 30
            Receive Maximum 65,535     | 1011 00044D515454 05 02 003C 0321FFFF 0001 63 | 8207 0001 00 0001 74 01 | 33
            """)
    void a_client_may_have_as_many_messages_unacknowledged_as_it_says(
            String name, String connect, String subscribe, int expected) {
        MqttVersion version = name.equals("3.1.1") ? MqttVersion.MQTT_3_1_1 : MqttVersion.MQTT_5;
        try (EmbeddedBroker roomy = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .configure(config -> config.maxInflightMessages(3))
                        .start();
                RawClient client = RawClient.of(version, roomy);
                RawClient source = RawClient.v5(roomy).connected("source")) {
            client.sendHex(connect);
            client.receive(Connack.class);
            client.sendHex(subscribe);
            client.receive(Suback.class);
            for (int i = 0; i < 33; i++) {
                source.publishAndAwait("t", "message " + i, Qos.AT_LEAST_ONCE, false);
            }

            for (int i = 0; i < expected; i++) {
                assertThat(text(client.receivePublish())).isEqualTo("message " + i);
            }
            client.expectNothingMore();
        }
    }

    @Test
    void tells_its_own_receive_maximum_and_closes_who_exceeds_it() {
        try (RawClient client = RawClient.v5(broker)) {
            Connack connack = client.connect("c");
            assertThat(connack.properties().receiveMaximum()).isEqualTo(3);
            for (int i = 1; i <= 3; i++) {
                client.publish("t", "x", Qos.EXACTLY_ONCE, false, i);
                client.receive(Pubrec.class);
            }
            client.publish("t", "x", Qos.EXACTLY_ONCE, false, 4);

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED);
            client.expectClosed();
        }
    }

    /** MQTT.js sends as many at once as it is given; Mosquitto drops those above its maximum, and acknowledges them. */
    @Test
    void a_client_of_3_1_1_that_can_be_told_no_receive_maximum_has_none() {
        int many = 200;
        try (RawClient subscriber = RawClient.v3(broker).connected("s").subscribed("burst", Qos.AT_MOST_ONCE);
                RawClient client = RawClient.v3(broker).connected("c")) {
            for (int i = 1; i <= many; i++) {
                client.publish("burst", "message " + i, Qos.EXACTLY_ONCE, false, i);
            }
            for (int i = 1; i <= many; i++) {
                assertThat(client.receive(Pubrec.class).packetIdentifier()).isEqualTo(i);
                client.send(new Pubrel(i));
            }
            for (int i = 1; i <= many; i++) {
                assertThat(client.receive(Pubcomp.class).packetIdentifier()).isEqualTo(i);
                assertThat(text(subscriber.receivePublish())).isEqualTo("message " + i);
            }
        }
    }

    @Test
    void drops_and_counts_what_does_not_fit_into_the_queue() {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(100));
            client.subscribed("t", Qos.AT_LEAST_ONCE);
            client.send(new Disconnect(ReasonCode.SUCCESS));
            client.expectClosed();
        }
        for (int i = 0; i < 8; i++) {
            publisher.publishAndAwait("t", "message " + i, Qos.AT_LEAST_ONCE, false);
        }

        Awaitility.await()
                .until(() -> broker.counters().dropped(DropCause.QUEUE_FULL).sum() == 3);
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(100));
            for (int i = 0; i < 5; i++) {
                Publish publish = client.receivePublish();
                assertThat(text(publish)).isEqualTo("message " + i);
                client.send(new Puback(publish.packetIdentifier()));
            }
            client.expectNothingMore();
        }
    }

    @Test
    void drops_what_expired_while_it_waited() {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(1000));
            client.subscribed("t", Qos.AT_LEAST_ONCE);
            client.send(new Disconnect(ReasonCode.SUCCESS));
            client.expectClosed();
        }
        PublishProperties tenSeconds =
                PublishProperties.builder().messageExpiryIntervalSeconds(10L).build();
        PublishProperties hundredSeconds =
                PublishProperties.builder().messageExpiryIntervalSeconds(100L).build();
        publisher.publish("t", "short-lived", Qos.AT_LEAST_ONCE, false, 1, tenSeconds);
        publisher.publish("t", "long-lived", Qos.AT_LEAST_ONCE, false, 2, hundredSeconds);
        publisher.receive(Puback.class);
        publisher.receive(Puback.class);

        time.pass(Duration.ofSeconds(10));
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(1000));
            Publish publish = client.receivePublish();
            assertThat(text(publish)).isEqualTo("long-lived");
            assertThat(publish.properties().messageExpiryIntervalSeconds()).isEqualTo(90);
            client.expectNothingMore();
        }
        assertThat(broker.counters().dropped(DropCause.EXPIRED).sum()).isEqualTo(1);
    }

    @Test
    void drops_what_is_larger_than_a_client_takes_for_it_alone() {
        ConnectProperties small =
                ConnectProperties.builder().maximumPacketSizeBytes(100).build();
        try (RawClient client = RawClient.v5(broker);
                RawClient other = RawClient.v5(broker).connected("other").subscribed("t", Qos.AT_LEAST_ONCE)) {
            client.connect("c", true, small);
            client.subscribed("t", Qos.AT_LEAST_ONCE);
            publisher.publishAndAwait("t", "x".repeat(200), Qos.AT_LEAST_ONCE, false);
            publisher.publishAndAwait("t", "short", Qos.AT_LEAST_ONCE, false);

            assertThat(text(client.receivePublish())).isEqualTo("short");
            assertThat(text(other.receivePublish())).hasSize(200);
            assertThat(broker.counters().dropped(DropCause.PACKET_TOO_LARGE).sum())
                    .isEqualTo(1);
        }
    }

    @Test
    void closes_who_sends_more_than_the_maximum_packet_size() {
        try (EmbeddedBroker strict = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .configure(config -> config.maxPacketSize(100))
                        .start();
                RawClient client = RawClient.v5(strict)) {
            assertThat(client.connect("c").properties().maximumPacketSizeBytes())
                    .isEqualTo(100);
            client.publish("t", "x".repeat(200), Qos.AT_MOST_ONCE, false, 0);

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
        }
    }

    @Test
    void refuses_a_payload_above_the_limit_and_keeps_the_connection() {
        try (EmbeddedBroker strict = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .configure(config -> config.messageSizeLimit(10))
                        .start();
                RawClient client = RawClient.v5(strict).connected("c")) {
            client.publish("t", "x".repeat(11), Qos.AT_LEAST_ONCE, false, 1);

            assertThat(client.receive(Puback.class).reasonCode()).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
            assertThat(client.isStillConnected()).isTrue();
        }
    }

    /** Mosquitto's 07-will-oversize-payload; 3.1.1 has no code for it, Mosquitto takes that of a lack of rights. */
    @Test
    void refuses_a_client_whose_will_is_above_the_limit() {
        Will will = new Will(
                TopicName.of("t"),
                BinaryData.ofUtf8("x".repeat(11)),
                Qos.AT_MOST_ONCE,
                false,
                0,
                PublishProperties.NONE);
        try (EmbeddedBroker strict = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .configure(config -> config.messageSizeLimit(10))
                        .start();
                RawClient client = RawClient.v5(strict);
                RawClient old = RawClient.v3(strict)) {
            assertThat(client.connect("c", will, ConnectProperties.DEFAULTS).reasonCode())
                    .isEqualTo(ReasonCode.PACKET_TOO_LARGE);
            client.expectClosed();
            assertThat(old.connect("old", will, ConnectProperties.DEFAULTS).reasonCode())
                    .isEqualTo(ReasonCode.NOT_AUTHORIZED);
            old.expectClosed();
        }
    }

    @Test
    void lets_a_slow_subscriber_lose_its_own_qos_0_messages_and_nobody_elses() {
        String payload = "x".repeat(100_000);
        try (RawClient slow = RawClient.v5(broker).connected("slow").subscribed("t", Qos.AT_MOST_ONCE);
                RawClient quick = RawClient.v5(broker).connected("quick").subscribed("t", Qos.AT_MOST_ONCE)) {
            for (int i = 0; i < 200; i++) {
                publisher.publish("t", payload, Qos.AT_MOST_ONCE, false, 0);
                assertThat(quick.receivePublish().payload().readableBytes()).isEqualTo(payload.length());
            }

            assertThat(broker.counters().dropped(DropCause.SLOW_SUBSCRIBER).sum())
                    .isPositive();
            assertThat(slow.isStillConnected()).isTrue();
        }
    }

    @Test
    void brings_large_messages_through_whole() {
        String payload = "0123456789".repeat(400_000);
        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("t", Qos.AT_LEAST_ONCE);
                RawClient old = RawClient.v3(broker).connected("old").subscribed("t", Qos.AT_LEAST_ONCE)) {
            publisher.publishAndAwait("t", payload, Qos.AT_LEAST_ONCE, false);

            assertThat(text(client.receivePublish())).isEqualTo(payload);
            assertThat(text(old.receivePublish())).isEqualTo(payload);
        }
    }

    @Test
    void keeps_the_order_of_a_topic_through_full_windows_and_queues() {
        try (EmbeddedBroker roomy = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .configure(config -> config.maxInflightMessages(7).maxQueuedMessages(0))
                        .start();
                RawClient client = RawClient.v5(roomy).connected("c").subscribed("t", Qos.AT_LEAST_ONCE);
                RawClient source = RawClient.v5(roomy).connected("source")) {
            for (int i = 1; i <= 300; i++) {
                source.publishAndAwait("t", "message " + i, Qos.AT_LEAST_ONCE, false);
            }
            for (int i = 1; i <= 300; i++) {
                Publish publish = client.receivePublish();
                assertThat(text(publish)).isEqualTo("message " + i);
                client.send(new Puback(publish.packetIdentifier()));
            }
        }
    }
}
