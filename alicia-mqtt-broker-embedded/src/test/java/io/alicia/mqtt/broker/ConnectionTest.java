package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.Auth;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.ReasonProperties;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {

    private final TestTime time = new TestTime();
    private final EmbeddedBroker broker = EmbeddedBroker.builder()
            .tcp(0)
            .allowAnonymous()
            .time(time, time)
            .configure(config -> config.maxKeepalive(100))
            .start();

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void that_sends_no_connect_in_time_is_closed() {
        try (RawClient client = RawClient.v5(broker)) {
            Awaitility.await()
                    .alias("the connection was accepted")
                    .until(() -> broker.counters().connectionsOpened().sum() == 1);
            client.sendHex("10");
            time.pass(Duration.ofSeconds(10));

            client.expectClosed();
        }
    }

    @Test
    void is_told_the_servers_keep_alive_where_its_own_is_too_long() {
        try (RawClient client = RawClient.v5(broker);
                RawClient modest = RawClient.v5(broker)) {
            Connack told =
                    client.connect(client.connectPacket("c", true, 101, null, null, null, ConnectProperties.DEFAULTS));
            Connack untold =
                    modest.connect(modest.connectPacket("d", true, 100, null, null, null, ConnectProperties.DEFAULTS));

            assertThat(told.properties().serverKeepAliveSeconds()).isEqualTo(100);
            assertThat(untold.properties().serverKeepAliveSeconds()).isNull();
        }
    }

    @Test
    void without_keep_alive_is_never_closed_for_silence() {
        try (EmbeddedBroker unlimited = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .time(time, time)
                        .start();
                RawClient client = RawClient.v3(unlimited)) {
            client.connect(client.connectPacket("c", true, 0, null, null, null, ConnectProperties.DEFAULTS));
            time.pass(Duration.ofDays(30));

            assertThat(client.isStillConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void of_an_old_version_with_a_keep_alive_above_the_maximum_is_refused_since_it_cannot_be_told(int seconds) {
        for (MqttVersion version : List.of(MqttVersion.MQTT_3_1, MqttVersion.MQTT_3_1_1)) {
            try (RawClient client = RawClient.of(version, broker)) {
                Connack connack = client.connect(
                        client.connectPacket("c", true, seconds, null, null, null, ConnectProperties.DEFAULTS));

                assertThat(connack.reasonCode()).isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
                client.expectClosed();
            }
        }
    }

    @Test
    void without_keep_alive_is_given_the_servers() {
        try (RawClient client = RawClient.v5(broker)) {
            Connack told =
                    client.connect(client.connectPacket("c", true, 0, null, null, null, ConnectProperties.DEFAULTS));

            assertThat(told.properties().serverKeepAliveSeconds()).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void that_was_told_the_servers_keep_alive_is_held_to_it(int seconds) {
        try (RawClient client = RawClient.v5(broker)) {
            client.connect(client.connectPacket("c", true, seconds, null, null, null, ConnectProperties.DEFAULTS));

            time.pass(Duration.ofSeconds(149));
            assertThat(client.isStillConnected()).isTrue();
            time.pass(Duration.ofSeconds(149));
            assertThat(client.isStillConnected()).isTrue();
            time.pass(Duration.ofSeconds(150));

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.KEEP_ALIVE_TIMEOUT);
            client.expectClosed();
        }
    }

    @Test
    void that_takes_no_packet_as_large_as_connack_is_closed() {
        try (RawClient client = RawClient.v5(broker)) {
            client.send(client.connectPacket(
                    "c",
                    true,
                    60,
                    null,
                    null,
                    null,
                    ConnectProperties.builder().maximumPacketSizeBytes(2).build()));

            client.expectClosed();
            assertThat(broker.statistics().join().sessions()).isZero();
        }
    }

    @Test
    void with_a_malformed_packet_is_closed_with_its_reason_and_no_other_is() {
        try (RawClient good = RawClient.v5(broker).connected("good");
                RawClient bad = RawClient.v5(broker).connected("bad");
                RawClient old = RawClient.v3(broker).connected("old")) {
            // PUBLISH with QoS 3
            bad.sendHex("36 05 00 01 74 00 01");
            old.sendHex("36 05 00 01 74 00 01");

            assertThat(bad.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.MALFORMED_PACKET);
            bad.expectClosed();
            old.expectClosed();
            assertThat(good.isStillConnected()).isTrue();
        }
    }

    @Test
    void that_is_told_why_it_ends_may_still_send_while_it_reads_that() {
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.sendHex("00 00");
            Awaitility.await()
                    .alias("the broker has ended the connection")
                    .until(() -> broker.connectedClients().isEmpty());

            // A reset would come back after the first of these, and the second could not be sent.
            client.sendHex("C0 00");
            client.sendHex("C0 00");

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
            client.expectClosed();
        }
    }

    @Test
    void that_is_told_why_it_ends_and_does_not_hang_up_is_cut_off() {
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.sendHex("00 00");
            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
            client.expectClosed();
            client.sendHex("C0 00");

            time.pass(Duration.ofSeconds(1));

            Awaitility.await().alias("nothing can be sent any more").until(() -> !client.canSend());
        }
    }

    @Test
    void with_a_second_connect_is_closed() {
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.send(client.connectPacket("c", true, 60, null, null, null, ConnectProperties.DEFAULTS));

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
            client.expectClosed();
        }
    }

    @Test
    void that_does_not_speak_mqtt_is_closed_without_a_word() {
        try (RawClient client = RawClient.v5(broker)) {
            client.sendHex("47 45 54 20 2F 20 48 54 54 50 2F 31 2E 31 0D 0A 0D 0A");

            client.expectClosed();
        }
    }

    @Test
    void of_a_version_that_nobody_knows_is_refused_in_the_form_of_mqtt_5() {
        try (RawClient later = RawClient.v5(broker);
                RawClient earlier = RawClient.v5(broker)) {
            later.sendHex("10 0D 00 04 4D 51 54 54 06 02 00 3C 00 00 00");
            earlier.sendHex("10 0E 00 06 4D 51 49 73 64 70 02 02 00 3C 00 00");

            assertThat(later.receive(Connack.class).reasonCode()).isEqualTo(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION);
            later.expectClosed();
            assertThat(earlier.receive(Connack.class).reasonCode()).isEqualTo(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION);
            earlier.expectClosed();
        }
    }

    @Test
    void that_asks_for_an_authentication_method_is_refused() {
        ConnectProperties scram =
                ConnectProperties.builder().authenticationMethod("UNKNOWN").build();
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", true, scram).reasonCode()).isEqualTo(ReasonCode.BAD_AUTHENTICATION_METHOD);
        }
    }

    @Test
    void that_sends_auth_without_a_method_is_closed() {
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.send(new Auth(ReasonCode.RE_AUTHENTICATE, "X", null, ReasonProperties.NONE));

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        }
    }

    @Test
    void may_send_packets_before_it_has_seen_connack() {
        try (RawClient client = RawClient.v5(broker)) {
            client.sendHex("10 0E 00 04 4D 51 54 54 05 02 00 3C 00 00 01 63"
                    + " 82 07 00 0A 00 00 01 74 00"
                    + " 30 05 00 01 74 00 78");

            assertThat(client.receive(Connack.class).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            client.receive(io.alicia.mqtt.broker.protocol.Suback.class);
            assertThat(RawClient.text(client.receive(Publish.class))).isEqualTo("x");
        }
    }

    @Test
    void above_the_limit_of_its_listener_is_closed() {
        try (EmbeddedBroker small = EmbeddedBroker.builder()
                        .listener(ListenerConfig.builder().maxConnections(1).build())
                        .allowAnonymous()
                        .start();
                RawClient one = RawClient.v5(small).connected("1")) {
            try (RawClient two = RawClient.v5(small)) {
                two.expectClosed();
            }
            assertThat(one.isStillConnected()).isTrue();
        }
    }

    @Test
    void by_a_listener_with_a_mount_point_sees_only_what_is_below_it() {
        try (EmbeddedBroker mounted = EmbeddedBroker.builder()
                        .tcp(0)
                        .listener(ListenerConfig.builder().mountPoint("guests/").build())
                        .allowAnonymous()
                        .start();
                RawClient house = RawClient.v5(mounted).connected("house").subscribed("#", Qos.AT_MOST_ONCE);
                RawClient guest =
                        RawClient.at(mounted.addresses().get(1).port()).connected("guest");
                RawClient publisher = RawClient.v5(mounted).connected("publisher")) {
            guest.subscribed("#", Qos.AT_MOST_ONCE);
            guest.publish("hello", "from guest", Qos.AT_MOST_ONCE, false, 0);
            assertThat(guest.receivePublish().topic()).hasToString("hello");
            assertThat(house.receivePublish().topic()).hasToString("guests/hello");
            publisher.publishAndAwait("secret", "from house", Qos.AT_LEAST_ONCE, false);
            publisher.publishAndAwait("guests/news", "from house", Qos.AT_LEAST_ONCE, false);

            assertThat(guest.receivePublish().topic()).hasToString("news");
            guest.expectNothingMore();
        }
    }

    @Test
    void is_told_when_the_broker_stops() {
        RawClient client = RawClient.v5(broker).connected("c");
        RawClient old = RawClient.v3(broker).connected("d");

        broker.close();

        assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.SERVER_SHUTTING_DOWN);
        client.expectClosed();
        old.expectClosed();
    }
}
