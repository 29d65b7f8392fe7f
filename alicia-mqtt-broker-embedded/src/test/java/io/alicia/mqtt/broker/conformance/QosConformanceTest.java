package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static io.alicia.mqtt.broker.conformance.Wire.property;
import static io.alicia.mqtt.broker.conformance.Wire.u16;
import static io.alicia.mqtt.broker.conformance.Wire.u32;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The delivery protocols of QoS 1 and 2 at both ends of the broker (§4.3), redelivery (§4.4), flow control (§4.9). */
class QosConformanceTest extends ConformanceTest {

    QosConformanceTest(BrokerKind kind) {
        super(kind);
    }

    private Connecting lasting(Version version) {
        return connecting(version, "s").persistent();
    }

    // The broker as receiver.

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.3.2-5", mqtt311 = "MQTT-4.3.2-2")
    void after_puback_an_identifier_means_a_new_message_whatever_its_dup_flag(Version version) {
        Peer subscriber = connect(version, "s").subscribe(topic("a"), 0);
        Peer publisher = connect(version, "p");
        for (int firstByte : new int[] {0x32, 0x32, 0x3A}) {
            publisher.send(publisher.publishBytes(firstByte, topic("a"), 7, properties(), "x"));
            publisher.expect(Frame.PUBACK, 7);
            subscriber.expectMessage("x");
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-4.3.3-10", "MQTT-4.3.3-11", "MQTT-4.3.3-12"},
            mqtt311 = "MQTT-4.3.3-2")
    void a_qos_2_message_sent_again_before_pubrel_is_delivered_once(Version version) {
        Peer subscriber = connect(version, "s").subscribe(topic("a"), 0);
        Peer publisher = connect(version, "p");
        for (String round : new String[] {"first", "second"}) {
            publisher.send(publisher.publishBytes(0x34, topic("a"), 7, properties(), round));
            assertThat(publisher.expect(Frame.PUBREC, 7).reasonCode()).isLessThan(0x80);
            publisher.send(publisher.publishBytes(0x3C, topic("a"), 7, properties(), round));
            assertThat(publisher.expect(Frame.PUBREC, 7).reasonCode()).isLessThan(0x80);
            publisher.send(Peer.ack(0x62, 7));
            publisher.expect(Frame.PUBCOMP, 7);
            subscriber.expectMessage(round);
        }
        publisher.publish(topic("a"), "marker", 0, false);
        subscriber.expectMessage("marker");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.3.3-10", mqtt311 = "MQTT-4.3.3-2")
    void a_qos_2_message_sent_again_after_a_reconnect_is_delivered_once(Version version) {
        Peer subscriber = connect(version, "s").subscribe(topic("a"), 0);
        Connecting publisher = connecting(version, "p").persistent();
        Peer before = connect(publisher);
        before.send(before.publishBytes(0x34, topic("a"), 7, properties(), "once"));
        before.expect(Frame.PUBREC, 7);
        before.raw.drop();

        Peer after = connect(publisher);
        after.send(after.publishBytes(0x3C, topic("a"), 7, properties(), "once"));
        after.expect(Frame.PUBREC, 7);
        after.send(Peer.ack(0x62, 7));
        after.expect(Frame.PUBCOMP, 7);
        after.publish(topic("a"), "marker", 0, false);

        subscriber.expectMessage("once");
        subscriber.expectMessage("marker");
    }

    /** Mosquitto's 03-publish-qos2-dup: once may be a mistake of the client, more often it has lost count. */
    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.4.0-1")
    void a_qos_2_message_sent_again_and_again_on_one_connection_ends_it(Version version) {
        for (int firstByte : new int[] {0x34, 0x3C}) {
            Peer publisher = connect(version, "p");
            byte[] again = publisher.publishBytes(firstByte, topic("a"), 7, properties(), "x");
            publisher.send(again).expect(Frame.PUBREC, 7);
            publisher.send(again).expect(Frame.PUBREC, 7);

            publisher.send(again).expectRefusal(0x82);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.4.0-1", mqtt311 = "MQTT-4.4.0-1")
    void a_qos_2_message_may_be_sent_again_on_every_new_connection(Version version) {
        Peer subscriber = connect(version, "s").subscribe(topic("a"), 0);
        Connecting publisher = connecting(version, "p").persistent();
        for (int i = 0; i < 5; i++) {
            Peer peer = connect(publisher);
            peer.send(peer.publishBytes(i == 0 ? 0x34 : 0x3C, topic("a"), 7, properties(), "once"));
            peer.expect(Frame.PUBREC, 7);
            peer.raw.drop();
        }

        Peer last = connect(publisher);
        last.send(Peer.ack(0x62, 7));
        last.expect(Frame.PUBCOMP, 7);
        last.publish(topic("a"), "marker", 0, false);

        subscriber.expectMessage("once");
        subscriber.expectMessage("marker");
    }

    @Test
    @Statement(mqtt5 = {"MQTT-4.3.3-9", "MQTT-3.5.2-1"})
    void after_a_refusing_pubrec_an_identifier_means_a_new_message() {
        against(Setup.WITH_ACCOUNT);
        String topic = "allowed/" + id("a");
        Peer peer = connect(connecting(Version.V5, "c").userName("user").password("secret"));
        peer.subscribe(topic, 0);
        peer.send(peer.publishBytes(0x34, "denied", 7, properties(), "x"));
        assertThat(peer.expect(Frame.PUBREC, 7).reasonCode()).isEqualTo(0x87);

        peer.send(peer.publishBytes(0x34, topic, 7, properties(), "allowed"));

        // The broker may deliver with PUBREC or with PUBREL.
        List<Integer> types = new ArrayList<>();
        while (types.size() < 3) {
            Frame frame = peer.raw.receive("PUBREC, PUBCOMP and PUBLISH, after " + types);
            types.add(frame.type());
            if (frame.type() == Frame.PUBREC) {
                assertThat(frame.reasonCode()).isLessThan(0x80);
                peer.send(Peer.ack(0x62, 7));
            }
        }
        assertThat(types).containsExactlyInAnyOrder(Frame.PUBREC, Frame.PUBCOMP, Frame.PUBLISH);
    }

    @Test
    @Statement(mqtt5 = "MQTT-4.3.3-13")
    void an_exchange_goes_on_though_its_message_expired() {
        Peer publisher = connect(Version.V5, "p");
        byte[] section = properties(property(Wire.MESSAGE_EXPIRY_INTERVAL, u32(10)));
        publisher.send(publisher.publishBytes(0x34, topic("a"), 7, section, "x"));
        publisher.expect(Frame.PUBREC, 7);

        elapse(20);

        publisher.send(Peer.ack(0x62, 7));
        assertThat(publisher.expect(Frame.PUBCOMP, 7).reasonCode()).isZero();
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.6.2-1", "MQTT-3.7.2-1", "MQTT-2.2.1-5"})
    void identifiers_that_nobody_knows_are_answered_so() {
        Peer peer = connect(Version.V5, "c");

        peer.send(Peer.ack(0x62, 77));
        assertThat(peer.expect(Frame.PUBCOMP, 77).reasonCode()).isIn(0, 0x92);
        peer.send(Peer.ack(0x50, 78));
        assertThat(peer.expect(Frame.PUBREL, 78).reasonCode()).isIn(0, 0x92);
    }

    // The broker as sender.

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {
                "MQTT-2.2.1-4",
                "MQTT-4.3.2-1",
                "MQTT-4.3.2-2",
                "MQTT-4.3.3-1",
                "MQTT-4.3.3-2",
                "MQTT-3.3.1-1",
                "MQTT-3.3.1-3"
            },
            mqtt311 = {"MQTT-2.3.1-1", "MQTT-2.3.1-4", "MQTT-4.3.2-1", "MQTT-4.3.3-1", "MQTT-3.3.1-1", "MQTT-3.3.1-3"})
    void every_message_on_its_way_has_an_identifier_of_its_own_and_no_dup_flag(Version version) {
        Peer subscriber = connect(version, "s").subscribe(topic("a"), 2);
        Peer publisher = connect(version, "p");
        Set<Integer> identifiers = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            publisher.publish(topic("a"), "x", 1 + i % 2, false);
            Received message = subscriber.expectMessage("x");
            assertThat(message.qos()).isEqualTo(1 + i % 2);
            assertThat(message.dup()).isFalse();
            assertThat(message.identifier()).isPositive();
            identifiers.add(message.identifier());
        }
        assertThat(identifiers).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.3.1-1", "MQTT-4.3.2-3", "MQTT-4.3.3-3", "MQTT-4.4.0-1"},
            mqtt311 = {"MQTT-3.3.1-1", "MQTT-4.3.2-1", "MQTT-4.3.3-1", "MQTT-4.4.0-1", "MQTT-2.3.1-4", "MQTT-4.6.0-6"})
    void what_was_not_acknowledged_is_sent_again_in_its_order_with_its_identifiers(Version version) {
        Peer before = connect(lasting(version)).subscribe(topic("a"), 2);
        Peer publisher = connect(version, "p");
        int[] identifiers = new int[4];
        for (int i = 0; i < identifiers.length; i++) {
            publisher.publish(topic("a"), "m" + i, 1 + i % 2, false);
            identifiers[i] = before.expectMessage("m" + i).identifier();
        }
        before.raw.drop();

        Peer after = connect(lasting(version));

        for (int i = 0; i < identifiers.length; i++) {
            Received again = after.expectMessage("m" + i);
            assertThat(again.identifier()).isEqualTo(identifiers[i]);
            assertThat(again.dup()).isTrue();
            assertThat(again.qos()).isEqualTo(1 + i % 2);
        }
        after.expectNothingBeforePing();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-4.3.3-4", "MQTT-4.3.3-5", "MQTT-4.3.3-6", "MQTT-4.4.0-1", "MQTT-2.2.1-5", "MQTT-3.6.2-1"},
            mqtt311 = {"MQTT-4.3.3-1", "MQTT-4.4.0-1", "MQTT-2.3.1-6"})
    void after_pubrec_only_pubrel_is_sent_again(Version version) {
        Peer before = connect(lasting(version)).subscribe(topic("a"), 2);
        connect(version, "p").publish(topic("a"), "x", 2, false);
        int identifier = before.expectMessage("x").identifier();
        before.send(Peer.ack(0x50, identifier));
        assertThat(before.expect(Frame.PUBREL, identifier).reasonCode()).isZero();
        before.raw.drop();

        Peer after = connect(lasting(version));

        Frame pubrel = after.expect(Frame.PUBREL, identifier);
        assertThat(pubrel.flags()).isEqualTo(2);
        after.send(Peer.ack(0x70, identifier));
        after.expectNothingBeforePing();
        after.disconnect();
        connect(lasting(version)).expectNothingBeforePing();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.4.0-1", mqtt311 = "MQTT-4.4.0-1")
    void nothing_is_sent_again_while_the_connection_lasts(Version version) {
        Peer subscriber = connect(version, "s").subscribe(topic("a"), 2);
        connect(version, "p").publish(topic("a"), "one", 1, false).publish(topic("a"), "two", 2, false);
        subscriber.expectMessage("one");
        subscriber.send(Peer.ack(0x50, subscriber.expectMessage("two").identifier()));
        subscriber.expect(Frame.PUBREL);

        elapse(100_000);

        subscriber.expectNothingBeforePing();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-4.3.2-3", "MQTT-4.3.3-5"},
            mqtt311 = {"MQTT-4.3.2-1", "MQTT-4.3.3-1"})
    void what_was_acknowledged_is_not_sent_again(Version version) {
        Peer before = connect(lasting(version)).subscribe(topic("a"), 2);
        Peer publisher = connect(version, "p").publish(topic("a"), "one", 1, false);
        before.acknowledge(before.expectMessage("one"));
        publisher.publish(topic("a"), "two", 2, false);
        before.acknowledge(before.expectMessage("two"));
        before.disconnect();

        connect(lasting(version)).expectNothingBeforePing();
    }

    @Test
    @Statement(mqtt5 = {"MQTT-4.4.0-2", "MQTT-4.3.3-4"})
    void a_refusing_acknowledgement_ends_the_exchange() {
        Peer before = connect(lasting(Version.V5)).subscribe(topic("a"), 2);
        connect(Version.V5, "p").publish(topic("a"), "one", 1, false).publish(topic("a"), "two", 2, false);
        before.send(Peer.ack(0x40, before.expectMessage("one").identifier(), 0x83));
        before.send(Peer.ack(0x50, before.expectMessage("two").identifier(), 0x83));
        before.expectNothingBeforePing();
        before.disconnect();

        connect(lasting(Version.V5)).expectNothingBeforePing();
    }

    @Test
    @Statement(mqtt5 = "MQTT-4.3.3-7")
    void a_qos_2_message_that_was_sent_does_not_expire() {
        Peer before = connect(lasting(Version.V5)).subscribe(topic("a"), 2);
        connect(Version.V5, "p").publish(topic("a"), "x", 2, false, property(Wire.MESSAGE_EXPIRY_INTERVAL, u32(10)));
        before.expectMessage("x");
        before.raw.drop();

        elapse(20);

        connect(lasting(Version.V5)).expectMessage("x");
    }

    // Flow control.

    @ParameterizedTest
    @EnumSource(value = Version.class, names = "V5")
    @Statement(mqtt5 = {"MQTT-3.3.4-9", "MQTT-3.3.4-10", "MQTT-4.9.0-1", "MQTT-4.9.0-2", "MQTT-4.9.0-3"})
    @MosquittoDiffers("it counts a QoS 2 message as done at PUBREC, the specification at PUBCOMP")
    void no_more_messages_are_on_their_way_than_receive_maximum_allows(Version version) {
        Peer subscriber = connect(connecting(version, "s").property(Wire.RECEIVE_MAXIMUM, u16(2)));
        subscriber.subscribe(topic("a"), 2);
        Peer publisher = connect(version, "p");
        for (int i = 0; i < 5; i++) {
            publisher.publish(topic("a"), "m" + i, 1 + i % 2, false);
        }
        Received first = subscriber.expectMessage("m0");
        Received second = subscriber.expectMessage("m1");

        // Other packets are answered meanwhile.
        subscriber.expectNothingBeforePing();
        subscriber.send(Wire.packet(0x82, u16(9), properties(), Wire.string(topic("other")), Wire.u8(0)));
        subscriber.expect(Frame.SUBACK, 9);
        publisher.publish(topic("other"), "QoS 0", 0, false);
        subscriber.expectMessage("QoS 0");

        subscriber.send(Peer.ack(0x40, first.identifier()));
        Received third = subscriber.expectMessage("m2");
        subscriber.send(Peer.ack(0x50, second.identifier()));
        subscriber.expect(Frame.PUBREL, second.identifier());
        subscriber.expectNothingBeforePing();
        subscriber.send(Peer.ack(0x70, second.identifier()));
        Received fourth = subscriber.expectMessage("m3");
        subscriber.send(Peer.ack(0x40, third.identifier()));
        subscriber.expectMessage("m4");
        subscriber.send(Peer.ack(0x50, fourth.identifier()));
        subscriber.expect(Frame.PUBREL, fourth.identifier());
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.3.4-7", "MQTT-4.13.1-1"})
    @MosquittoDiffers("2.0 answers PUBREC 0x97; the specification names 0x93 for this")
    void who_sends_more_than_the_brokers_receive_maximum_is_disconnected() {
        Peer peer = open(Version.V5).send(connecting(Version.V5, "p").bytes());
        int maximum = peer.expect(Frame.CONNACK)
                .properties()
                .value(Wire.RECEIVE_MAXIMUM)
                .map(Integer::parseInt)
                .orElse(65_535);
        for (int i = 1; i <= maximum; i++) {
            peer.send(peer.publishBytes(0x34, topic("a"), i, properties(), "x"));
            peer.expect(Frame.PUBREC, i);
        }

        peer.send(peer.publishBytes(0x34, topic("a"), maximum + 1, properties(), "x"));

        peer.expectRefusal(0x93);
    }
}
