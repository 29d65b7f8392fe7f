package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.protocol.ReasonProperties;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTest {

    private static final ConnectProperties HOUR = expiry(3600);

    private final TestTime time = new TestTime();
    private final EmbeddedBroker broker =
            EmbeddedBroker.builder().tcp(0).allowAnonymous().time(time, time).start();

    @AfterEach
    void stop() {
        broker.close();
    }

    private void publish(String topic, String payload, Qos qos) {
        try (RawClient publisher = RawClient.v5(broker).connected("publisher-of-" + payload)) {
            publisher.publishAndAwait(topic, payload, qos, false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keeps_subscriptions_and_messages_of_a_client_that_is_away(MqttVersion version) {
        try (RawClient client = RawClient.of(version, broker)) {
            assertThat(client.connect("c", false, HOUR).sessionPresent()).isFalse();
            client.subscribed("t", Qos.AT_LEAST_ONCE);
        }
        publish("t", "one", Qos.AT_LEAST_ONCE);
        publish("t", "lost", Qos.AT_MOST_ONCE);
        publish("t", "two", Qos.AT_LEAST_ONCE);

        try (RawClient client = RawClient.of(version, broker)) {
            // CONNACK of 3.1 does not tell.
            assertThat(client.connect("c", false, HOUR).sessionPresent()).isEqualTo(version != MqttVersion.MQTT_3_1);
            assertThat(text(client.receivePublish())).isEqualTo("one");
            assertThat(text(client.receivePublish())).isEqualTo("two");
            client.expectNothingMore();
        }
    }

    @Test
    void forgets_the_session_on_a_clean_start() {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, HOUR);
            client.subscribed("t", Qos.AT_LEAST_ONCE);
        }
        publish("t", "one", Qos.AT_LEAST_ONCE);

        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", true, HOUR).sessionPresent()).isFalse();
            publish("t", "two", Qos.AT_LEAST_ONCE);
            client.expectNothingMore();
        }
    }

    @Test
    void ends_a_session_without_expiry_with_its_connection() {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, ConnectProperties.DEFAULTS);
            client.subscribed("t", Qos.AT_LEAST_ONCE);
            client.send(new Disconnect(ReasonCode.SUCCESS));
            client.expectClosed();
        }

        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", false, HOUR).sessionPresent()).isFalse();
        }
    }

    @Test
    void ends_a_session_when_its_expiry_interval_has_passed() {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(10));
            client.send(new Disconnect(ReasonCode.SUCCESS));
            client.expectClosed();
        }
        time.pass(Duration.ofSeconds(9));
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", false, expiry(10)).sessionPresent()).isTrue();
            client.send(new Disconnect(ReasonCode.SUCCESS));
            client.expectClosed();
        }

        time.pass(Duration.ofSeconds(10));
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", false, expiry(10)).sessionPresent()).isFalse();
        }
    }

    @Test
    void takes_a_new_expiry_interval_from_disconnect() {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, HOUR);
            client.send(new Disconnect(ReasonCode.SUCCESS, 0L, null, ReasonProperties.NONE));
            client.expectClosed();
        }

        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", false, HOUR).sessionPresent()).isFalse();
        }
    }

    @Test
    void refuses_an_expiry_interval_at_disconnect_that_was_none_at_connect() {
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.send(new Disconnect(ReasonCode.SUCCESS, 10L, null, ReasonProperties.NONE));

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
            client.expectClosed();
        }
    }

    @Test
    void limits_the_expiry_interval_and_tells_the_client() {
        try (EmbeddedBroker limited = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .configure(config -> config.persistentClientExpiration(Duration.ofMinutes(1)))
                        .start();
                RawClient client = RawClient.v5(limited)) {
            Connack connack = client.connect("c", false, HOUR);

            assertThat(connack.properties().sessionExpiryIntervalSeconds()).isEqualTo(60);
        }
    }

    @Test
    void limits_the_expiry_interval_of_disconnect_as_well() {
        TestTime time = new TestTime();
        try (EmbeddedBroker limited = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .time(time, time)
                        .configure(config -> config.persistentClientExpiration(Duration.ofMinutes(1)))
                        .start();
                RawClient client = RawClient.v5(limited)) {
            client.connect("c", false, expiry(30));
            client.send(new Disconnect(ReasonCode.SUCCESS, 0xFFFF_FFFFL, null, ReasonProperties.NONE));
            client.expectClosed();
            time.pass(Duration.ofSeconds(61));

            try (RawClient back = RawClient.v5(limited)) {
                assertThat(back.connect("c", false, HOUR).sessionPresent()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sends_what_was_not_acknowledged_again_in_order_and_marked(MqttVersion version) {
        try (RawClient client = RawClient.of(version, broker)) {
            client.connect("c", false, HOUR);
            client.subscribed("t", Qos.EXACTLY_ONCE);
            publish("t", "one", Qos.AT_LEAST_ONCE);
            publish("t", "two", Qos.EXACTLY_ONCE);
            publish("t", "three", Qos.AT_LEAST_ONCE);
            assertThat(client.receivePublish().dup()).isFalse();
            Publish two = client.receivePublish();
            client.receivePublish();
            client.send(new Pubrec(two.packetIdentifier()));
            client.receive(Pubrel.class);
        }

        try (RawClient client = RawClient.of(version, broker)) {
            client.connect("c", false, HOUR);
            Publish one = client.receivePublish();
            Pubrel two = client.receive(Pubrel.class);
            Publish three = client.receivePublish();

            assertThat(text(one)).isEqualTo("one");
            assertThat(one.dup()).isTrue();
            assertThat(text(three)).isEqualTo("three");
            assertThat(three.dup()).isTrue();
            client.send(new Puback(one.packetIdentifier()));
            client.send(new Pubcomp(two.packetIdentifier()));
            client.send(new Puback(three.packetIdentifier()));
            client.expectNothingMore();
        }
    }

    @Test
    void publishes_a_qos_2_message_once_though_its_sender_reconnects_in_between() {
        try (RawClient subscriber = RawClient.v5(broker).connected("s").subscribed("t", Qos.EXACTLY_ONCE)) {
            try (RawClient publisher = RawClient.v5(broker)) {
                publisher.connect("p", false, HOUR);
                publisher.publish("t", "once", Qos.EXACTLY_ONCE, false, 5);
                publisher.receive(Pubrec.class);
            }
            try (RawClient publisher = RawClient.v5(broker)) {
                publisher.connect("p", false, HOUR);
                publisher.publish("t", "once", Qos.EXACTLY_ONCE, false, 5);
                assertThat(publisher.receive(Pubrec.class)).isEqualTo(new Pubrec(5));
                publisher.send(new Pubrel(5));
                assertThat(publisher.receive(Pubcomp.class)).isEqualTo(new Pubcomp(5));
            }

            assertThat(text(subscriber.receivePublish())).isEqualTo("once");
            subscriber.expectNothingMore();
        }
    }

    @Test
    void gives_the_session_to_the_newest_connection_and_tells_the_old_one() {
        try (RawClient old = RawClient.v5(broker);
                RawClient young = RawClient.v3(broker)) {
            old.connect("c", false, HOUR);
            old.subscribed("t", Qos.AT_LEAST_ONCE);

            assertThat(young.connect("c", false, HOUR).sessionPresent()).isTrue();
            assertThat(old.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
            old.expectClosed();
            publish("t", "hello", Qos.AT_LEAST_ONCE);
            assertThat(text(young.receivePublish())).isEqualTo("hello");
        }
    }

    @Test
    void survives_a_storm_of_take_overs_with_one_connection_left() {
        RawClient[] clients = new RawClient[20];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = RawClient.v5(broker);
        }
        for (RawClient client : clients) {
            client.send(client.connectPacket("same", false, 60, null, null, null, HOUR));
        }

        for (RawClient client : clients) {
            client.receive(Connack.class);
        }
        int open = 0;
        for (RawClient client : clients) {
            open += client.isStillConnected() ? 1 : 0;
            client.close();
        }
        assertThat(open).isEqualTo(1);
    }

    @Test
    void assigns_a_client_identifier_to_an_mqtt_5_client_without_one() {
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("").properties().assignedClientIdentifier())
                    .startsWith("auto-");
        }
    }

    @Test
    void refuses_an_mqtt_3_client_without_identifier_that_wants_a_lasting_session() {
        try (RawClient client = RawClient.v3(broker)) {
            assertThat(client.connect("", false, HOUR).reasonCode()).isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
            client.expectClosed();
        }
    }
}
