package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.hex;
import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static io.alicia.mqtt.broker.conformance.Wire.property;
import static io.alicia.mqtt.broker.conformance.Wire.sized;
import static io.alicia.mqtt.broker.conformance.Wire.string;
import static io.alicia.mqtt.broker.conformance.Wire.u16;
import static io.alicia.mqtt.broker.conformance.Wire.u32;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static io.alicia.mqtt.broker.conformance.Wire.userProperty;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What MQTT 5 adds to a message on its way, and its aliases (MQTT 5 §3.3.2.3). */
class PropertiesConformanceTest extends ConformanceTest {

    private static final int PROTOCOL_ERROR = 0x82;
    private static final int TOPIC_ALIAS_INVALID = 0x94;

    PropertiesConformanceTest(BrokerKind kind) {
        super(kind);
    }

    @Test
    @Statement(
            mqtt5 = {
                "MQTT-3.3.2-4",
                "MQTT-3.3.2-13",
                "MQTT-3.3.2-15",
                "MQTT-3.3.2-16",
                "MQTT-3.3.2-17",
                "MQTT-3.3.2-18",
                "MQTT-3.3.2-19",
                "MQTT-3.3.2-20",
                "MQTT-1.5.7-1"
            })
    void all_that_a_publisher_said_reaches_the_subscriber_in_its_order() {
        Peer subscriber = connect(Version.V5, "s").subscribe(topic("a"), 0);

        connect(Version.V5, "p")
                .publish(
                        topic("a"),
                        "x",
                        0,
                        false,
                        userProperty("z", "1"),
                        property(0x01, u8(1)),
                        userProperty("a", "2"),
                        property(0x03, string("text/ä")),
                        property(0x09, sized(hex("00FF"))),
                        property(0x08, string("reply/to")),
                        userProperty("z", "1"),
                        userProperty("", ""));

        Props arrived = subscriber.expectMessage("x").properties();
        assertThat(arrived.value(0x01)).contains("1");
        assertThat(arrived.value(0x03)).contains("text/ä");
        assertThat(arrived.value(0x08)).contains("reply/to");
        assertThat(arrived.value(0x09)).contains("00ff");
        assertThat(arrived.values(Wire.USER_PROPERTY)).containsExactly("z=1", "a=2", "z=1", "=");
        // The order of different properties is free (MQTT 5 §2.2.2); Mosquitto keeps the publisher's.
        assertThat(arrived.all())
                .extracting(Props.Prop::identifier)
                .containsExactly(0x26, 0x01, 0x26, 0x03, 0x09, 0x08, 0x26, 0x26);
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.3.2-4")
    void an_indicator_of_0_is_passed_on_too() {
        Peer subscriber = connect(Version.V5, "s").subscribe(topic("a"), 0);

        connect(Version.V5, "p").publish(topic("a"), "x", 0, false, property(0x01, u8(0)));

        assertThat(subscriber.expectMessage("x").properties().value(0x01)).contains("0");
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.3.2-14")
    @MosquittoDiffers("it passes such a Response Topic on")
    void a_response_topic_with_wildcard_ends_the_connection() {
        for (String wrong : new String[] {"reply/#", "+"}) {
            Peer peer = connect(Version.V5, "c");
            peer.send(peer.publishBytes(0x30, topic("a"), 0, properties(property(0x08, string(wrong))), "x"));
            peer.expectRefusal(PROTOCOL_ERROR, 0x81);
        }
    }

    @Test
    @Statement(mqtt5 = "MQTT-2.2.2-1")
    void every_packet_without_properties_says_so_with_a_length_of_0() {
        Peer peer = connect(Version.V5, "c");
        assertThat(peer.subscribe(3, properties(), topic("a"), 0).body()).isEqualTo(hex("0003 00 00"));
        peer.publish(topic("a"), "x", 0, false);
        assertThat(peer.expect(Frame.PUBLISH).body())
                .isEqualTo(Wire.concat(string(topic("a")), hex("00"), Wire.raw("x")));
        peer.send(Wire.packet(0xA2, u16(4), properties(), string(topic("a"))));
        assertThat(peer.expect(Frame.UNSUBACK, 4).body()).isEqualTo(hex("0004 00 00"));
    }

    private Connecting lasting() {
        return connecting(Version.V5, "s").persistent();
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.3.2-6")
    void the_time_that_a_message_waited_is_taken_from_its_expiry_interval() {
        connect(lasting()).subscribe(topic("a"), 1).disconnect();
        Peer publisher = connect(Version.V5, "p");
        publisher.publish(topic("a"), "x", 1, false, property(Wire.MESSAGE_EXPIRY_INTERVAL, u32(100)));
        elapse(40);

        Peer back = connect(lasting());

        assertThat(back.expectMessage("x").properties().number(Wire.MESSAGE_EXPIRY_INTERVAL))
                .isEqualTo(60);
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.3.2-6")
    void a_message_that_did_not_wait_keeps_its_interval() {
        Peer subscriber = connect(Version.V5, "s").subscribe(topic("a"), 0);

        connect(Version.V5, "p").publish(topic("a"), "x", 0, false, property(Wire.MESSAGE_EXPIRY_INTERVAL, u32(100)));

        assertThat(subscriber.expectMessage("x").properties().number(Wire.MESSAGE_EXPIRY_INTERVAL))
                .isBetween(99L, 100L);
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.3.2-5", "MQTT-3.3.2-6"})
    void an_expired_message_is_delivered_to_nobody() {
        connect(lasting()).subscribe(topic("#"), 1).disconnect();
        Peer publisher = connect(Version.V5, "p");
        publisher.publish(topic("a"), "brief", 1, false, property(Wire.MESSAGE_EXPIRY_INTERVAL, u32(10)));
        publisher.publish(topic("b"), "kept brief", 1, true, property(Wire.MESSAGE_EXPIRY_INTERVAL, u32(10)));
        publisher.publish(topic("c"), "lasting", 1, false);
        elapse(11);

        connect(lasting()).expectMessage("lasting");
        connect(Version.V5, "l").subscribe(topic("b"), 0).expectNothingBeforePing();
    }

    /** The specification does not say what no time means; decision 11 follows Mosquitto. */
    @Test
    @Statement(mqtt5 = "MQTT-3.3.2-5")
    void a_message_with_an_interval_of_0_does_not_expire() {
        Peer there = connect(Version.V5, "o").subscribe(topic("#"), 1);
        connect(lasting()).subscribe(topic("#"), 1).disconnect();

        connect(Version.V5, "p").publish(topic("a"), "x", 1, true, property(Wire.MESSAGE_EXPIRY_INTERVAL, u32(0)));

        there.expectMessage("x");
        connect(lasting()).expectMessage("x");
        connect(Version.V5, "l").subscribe(topic("a"), 0).expectMessage("x");
    }

    private static int aliasMaximum(Frame connack) {
        return connack.properties()
                .value(Wire.TOPIC_ALIAS_MAXIMUM)
                .map(Integer::parseInt)
                .orElse(0);
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.3.2-12", "MQTT-3.2.2-17", "MQTT-3.3.2-9", "MQTT-3.2.2-18"})
    void every_alias_up_to_the_brokers_maximum_is_accepted_and_none_above() {
        Peer subscriber = connect(Version.V5, "s").subscribe(topic("#"), 0);
        Peer publisher = open(Version.V5).send(connecting(Version.V5, "p").bytes());
        int maximum = aliasMaximum(publisher.expect(Frame.CONNACK));
        for (int alias = 1; alias <= maximum; alias++) {
            byte[] section = properties(property(Wire.TOPIC_ALIAS, u16(alias)));
            publisher.send(publisher.publishBytes(0x30, topic("a" + alias), 0, section, "set"));
            publisher.send(publisher.publishBytes(0x30, "", 0, section, "used"));
            assertThat(subscriber.expectMessage("set").topic()).isEqualTo(topic("a" + alias));
            assertThat(subscriber.expectMessage("used").topic()).isEqualTo(topic("a" + alias));
        }

        byte[] section = properties(property(Wire.TOPIC_ALIAS, u16(maximum + 1)));
        publisher.send(publisher.publishBytes(0x30, topic("b"), 0, section, "x"));

        publisher.expectRefusal(TOPIC_ALIAS_INVALID);
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.3.2-8")
    void alias_0_ends_the_connection() {
        Peer peer = connect(Version.V5, "c");
        byte[] section = properties(property(Wire.TOPIC_ALIAS, u16(0)));

        peer.send(peer.publishBytes(0x30, topic("a"), 0, section, "x"));

        peer.expectRefusal(TOPIC_ALIAS_INVALID, PROTOCOL_ERROR, 0x81);
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.3.2-7")
    void aliases_of_a_publisher_end_with_its_connection() {
        byte[] section = properties(property(Wire.TOPIC_ALIAS, u16(1)));
        Connecting lasting = connecting(Version.V5, "c").persistent();
        Peer before = connect(lasting);
        before.send(before.publishBytes(0x30, topic("a"), 0, section, "x"));
        before.disconnect();

        Peer after = connect(lasting);
        after.send(after.publishBytes(0x30, "", 0, section, "x"));

        after.expectRefusal(PROTOCOL_ERROR, TOPIC_ALIAS_INVALID);
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.1.2-27", "MQTT-3.3.2-11"})
    void a_client_without_alias_maximum_gets_no_alias() {
        Peer silent = connect(Version.V5, "s").subscribe(topic("#"), 0);
        Peer zero = connect(connecting(Version.V5, "z").property(Wire.TOPIC_ALIAS_MAXIMUM, u16(0)));
        zero.subscribe(topic("#"), 0);
        Peer publisher = connect(Version.V5, "p");

        for (int i = 0; i < 3; i++) {
            publisher.publish(topic("a"), "x", 0, false);
            assertThat(silent.expectMessage("x").properties().has(Wire.TOPIC_ALIAS))
                    .isFalse();
            assertThat(zero.expectMessage("x").properties().has(Wire.TOPIC_ALIAS))
                    .isFalse();
        }
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.1.2-26", "MQTT-3.3.2-11", "MQTT-3.3.2-7", "MQTT-3.3.2-8"})
    void a_client_gets_aliases_up_to_its_maximum_and_their_topics_first() {
        Connecting aliased = connecting(Version.V5, "s").persistent().property(Wire.TOPIC_ALIAS_MAXIMUM, u16(2));
        Peer publisher = connect(Version.V5, "p");
        for (int connection = 0; connection < 2; connection++) {
            Peer subscriber = connect(aliased).subscribe(topic("#"), 0);
            Set<String> known = new HashSet<>();
            for (int i = 0; i < 12; i++) {
                String topic = topic("a" + i % 4);
                publisher.publish(topic, "x", 0, false);
                Received message = subscriber.expectMessage("x");
                message.properties().value(Wire.TOPIC_ALIAS).ifPresent(alias -> {
                    assertThat(alias).isIn("1", "2");
                    if (message.topic().isEmpty()) {
                        assertThat(known).contains(alias + topic);
                    }
                    known.removeIf(entry -> entry.startsWith(alias));
                    known.add(alias + topic);
                });
                if (message.properties().value(Wire.TOPIC_ALIAS).isEmpty()) {
                    assertThat(message.topic()).isEqualTo(topic);
                }
            }
            subscriber.disconnect();
        }
    }
}
