package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.packet;
import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static io.alicia.mqtt.broker.conformance.Wire.property;
import static io.alicia.mqtt.broker.conformance.Wire.string;
import static io.alicia.mqtt.broker.conformance.Wire.u16;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PUBLISH: its header, its topic, what answers it (§3.3). */
class PublishConformanceTest extends ConformanceTest {

    private static final byte[] NOTHING = new byte[0];
    private static final int MALFORMED_PACKET = 0x81;
    private static final int PROTOCOL_ERROR = 0x82;

    PublishConformanceTest(BrokerKind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.3.1-2", mqtt311 = "MQTT-3.3.1-2")
    @MosquittoDiffers("2.0 ignores the flag")
    void dup_with_qos_0_is_malformed(Version version) {
        Peer peer = connect(version, "c");
        peer.send(peer.publishBytes(0x38, topic("a"), 0, properties(), "x")).expectRefusal(MALFORMED_PACKET);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.3.1-4", "MQTT-4.13.1-1"},
            mqtt311 = "MQTT-3.3.1-4")
    void qos_3_is_malformed(Version version) {
        Peer peer = connect(version, "c");
        peer.send(peer.publishBytes(0x36, topic("a"), 1, properties(), "x")).expectRefusal(MALFORMED_PACKET);
    }

    /** Mosquitto's msg_sequence_test, "v5.0 PUBLISH 30 topic 0". */
    @Test
    @Statement(mqtt5 = {"MQTT-4.7.3-1", "MQTT-4.13.1-1"})
    @MosquittoDiffers("2.0 calls it a Protocol Error; 2.1 does as this broker")
    void a_topic_name_that_is_empty_without_an_alias_is_malformed() {
        Peer peer = connect(Version.V5, "c");
        peer.send(peer.publishBytes(0x30, "", 0, properties(), "x"));

        assertThat(peer.expect(Frame.DISCONNECT).reasonCode()).isEqualTo(MALFORMED_PACKET);
        peer.expectClosed();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-2.2.1-3"},
            mqtt311 = "MQTT-2.3.1-1")
    void identifier_0_ends_the_connection(Version version) {
        Peer peer = connect(version, "c");
        peer.send(peer.publishBytes(0x32, topic("a"), 0, properties(), "x")).expectRefusal(PROTOCOL_ERROR);
        Peer subscriber = connect(version, "s");
        subscriber.send(packet(0x82, u16(0), subscriber.section(), string(topic("a")), u8(0)));
        subscriber.expectRefusal(PROTOCOL_ERROR, MALFORMED_PACKET);
        Peer leaver = connect(version, "u");
        leaver.send(packet(0xA2, u16(0), leaver.section(), string(topic("a"))));
        leaver.expectRefusal(PROTOCOL_ERROR, MALFORMED_PACKET);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.3.2-1", mqtt311 = "MQTT-3.3.2-1")
    void a_packet_without_topic_is_malformed(Version version) {
        connect(version, "c").send(packet(0x30)).expectRefusal(MALFORMED_PACKET);
        connect(version, "d").send(packet(0x30, u16(40), Wire.raw("short"))).expectRefusal(MALFORMED_PACKET);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.3.2-2", "MQTT-4.7.0-1", "MQTT-4.7.3-1"},
            mqtt311 = {"MQTT-3.3.2-2", "MQTT-4.7.1-1", "MQTT-4.7.3-1"})
    void a_topic_name_has_no_wildcard_and_is_not_empty(Version version) {
        for (String wrong : new String[] {"a/#", "#", "+", "a/+/b", "a+b", ""}) {
            Peer peer = connect(version, "c");
            peer.send(peer.publishBytes(0x30, wrong, 0, properties(), "x"));
            peer.expectRefusal(MALFORMED_PACKET, PROTOCOL_ERROR, 0x90);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {
                "MQTT-3.3.2-1",
                "MQTT-3.3.2-3",
                "MQTT-2.2.1-2",
                "MQTT-2.2.2-1",
                "MQTT-3.3.1-2",
                "MQTT-4.3.1-1",
                "MQTT-4.2.0-1"
            },
            mqtt311 = {"MQTT-3.3.2-1", "MQTT-3.3.2-3", "MQTT-2.3.1-5", "MQTT-3.3.1-2", "MQTT-4.3.1-1", "MQTT-7.1.1-1"})
    void a_qos_0_message_arrives_as_these_very_bytes(Version version) {
        Peer subscriber = connect(version, "s").subscribe(topic("+"), 0);

        connect(version, "p").publish(topic("a"), "hello", 0, false);

        Frame frame = subscriber.expect(Frame.PUBLISH);
        assertThat(frame.firstByte()).isEqualTo(0x30);
        byte[] section = version.is5() ? properties() : NOTHING;
        assertThat(frame.body()).isEqualTo(Wire.concat(string(topic("a")), section, Wire.raw("hello")));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.3.1-3", mqtt311 = "MQTT-3.3.1-3")
    void the_publishers_dup_flag_is_its_own(Version version) {
        Peer subscriber = connect(version, "s").subscribe(topic("a"), 1);
        Peer publisher = connect(version, "p");

        publisher.send(publisher.publishBytes(0x3A, topic("a"), 7, properties(), "again?"));

        publisher.expect(Frame.PUBACK, 7);
        assertThat(subscriber.expectMessage("again?").dup()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {
                "MQTT-3.3.4-1",
                "MQTT-2.2.1-5",
                "MQTT-4.3.2-4",
                "MQTT-4.3.3-8",
                "MQTT-4.3.3-11",
                "MQTT-3.4.2-1",
                "MQTT-3.5.2-1",
                "MQTT-3.7.2-1"
            },
            mqtt311 = {"MQTT-3.3.4-1", "MQTT-2.3.1-6", "MQTT-4.3.2-2", "MQTT-4.3.3-2"})
    void each_qos_has_its_answer(Version version) {
        Peer peer = connect(version, "c");
        peer.send(peer.publishBytes(0x30, topic("a"), 0, properties(), "x"));
        peer.expectNothingBeforePing();

        peer.send(peer.publishBytes(0x32, topic("a"), 0xABCD, properties(), "x"));
        assertThat(peer.expect(Frame.PUBACK, 0xABCD).reasonCode()).isIn(0, 0x10);

        peer.send(peer.publishBytes(0x34, topic("a"), 0xFFFF, properties(), "x"));
        assertThat(peer.expect(Frame.PUBREC, 0xFFFF).reasonCode()).isIn(0, 0x10);
        peer.send(Peer.ack(0x62, 0xFFFF));
        assertThat(peer.expect(Frame.PUBCOMP, 0xFFFF).reasonCode()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.4.2-1", "MQTT-3.5.2-1"},
            mqtt311 = "MQTT-3.3.5-2")
    void a_publish_that_is_not_allowed_is_answered_and_goes_nowhere(Version version) {
        against(Setup.WITH_ACCOUNT);
        Peer observer = connect(connecting(version, "o").userName("user").password("secret"));
        observer.subscribe("#", 0);
        Peer publisher = connect(connecting(version, "p").userName("user").password("secret"));

        publisher.send(publisher.publishBytes(0x32, "denied/a", 1, properties(), "secret"));
        assertThat(publisher.expect(Frame.PUBACK, 1).reasonCode()).isEqualTo(version.is5() ? 0x87 : 0);
        publisher.send(publisher.publishBytes(0x34, "denied/a", 2, properties(), "secret"));
        assertThat(publisher.expect(Frame.PUBREC, 2).reasonCode()).isEqualTo(version.is5() ? 0x87 : 0);
        publisher.publish("allowed/" + id("a"), "marker", 0, false);

        observer.expectMessage("marker");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.3.4-2", "MQTT-3.8.4-8"},
            mqtt311 = {"MQTT-3.3.5-1", "MQTT-3.8.4-6"})
    void overlapping_subscriptions_deliver_with_the_highest_qos(Version version) {
        Peer subscriber = connect(version, "s");
        subscriber.subscribe(topic("#"), 0).subscribe(topic("a"), 2).subscribe(topic("+"), 1);
        Peer publisher = connect(version, "p").publish(topic("a"), "x", 2, false);
        publisher.publish(topic("a"), "marker", 0, false);

        int highest = -1;
        Received message = subscriber.expectMessage();
        while (!message.text().equals("marker")) {
            highest = Math.max(highest, message.qos());
            message = subscriber.expectMessage();
        }

        assertThat(highest).isEqualTo(2);
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.3.4-3", "MQTT-3.3.4-4"})
    void the_identifiers_of_all_matching_subscriptions_arrive() {
        Peer subscriber = connect(Version.V5, "s");
        subscriber.subscribe(1, properties(property(Wire.SUBSCRIPTION_IDENTIFIER, u8(11))), topic("#"), 0);
        subscriber.subscribe(2, properties(property(Wire.SUBSCRIPTION_IDENTIFIER, u8(12))), topic("a"), 1);
        subscriber.subscribe(3, properties(), topic("+"), 1);
        subscriber.subscribe(4, properties(property(Wire.SUBSCRIPTION_IDENTIFIER, u8(13))), topic("other"), 1);
        Peer publisher = connect(Version.V5, "p").publish(topic("a"), "x", 1, false);
        publisher.publish(topic("z/z"), "marker", 0, false);

        List<String> identifiers = new ArrayList<>();
        Received message = subscriber.expectMessage();
        while (!message.text().equals("marker")) {
            identifiers.addAll(message.properties().values(Wire.SUBSCRIPTION_IDENTIFIER));
            message = subscriber.expectMessage();
        }

        assertThat(identifiers).containsExactlyInAnyOrder("11", "12");
        assertThat(message.properties().values(Wire.SUBSCRIPTION_IDENTIFIER)).containsExactly("11");
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.3.4-5")
    void each_of_several_copies_has_its_own_identifier() {
        against(Setup.ONE_COPY_EACH);
        Peer subscriber = connect(Version.V5, "s");
        subscriber.subscribe(1, properties(property(Wire.SUBSCRIPTION_IDENTIFIER, u8(11))), topic("#"), 0);
        subscriber.subscribe(2, properties(property(Wire.SUBSCRIPTION_IDENTIFIER, u8(12))), topic("a"), 0);

        connect(Version.V5, "p").publish(topic("a"), "x", 0, false);

        String first = subscriber
                .expectMessage("x")
                .properties()
                .value(Wire.SUBSCRIPTION_IDENTIFIER)
                .orElseThrow();
        String second = subscriber
                .expectMessage("x")
                .properties()
                .value(Wire.SUBSCRIPTION_IDENTIFIER)
                .orElseThrow();
        assertThat(new String[] {first, second}).containsExactlyInAnyOrder("11", "12");
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.3.4-6")
    @MosquittoDiffers("it ignores the property")
    void a_client_does_not_send_subscription_identifiers() {
        Peer peer = connect(Version.V5, "c");
        byte[] section = properties(property(Wire.SUBSCRIPTION_IDENTIFIER, u8(1)));

        peer.send(peer.publishBytes(0x30, topic("a"), 0, section, "x"));

        peer.expectRefusal(PROTOCOL_ERROR, MALFORMED_PACKET);
    }
}
