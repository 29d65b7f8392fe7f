package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.hex;
import static io.alicia.mqtt.broker.conformance.Wire.packet;
import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static io.alicia.mqtt.broker.conformance.Wire.property;
import static io.alicia.mqtt.broker.conformance.Wire.string;
import static io.alicia.mqtt.broker.conformance.Wire.u16;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SUBSCRIBE and UNSUBSCRIBE (§3.8 to §3.11). */
class SubscribeConformanceTest extends ConformanceTest {

    private static final int MALFORMED_PACKET = 0x81;
    private static final int PROTOCOL_ERROR = 0x82;
    private static final int NO_LOCAL = 0x04;

    SubscribeConformanceTest(BrokerKind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.8.1-1", "MQTT-2.1.3-1"},
            mqtt311 = {"MQTT-3.8.1-1", "MQTT-2.2.2-1", "MQTT-2.2.2-2"})
    void subscribe_has_its_flags(Version version) {
        for (int firstByte : new int[] {0x80, 0x81, 0x83, 0x8A}) {
            Peer peer = connect(version, "c");
            peer.send(packet(firstByte, u16(1), peer.section(), string(topic("a")), u8(0)));
            peer.expectRefusal(MALFORMED_PACKET);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.8.3-2", mqtt311 = "MQTT-3.8.3-3")
    void a_subscribe_without_filter_ends_the_connection(Version version) {
        Peer peer = connect(version, "c");
        peer.send(packet(0x82, u16(1), peer.section())).expectRefusal(PROTOCOL_ERROR, MALFORMED_PACKET);
        Peer half = connect(version, "d");
        half.send(packet(0x82, u16(1), half.section(), string(topic("a")))).expectRefusal(MALFORMED_PACKET);
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.8.3-5", "MQTT-4.13.1-1"})
    void reserved_bits_in_the_options_are_malformed() {
        for (int options : new int[] {0x40, 0x80}) {
            Peer peer = connect(Version.V5, "c");
            peer.send(packet(0x82, u16(1), properties(), string(topic("a")), u8(options)));
            peer.expectRefusal(MALFORMED_PACKET);
        }
        for (int options : new int[] {0x03, 0x30}) {
            Peer peer = connect(Version.V5, "c");
            peer.send(packet(0x82, u16(1), properties(), string(topic("a")), u8(options)));
            peer.expectRefusal(PROTOCOL_ERROR, MALFORMED_PACKET);
        }
    }

    @Test
    @Statement(mqtt311 = "MQTT-3.8.3-4")
    void under_3_1_1_anything_but_a_qos_is_malformed() {
        for (int options : new int[] {0x03, 0x04, 0x10, 0x80}) {
            Peer peer = connect(Version.V3, "c");
            peer.send(packet(0x82, u16(1), string(topic("a")), u8(options))).expectClosed();
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {
                "MQTT-3.8.4-1",
                "MQTT-3.8.4-2",
                "MQTT-3.8.4-5",
                "MQTT-3.8.4-6",
                "MQTT-3.8.4-7",
                "MQTT-3.9.3-1",
                "MQTT-3.9.3-2",
                "MQTT-2.2.1-6"
            },
            mqtt311 = {
                "MQTT-3.8.4-1",
                "MQTT-3.8.4-2",
                "MQTT-3.8.4-4",
                "MQTT-3.8.4-5",
                "MQTT-3.9.3-1",
                "MQTT-3.9.3-2",
                "MQTT-2.3.1-7",
                "MQTT-3.8.3-2"
            })
    void one_suback_answers_all_filters_in_their_order(Version version) {
        Peer peer = connect(version, "c");

        peer.send(packet(
                0x82,
                u16(0xBEEF),
                peer.section(),
                string(topic("+")),
                u8(2),
                string(topic("b")),
                u8(0),
                string(topic("c/#")),
                u8(1)));

        assertThat(peer.codes(peer.expect(Frame.SUBACK, 0xBEEF))).containsExactly(2, 0, 1);
        connect(version, "p").publish(topic("c/d"), "x", 2, false);
        assertThat(peer.expectMessage("x").qos()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.8.4-7", "MQTT-3.9.3-1", "MQTT-3.9.3-2"},
            mqtt311 = {"MQTT-3.8.4-5", "MQTT-3.9.3-1", "MQTT-3.9.3-2"})
    void codes_of_suback_are_those_of_its_table(Version version) {
        against(Setup.WITH_ACCOUNT);
        Peer peer = connect(connecting(version, "c").userName("user").password("secret"));

        peer.send(packet(0x82, u16(1), peer.section(), string("allowed/a"), u8(1), string("denied"), u8(1)));

        int[] codes = peer.codes(peer.expect(Frame.SUBACK, 1));
        assertThat(codes).hasSize(2);
        assertThat(codes[0]).isEqualTo(1);
        assertThat(codes[1]).isIn(version.is5() ? new Object[] {1, 0x87} : new Object[] {1, 0x80});
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.8.4-3", "MQTT-3.8.4-4"},
            mqtt311 = "MQTT-3.8.4-3")
    void the_same_filter_once_more_replaces_the_subscription(Version version) {
        Peer peer = connect(version, "c").subscribe(topic("a"), 2);
        Peer publisher = connect(version, "p").publish(topic("a"), "one", 2, false);
        assertThat(peer.acknowledge(peer.expectMessage("one")).qos()).isEqualTo(2);

        peer.subscribe(topic("a"), 0);

        publisher.publish(topic("a"), "two", 2, false).publish(topic("a"), "marker", 0, false);
        assertThat(peer.expectMessage("two").qos()).isZero();
        peer.expectMessage("marker");
        peer.unsubscribe(topic("a"));
        publisher.publish(topic("a"), "three", 1, false);
        peer.expectNothingBeforePing();
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.8.4-3")
    @MosquittoDiffers("2.0 goes on without the No Local of the new one; 2.1 does as this broker")
    void the_same_filter_once_more_replaces_the_options_and_the_identifier() {
        Peer peer = connect(Version.V5, "c");
        Peer publisher = connect(Version.V5, "p");
        peer.subscribe(1, properties(property(Wire.SUBSCRIPTION_IDENTIFIER, u8(5))), topic("a"), 0);

        peer.subscribe(2, properties(property(Wire.SUBSCRIPTION_IDENTIFIER, u8(6))), topic("a"), 0x20 | 0x08 | 0x04);
        peer.publish(topic("a"), "own", 0, false);
        publisher.publish(topic("a"), "retained", 0, true);
        Received withOptions = peer.expectMessage("retained");
        assertThat(withOptions.retain()).isTrue();
        assertThat(withOptions.properties().values(Wire.SUBSCRIPTION_IDENTIFIER))
                .containsExactly("6");

        peer.subscribe(3, properties(), topic("a"), 0x20);
        peer.publish(topic("a"), "own", 0, true);
        Received without = peer.expectMessage("own");
        assertThat(without.retain()).isFalse();
        assertThat(without.properties().has(Wire.SUBSCRIPTION_IDENTIFIER)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.8.4-4", mqtt311 = "MQTT-3.8.4-3")
    void nothing_is_lost_while_a_subscription_is_replaced(Version version) {
        Peer peer = connect(version, "c").subscribe(topic("a"), 0);
        Peer publisher = connect(version, "p");
        byte[] again = packet(0x82, u16(1), peer.section(), string(topic("a")), u8(0));
        for (int i = 0; i < 50; i++) {
            peer.send(again);
            publisher.publish(topic("a"), "m" + i, 0, false);
        }

        int next = 0;
        int subacks = 0;
        while (next < 50 || subacks < 50) {
            Frame frame = peer.raw.receive("PUBLISH or SUBACK");
            if (frame.type() == Frame.SUBACK) {
                subacks++;
            } else {
                assertThat(Received.of(frame, version).text()).isEqualTo("m" + next++);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.8.4-8", mqtt311 = "MQTT-3.8.4-6")
    void messages_come_with_the_lower_of_both_qos(Version version) {
        for (int granted = 0; granted <= 2; granted++) {
            Peer peer = connect(version, "c" + granted).subscribe(topic("a" + granted), granted);
            Peer publisher = connect(version, "p");
            for (int published = 0; published <= 2; published++) {
                publisher.publish(topic("a" + granted), "x", published, false);
                assertThat(peer.acknowledge(peer.expectMessage("x")).qos()).isEqualTo(Math.min(granted, published));
            }
        }
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.8.3-3")
    void no_local_keeps_a_clients_own_messages_from_it() {
        Peer peer = connect(Version.V5, "c").subscribe(topic("#"), NO_LOCAL);

        peer.publish(topic("a"), "own", 0, false);
        connect(Version.V5, "p").publish(topic("a"), "other", 0, false);

        peer.expectMessage("other");
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.8.3-4")
    @MosquittoDiffers("2.0 accepts it")
    void no_local_on_a_shared_subscription_is_a_protocol_error() {
        Peer peer = connect(Version.V5, "c");

        peer.send(packet(0x82, u16(1), properties(), string("$share/g/" + topic("a")), u8(NO_LOCAL)));

        peer.expectRefusal(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.10.1-1", "MQTT-2.1.3-1"},
            mqtt311 = {"MQTT-3.10.1-1", "MQTT-2.2.2-1", "MQTT-2.2.2-2"})
    void unsubscribe_has_its_flags(Version version) {
        for (int firstByte : new int[] {0xA0, 0xA1, 0xA3, 0xAA}) {
            Peer peer = connect(version, "c");
            peer.send(packet(firstByte, u16(1), peer.section(), string(topic("a"))));
            peer.expectRefusal(MALFORMED_PACKET);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.10.3-2", mqtt311 = "MQTT-3.10.3-2")
    void an_unsubscribe_without_filter_ends_the_connection(Version version) {
        Peer peer = connect(version, "c");
        peer.send(packet(0xA2, u16(1), peer.section())).expectRefusal(PROTOCOL_ERROR, MALFORMED_PACKET);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.10.4-1", "MQTT-3.10.4-2"},
            mqtt311 = {"MQTT-3.10.4-1", "MQTT-3.10.4-2"})
    void unsubscribe_ends_exactly_the_subscription_that_it_names(Version version) {
        Peer peer = connect(version, "c").subscribe(topic("a"), 0).subscribe(topic("+/x"), 0);
        Peer publisher = connect(version, "p");

        peer.unsubscribe(topic("+"))
                .unsubscribe(topic("#"))
                .unsubscribe(topic("A"))
                .unsubscribe(topic("a/x"));
        publisher.publish(topic("a"), "one", 0, false).publish(topic("a/x"), "two", 0, false);
        peer.expectMessage("one");
        peer.expectMessage("two");

        peer.unsubscribe(topic("+/x"));
        publisher.publish(topic("a/x"), "three", 0, false).publish(topic("a"), "four", 0, false);
        peer.expectMessage("four");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.10.4-4", "MQTT-3.10.4-5", "MQTT-3.10.4-6", "MQTT-3.11.3-1", "MQTT-3.11.3-2", "MQTT-2.2.1-6"
            },
            mqtt311 = {"MQTT-3.10.4-4", "MQTT-3.10.4-5", "MQTT-3.10.4-6", "MQTT-2.3.1-7"})
    void one_unsuback_answers_all_filters_in_their_order(Version version) {
        Peer peer = connect(version, "c").subscribe(topic("b"), 0).subscribe(topic("c"), 0);

        peer.send(
                packet(0xA2, u16(0xBEEF), peer.section(), string(topic("a")), string(topic("b")), string(topic("c"))));
        Frame unsuback = peer.expect(Frame.UNSUBACK, 0xBEEF);
        if (version.is5()) {
            assertThat(peer.codes(unsuback)).containsExactly(0x11, 0, 0);
        } else {
            assertThat(unsuback.body()).isEqualTo(hex("BEEF"));
        }

        peer.send(packet(0xA2, u16(7), peer.section(), string(topic("never"))));
        peer.expect(Frame.UNSUBACK, 7);
        connect(version, "p").publish(topic("b"), "x", 1, false).publish(topic("c"), "x", 1, false);
        peer.expectNothingBeforePing();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.10.4-3", mqtt311 = "MQTT-3.10.4-3")
    void deliveries_that_began_are_completed_after_unsubscribe(Version version) {
        Connecting lasting = connecting(version, "c").persistent();
        Peer before = connect(lasting).subscribe(topic("a"), 2);
        connect(version, "p").publish(topic("a"), "one", 1, false).publish(topic("a"), "two", 2, false);
        before.expectMessage("one");
        before.expectMessage("two");
        before.unsubscribe(topic("a"));
        before.raw.drop();

        Peer after = connect(lasting);

        after.acknowledge(after.expectMessage("one"));
        after.acknowledge(after.expectMessage("two"));
    }
}
