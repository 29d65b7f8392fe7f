package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.concat;
import static io.alicia.mqtt.broker.conformance.Wire.hex;
import static io.alicia.mqtt.broker.conformance.Wire.packet;
import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static io.alicia.mqtt.broker.conformance.Wire.property;
import static io.alicia.mqtt.broker.conformance.Wire.sized;
import static io.alicia.mqtt.broker.conformance.Wire.string;
import static io.alicia.mqtt.broker.conformance.Wire.u16;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** UTF-8 Encoded Strings, wherever they stand (MQTT 5 §1.5.4, 3.1.1 §1.5.3), and Variable Byte Integers (§1.5.5). */
class StringsConformanceTest extends ConformanceTest {

    private static final byte[] NOTHING = new byte[0];
    private static final int MALFORMED_PACKET = 0x81;
    private static final int CLIENT_IDENTIFIER_NOT_VALID = 0x85;

    private static final List<byte[]> ILL_FORMED = List.of(
            hex("61FF"), hex("EDA080"), hex("EDBFBF"), hex("C0AF"), hex("F08080AF"), hex("F4908080"), hex("61C3"));
    private static final byte[] WITH_NULL = hex("610062");

    StringsConformanceTest(BrokerKind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-1.5.4-1", "MQTT-3.1.3-4", "MQTT-3.1.3-11", "MQTT-3.1.3-12"},
            mqtt311 = {"MQTT-1.5.3-1", "MQTT-3.1.3-4", "MQTT-3.1.3-10", "MQTT-3.1.3-11"})
    void ill_formed_strings_in_connect_end_the_connection(Version version) {
        for (byte[] text : ILL_FORMED) {
            refusedConnect(version, text);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-1.5.4-2", mqtt311 = "MQTT-1.5.3-2")
    void a_null_character_in_connect_ends_the_connection(Version version) {
        refusedConnect(version, WITH_NULL);
    }

    private void refusedConnect(Version version, byte[] text) {
        byte[] section = version.is5() ? properties() : NOTHING;
        byte[] head = concat(string("MQTT"), u8(version.level));
        byte[] tail = concat(u16(0), section);
        List<byte[]> connects = List.of(
                packet(0x10, head, u8(0x02), tail, sized(text)),
                packet(0x10, head, u8(0x82), tail, string(id("c")), sized(text)),
                packet(0x10, head, u8(0x06), tail, string(id("c")), section, sized(text), string("gone")));
        for (byte[] connect : connects) {
            open(version).send(connect).expectMalformedConnect(MALFORMED_PACKET, CLIENT_IDENTIFIER_NOT_VALID);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-1.5.4-1", "MQTT-3.3.2-1", "MQTT-3.8.3-1", "MQTT-3.10.3-1", "MQTT-4.13.1-1"},
            mqtt311 = {"MQTT-1.5.3-1", "MQTT-3.3.2-1", "MQTT-3.8.3-1", "MQTT-3.10.3-1"})
    void ill_formed_topics_end_the_connection(Version version) {
        for (byte[] text : ILL_FORMED) {
            refusedTopic(version, text);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-1.5.4-2", "MQTT-4.7.3-2"},
            mqtt311 = {"MQTT-1.5.3-2", "MQTT-4.7.3-2"})
    void a_null_character_in_a_topic_ends_the_connection(Version version) {
        refusedTopic(version, WITH_NULL);
    }

    private void refusedTopic(Version version, byte[] text) {
        byte[] section = version.is5() ? properties() : NOTHING;
        List<byte[]> packets = List.of(
                packet(0x30, sized(text), section),
                packet(0x82, u16(1), section, sized(text), u8(0)),
                packet(0xA2, u16(1), section, sized(text)));
        for (byte[] wrong : packets) {
            connect(version, "c").send(wrong).expectRefusal(MALFORMED_PACKET);
        }
    }

    @Test
    @Statement(mqtt5 = {"MQTT-1.5.7-1", "MQTT-3.3.2-13", "MQTT-3.3.2-19"})
    void ill_formed_strings_in_properties_end_the_connection() {
        for (byte[] text : ILL_FORMED) {
            List<byte[]> wrong = List.of(
                    property(0x03, sized(text)),
                    property(0x08, sized(text)),
                    property(Wire.USER_PROPERTY, concat(sized(text), string("value"))),
                    property(Wire.USER_PROPERTY, concat(string("name"), sized(text))));
            for (byte[] one : wrong) {
                Peer peer = connect(Version.V5, "c");
                peer.send(packet(0x30, string(topic("a")), properties(one)));
                peer.expectRefusal(MALFORMED_PACKET);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-1.5.4-3", mqtt311 = "MQTT-1.5.3-3")
    void a_byte_order_mark_is_a_character_like_others(Version version) {
        String marked = topic("\uFEFFa");
        Peer subscriber = connect(version, "s").subscribe(topic("a"), 0).subscribe(marked, 0);

        connect(version, "p").publish(marked, "marked", 0, false).publish(topic("a"), "plain", 0, false);

        assertThat(subscriber.expectMessage("marked").topic()).isEqualTo(marked);
        assertThat(subscriber.expectMessage("plain").topic()).isEqualTo(topic("a"));
    }

    @Test
    @Statement(mqtt5 = "MQTT-1.5.5-1")
    void a_number_not_in_its_shortest_form_is_malformed() {
        connect(Version.V5, "a")
                .send(packet(0x30, string(topic("a")), hex("8000"), Wire.raw("x")))
                .expectRefusal(MALFORMED_PACKET);
        connect(Version.V5, "b")
                .send(packet(0x82, u16(1), hex("030B8100"), string(topic("a")), u8(0)))
                .expectRefusal(MALFORMED_PACKET);
    }

    @Test
    @Statement(mqtt5 = "MQTT-1.5.5-1")
    void the_broker_writes_numbers_in_their_shortest_form() {
        Peer subscriber = connect(Version.V5, "s");
        subscriber.subscribe(7, properties(property(Wire.SUBSCRIPTION_IDENTIFIER, hex("8001"))), topic("#"), 0);
        String payload = "x".repeat(200);

        connect(Version.V5, "p").publish(topic("a"), payload, 0, false);

        byte[] body = concat(string(topic("a")), hex("030B8001"), Wire.raw(payload));
        assertThat(subscriber.raw.receive("PUBLISH").body()).isEqualTo(body);
    }
}
