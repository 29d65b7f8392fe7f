package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.hex;
import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retained messages (§3.3.1.3, §3.8.3.1). */
class RetainConformanceTest extends ConformanceTest {

    private static final int RETAIN_AS_PUBLISHED = 0x08;
    private static final int SEND_IF_NEW = 0x10;
    private static final int DO_NOT_SEND = 0x20;

    RetainConformanceTest(BrokerKind kind) {
        super(kind);
    }

    private Peer late(Version version, int options) {
        return connect(version, "l").subscribe(topic("#"), options);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.3.1-5", "MQTT-3.3.1-9", "MQTT-3.8.4-8"},
            mqtt311 = {"MQTT-3.3.1-5", "MQTT-3.3.1-6", "MQTT-3.3.1-8"})
    void the_last_retained_message_of_each_topic_waits_for_subscribers(Version version) {
        Peer publisher = connect(version, "p");
        publisher.publish(topic("a"), "old", 1, true).publish(topic("a"), "new", 2, true);
        publisher.publish(topic("b"), "other", 1, true);

        Peer subscriber = late(version, 2);

        Received first = subscriber.expectMessage();
        Received second = subscriber.expectMessage();
        subscriber.acknowledge(first);
        subscriber.acknowledge(second);
        subscriber.expectNothingBeforePing();
        boolean aFirst = first.topic().equals(topic("a"));
        Received a = aFirst ? first : second;
        Received b = aFirst ? second : first;
        assertThat(a.text()).isEqualTo("new");
        assertThat(a.qos()).isEqualTo(2);
        assertThat(a.retain()).isTrue();
        assertThat(b.text()).isEqualTo("other");
        assertThat(b.qos()).isEqualTo(1);
        assertThat(b.retain()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @Statement(
            mqtt5 = "MQTT-3.3.1-5",
            mqtt311 = {"MQTT-3.3.1-5", "MQTT-3.3.1-7"})
    void a_retained_message_replaces_the_one_before_whatever_its_qos(int qos) {
        Peer publisher = connect(Version.V3, "p").publish(topic("a"), "old", 2, true);
        publisher.publish(topic("a"), "new", qos, true).expectNothingBeforePing();

        Peer subscriber = late(Version.V3, 2);

        assertThat(subscriber.acknowledge(subscriber.expectMessage("new")).qos())
                .isEqualTo(qos);
        subscriber.expectNothingBeforePing();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.3.1-6", "MQTT-3.3.1-7"},
            mqtt311 = {"MQTT-3.3.1-10", "MQTT-3.3.1-11"})
    void an_empty_retained_message_is_delivered_and_removes_what_was_there(Version version) {
        Peer publisher = connect(version, "p").publish(topic("a"), "kept", 1, true);
        Peer witness = connect(version, "w").subscribe(topic("a"), 0);
        witness.expectMessage("kept");

        publisher.publish(topic("a"), "", 1, true);

        witness.expectMessage("");
        late(version, 1).expectNothingBeforePing();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.3.1-8", mqtt311 = "MQTT-3.3.1-12")
    void other_messages_leave_the_retained_one_alone(Version version) {
        Peer publisher = connect(version, "p").publish(topic("a"), "kept", 1, true);
        publisher.publish(topic("a"), "passing", 1, false).publish(topic("a"), "", 1, false);
        publisher.publish(topic("b"), "passing", 1, false);

        Peer subscriber = late(version, 0);

        subscriber.expectMessage("kept");
        subscriber.expectNothingBeforePing();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.3.1-12", mqtt311 = "MQTT-3.3.1-9")
    void an_established_subscription_gets_it_as_not_retained(Version version) {
        Peer subscriber = late(version, 0);

        connect(version, "p").publish(topic("a"), "fresh", 0, true);

        assertThat(subscriber.expectMessage("fresh").retain()).isFalse();
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.3.1-13")
    void retain_as_published_keeps_the_publishers_flag() {
        Peer subscriber = late(Version.V5, RETAIN_AS_PUBLISHED);
        Peer publisher = connect(Version.V5, "p");

        publisher.publish(topic("a"), "kept", 0, true).publish(topic("a"), "passing", 0, false);

        assertThat(subscriber.expectMessage("kept").retain()).isTrue();
        assertThat(subscriber.expectMessage("passing").retain()).isFalse();
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.3.1-9", "MQTT-3.8.4-4"})
    void retain_handling_0_sends_at_every_subscribe() {
        connect(Version.V5, "p").publish(topic("a"), "kept", 0, true);
        Peer subscriber = late(Version.V5, 0);
        subscriber.expectMessage("kept");

        subscriber.subscribe(topic("#"), 0);

        subscriber.expectMessage("kept");
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.3.1-10")
    void retain_handling_1_sends_to_new_subscriptions_alone() {
        connect(Version.V5, "p").publish(topic("a"), "kept", 0, true);
        Peer subscriber = late(Version.V5, SEND_IF_NEW);
        subscriber.expectMessage("kept");

        subscriber.subscribe(topic("#"), SEND_IF_NEW);

        subscriber.expectNothingBeforePing();
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.3.1-11")
    void retain_handling_2_sends_nothing() {
        connect(Version.V5, "p").publish(topic("a"), "kept", 0, true);

        Peer subscriber = late(Version.V5, DO_NOT_SEND);

        subscriber.expectNothingBeforePing();
    }

    @Test
    @Statement(mqtt311 = "MQTT-3.8.4-3")
    void under_3_1_1_every_subscribe_brings_retained_messages() {
        Peer publisher = connect(Version.V3, "p").publish(topic("a"), "kept", 1, true);
        Peer subscriber = late(Version.V3, 0);
        assertThat(subscriber.expectMessage("kept").qos()).isZero();

        subscriber.subscribe(topic("#"), 1);

        assertThat(subscriber.acknowledge(subscriber.expectMessage("kept")).qos())
                .isEqualTo(1);
        publisher.publish(topic("a"), "fresh", 1, false);
        assertThat(subscriber.expectMessage("fresh").qos()).isEqualTo(1);
        subscriber.expectNothingBeforePing();
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.2.2-13", "MQTT-3.2.2-14"})
    void a_broker_without_retained_messages_says_so_and_refuses_them() {
        against(Setup.WITHOUT_RETAIN);
        Peer peer = open(Version.V5).send(connecting(Version.V5, "c").bytes());
        assertThat(peer.expect(Frame.CONNACK).properties().value(0x25)).contains("0");

        peer.send(peer.publishBytes(0x31, topic("a"), 0, properties(), "x")).expectRefusal(0x9A);

        Frame refusal = connack(connecting(Version.V5, "w").will(topic("w"), "x", 0, true));
        assertThat(refusal.reasonCode()).isEqualTo(0x9A);
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.2.2-9", "MQTT-3.2.2-10", "MQTT-3.2.2-11", "MQTT-3.2.2-12"})
    void a_broker_with_qos_0_alone_says_so_and_still_accepts_every_subscription() {
        against(Setup.QOS_0_ONLY);
        Peer peer = open(Version.V5).send(connecting(Version.V5, "c").bytes());
        assertThat(peer.expect(Frame.CONNACK).properties().value(0x24)).contains("0");
        int[] granted = peer.codes(peer.subscribe(1, properties(), topic("a"), 2));
        assertThat(granted).hasSize(1);
        assertThat(granted[0]).isLessThanOrEqualTo(2);
        connect(Version.V5, "p").publish(topic("a"), "x", 0, false);
        peer.expectMessage("x");

        peer.send(peer.publishBytes(0x32, topic("a"), 1, properties(), "x")).expectRefusal(0x9B);

        Peer mortal = open(Version.V5);
        mortal.send(connecting(Version.V5, "w").will(topic("w"), "x", 1, false).bytes());
        assertThat(mortal.expect(Frame.CONNACK).reasonCode()).isEqualTo(0x9B);
        mortal.expectClosed();
        connect(Version.V5, "d").send(hex("C000")).expect(Frame.PINGRESP);
    }
}
