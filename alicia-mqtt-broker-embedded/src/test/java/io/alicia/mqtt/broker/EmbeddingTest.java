package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Unsuback;
import io.alicia.mqtt.broker.protocol.Unsubscribe;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a program sees of the broker that it embeds, and does to it. */
class EmbeddingTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final TestTime time = new TestTime();
    private final EmbeddedBroker broker = EmbeddedBroker.builder()
            .tcp(0)
            .allowAnonymous()
            .time(time, time)
            .configure(config -> config.maxQueuedMessages(1).maxInflightMessages(1))
            .brokerListener(new BrokerListener() {
                @Override
                public void published(String client, TopicName topic, Qos qos, boolean retain, int payloadBytes) {
                    throw new IllegalStateException("a listener that fails harms nobody");
                }
            })
            .brokerListener(new Told())
            .start();

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void hears_what_happens() {
        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("t", Qos.AT_LEAST_ONCE);
                RawClient publisher = RawClient.v3(broker).connected("p")) {
            for (int i = 0; i < 3; i++) {
                publisher.publishAndAwait("t", "abc", Qos.AT_LEAST_ONCE, false);
            }
            Awaitility.await()
                    .until(() -> broker.counters().dropped(DropCause.QUEUE_FULL).sum() == 1);
            client.receivePublish();
            client.send(new Unsubscribe(11, List.of(TopicFilter.of("t")), List.of()));
            client.receive(Unsuback.class);
            client.send(new Disconnect(ReasonCode.SUCCESS));
            client.expectClosed();
        }

        assertThat(told)
                .contains(
                        "connected c MQTT_5",
                        "subscribed c t AT_LEAST_ONCE",
                        "connected p MQTT_3_1_1",
                        "published p t AT_LEAST_ONCE 3",
                        "dropped c t QUEUE_FULL",
                        "unsubscribed c t",
                        "disconnected c SUCCESS");
    }

    @Test
    void publishes_and_looks_at_retained_messages() {
        ApplicationMessage message = ApplicationMessage.builder()
                .topic(TopicName.of("t"))
                .payload(BinaryData.ofUtf8("hello"))
                .qos(Qos.AT_LEAST_ONCE)
                .retain(true)
                .messageExpiryInterval(Duration.ofSeconds(30))
                .payloadFormat(PayloadFormat.UTF_8)
                .contentType("text/plain")
                .responseTopic(TopicName.of("answers"))
                .correlationData(BinaryData.ofUtf8("42"))
                .addUserProperties(new UserProperty("a", "b"))
                .build();
        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("t", Qos.AT_LEAST_ONCE)) {
            broker.publish(message);

            assertThat(text(client.receivePublish())).isEqualTo("hello");
            assertThat(broker.retained(TopicName.of("t"))).contains(message);
            assertThat(broker.retained(TopicName.of("other"))).isEmpty();
            time.pass(Duration.ofSeconds(30));
            assertThat(broker.retained(TopicName.of("t"))).isEmpty();
        }
    }

    @Test
    void disconnects_a_client_whose_session_stays() {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(100));
            assertThat(broker.connectedClients()).containsExactly("c");

            assertThat(broker.disconnect("c")).isTrue();
            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.ADMINISTRATIVE_ACTION);
            client.expectClosed();
            assertThat(broker.connectedClients()).isEmpty();
            assertThat(broker.disconnect("nobody")).isFalse();
        }
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", false, expiry(100)).sessionPresent()).isTrue();
        }
    }

    @Test
    void forgets_a_session() {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(100));

            assertThat(broker.forgetSession("c")).isTrue();
            client.receive(Disconnect.class);
            client.expectClosed();
        }
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", false, expiry(100)).sessionPresent()).isFalse();
        }
        assertThat(broker.forgetSession("nobody")).isFalse();
    }

    private final class Told implements BrokerListener {

        @Override
        public void connected(ClientInfo client) {
            told.add("connected " + client.clientIdentifier() + " " + client.version());
        }

        @Override
        public void disconnected(ClientInfo client, ReasonCode reasonCode, String reason) {
            told.add("disconnected " + client.clientIdentifier() + " " + reasonCode);
        }

        @Override
        public void subscribed(ClientInfo client, TopicFilter filter, Qos maximumQos) {
            told.add("subscribed " + client.clientIdentifier() + " " + filter + " " + maximumQos);
        }

        @Override
        public void unsubscribed(ClientInfo client, TopicFilter filter) {
            told.add("unsubscribed " + client.clientIdentifier() + " " + filter);
        }

        @Override
        public void published(String client, TopicName topic, Qos qos, boolean retain, int payloadBytes) {
            told.add("published " + client + " " + topic + " " + qos + " " + payloadBytes);
        }

        @Override
        public void dropped(String client, TopicName topic, DropCause cause) {
            told.add("dropped " + client + " " + topic + " " + cause);
        }
    }
}
