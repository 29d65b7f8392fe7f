package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.concat;
import static io.alicia.mqtt.broker.conformance.Wire.packet;
import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static io.alicia.mqtt.broker.conformance.Wire.string;
import static io.alicia.mqtt.broker.conformance.Wire.u16;
import static io.alicia.mqtt.broker.conformance.Wire.u32;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static io.alicia.mqtt.broker.conformance.Wire.userProperty;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Maximum Packet Size in both directions, and Request Problem Information (MQTT 5 §3.1.2.11.4, §3.1.2.11.7). */
class SizeConformanceTest extends ConformanceTest {

    private static final int LIMIT = 24;
    private static final int REQUEST_PROBLEM_INFORMATION = 0x17;
    private static final byte[] LONG = Wire.raw("x".repeat(200));

    SizeConformanceTest(BrokerKind kind) {
        super(kind);
    }

    private Connecting limited(String base) {
        return connecting(Version.V5, base).property(Wire.MAXIMUM_PACKET_SIZE, u32(LIMIT));
    }

    private static Frame small(Frame frame) {
        assertThat(frame.size()).as("size of %s", frame).isLessThanOrEqualTo(LIMIT);
        return frame;
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.1.2-24", "MQTT-3.1.2-25"})
    @MosquittoDiffers("2.0 lets a QoS 1 message that it dropped occupy the window")
    void a_message_too_large_for_a_subscriber_is_dropped_for_it_alone_and_counts_as_sent() {
        String topic = "s" + id("");
        Peer small =
                connect(limited("s").property(Wire.RECEIVE_MAXIMUM, u16(1))).subscribe(topic, 2);
        Peer large = connect(Version.V5, "l").subscribe(topic, 0);
        Peer publisher = connect(Version.V5, "p");

        publisher.publish(topic, "x".repeat(30), 1, false);
        publisher.publish(topic, "y".repeat(30), 2, false);
        publisher.publish(topic, "fits", 1, false);

        assertThat(small(small.expect(Frame.PUBLISH)).body()).endsWith(Wire.raw("fits"));
        large.expectMessage("x".repeat(30));
        large.expectMessage("y".repeat(30));
        large.expectMessage("fits");
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.1.2-24")
    @MosquittoDiffers("2.0 leaves the fixed header out of the size")
    void a_message_of_exactly_the_maximum_is_sent() {
        String topic = "s" + id("");
        Peer subscriber = connect(limited("s")).subscribe(topic, 0);
        int head = 2 + 2 + topic.length() + 1;
        Peer publisher = connect(Version.V5, "p");

        publisher.publish(topic, "x".repeat(LIMIT - head + 1), 0, false);
        publisher.publish(topic, "x".repeat(LIMIT - head), 0, false);

        assertThat(subscriber.expect(Frame.PUBLISH).size()).isEqualTo(LIMIT);
        subscriber.expectNothingBeforePing();
    }

    @Test
    @Statement(
            mqtt5 = {
                "MQTT-3.1.2-24",
                "MQTT-3.2.2-19",
                "MQTT-3.2.2-20",
                "MQTT-3.4.2-2",
                "MQTT-3.4.2-3",
                "MQTT-3.5.2-2",
                "MQTT-3.5.2-3",
                "MQTT-3.6.2-2",
                "MQTT-3.6.2-3",
                "MQTT-3.7.2-2",
                "MQTT-3.7.2-3",
                "MQTT-3.9.2-1",
                "MQTT-3.9.2-2",
                "MQTT-3.11.2-1",
                "MQTT-3.11.2-2"
            })
    void answers_have_nothing_for_people_that_could_make_them_too_large() {
        against(Setup.WITH_ACCOUNT);
        Peer peer = open(Version.V5);
        peer.send(limited("c")
                .property(REQUEST_PROBLEM_INFORMATION, u8(1))
                .userName("user")
                .password("secret")
                .bytes());
        bare(peer.expect(Frame.CONNACK));

        peer.send(peer.publishBytes(0x32, "denied", 1, properties(), "x"));
        assertThat(bare(peer.expect(Frame.PUBACK, 1)).reasonCode()).isEqualTo(0x87);
        peer.send(peer.publishBytes(0x34, "denied", 2, properties(), "x"));
        assertThat(bare(peer.expect(Frame.PUBREC, 2)).reasonCode()).isEqualTo(0x87);
        peer.send(Peer.ack(0x62, 77));
        bare(peer.expect(Frame.PUBCOMP, 77));
        peer.send(Peer.ack(0x50, 78));
        bare(peer.expect(Frame.PUBREL, 78));
        bare(peer.subscribe(3, properties(), "denied", 0));
        peer.send(packet(0xA2, u16(4), properties(), string("never/subscribed")));
        bare(peer.expect(Frame.UNSUBACK, 4));

        Peer stranger = open(Version.V5);
        stranger.send(limited("d")
                .property(REQUEST_PROBLEM_INFORMATION, u8(1))
                .userName("user")
                .password("wrong")
                .bytes());
        bare(stranger.expect(Frame.CONNACK));
    }

    private static Frame bare(Frame frame) {
        assertThat(frame.properties().has(Wire.REASON_STRING))
                .as("Reason String in %s", frame)
                .isFalse();
        assertThat(frame.properties().has(Wire.USER_PROPERTY))
                .as("User Property in %s", frame)
                .isFalse();
        return small(frame);
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.1.2-24")
    @MosquittoDiffers("2.0 sends the answer, too large as it is")
    void who_asks_for_so_much_that_the_answer_is_too_large_is_told_so_and_nothing_is_done() {
        byte[] wanted = string(id("wanted"));
        byte[] had = string(id("had"));
        connect(limited("c").persistent()).subscribe(id("had"), 0);

        farewellTooLarge(packet(0x82, u16(2), properties(), times(20, concat(wanted, u8(0)))));
        farewellTooLarge(packet(0xA2, u16(3), properties(), times(20, had)));

        Peer back = connect(limited("c").persistent());
        Peer publisher = connect(Version.V5, "p");
        publisher.publish(id("wanted"), "", 1, false);
        publisher.publish(id("had"), "", 1, false);
        assertThat(back.expectMessage("").topic()).isEqualTo(id("had"));
    }

    private void farewellTooLarge(byte[] request) {
        Peer peer = connect(limited("c").persistent()).send(request);
        assertThat(small(peer.expect(Frame.DISCONNECT)).reasonCode()).isEqualTo(0x95);
        peer.expectClosed();
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.1.2-24")
    void an_answer_of_exactly_the_maximum_is_sent() {
        Peer peer = connect(limited("c"));
        byte[] topic = string(id("t"));

        peer.send(packet(0x82, u16(2), properties(), times(19, concat(topic, u8(0)))));
        assertThat(peer.expect(Frame.SUBACK, 2).size()).isEqualTo(LIMIT);
        peer.send(packet(0xA2, u16(3), properties(), times(19, topic)));
        assertThat(peer.expect(Frame.UNSUBACK, 3).size()).isEqualTo(LIMIT);
    }

    private static byte[] times(int count, byte[] bytes) {
        return concat(Collections.nCopies(count, bytes).toArray(byte[][]::new));
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.1.2-24", "MQTT-3.14.2-3", "MQTT-3.14.2-4"})
    @MosquittoDiffers("it has no Reason String in DISCONNECT")
    void disconnect_says_why_only_to_a_client_that_takes_so_much() {
        Frame whole = farewell(askingWhy(connecting(Version.V5, "w")));
        assertThat(whole.properties().has(Wire.REASON_STRING)).isTrue();
        assertThat(whole.size()).isGreaterThan(LIMIT);

        Frame shortened = bare(farewell(askingWhy(limited("s"))));
        assertThat(shortened.reasonCode()).isEqualTo(whole.reasonCode());
    }

    /** Whether a Reason String may come says the property; that it comes to nobody else is a choice, as Mosquitto's. */
    @Test
    void disconnect_does_not_say_why_to_a_client_that_does_not_ask() {
        bare(farewell(connecting(Version.V5, "c")));
        bare(farewell(connecting(Version.V5, "d").property(REQUEST_PROBLEM_INFORMATION, u8(0))));
    }

    private static Connecting askingWhy(Connecting connecting) {
        return connecting.property(REQUEST_PROBLEM_INFORMATION, u8(1));
    }

    /** The DISCONNECT to a client that uses an alias that it did not set. */
    private Frame farewell(Connecting connecting) {
        Peer peer = connect(connecting);
        peer.send(peer.publishBytes(0x30, "", 0, properties(Wire.property(Wire.TOPIC_ALIAS, u16(7))), "x"));
        Frame farewell = peer.expect(Frame.DISCONNECT);
        peer.expectClosed();
        return farewell;
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.1.2-29")
    void who_wants_no_problem_information_gets_none() {
        against(Setup.WITH_ACCOUNT);
        Peer peer = connect(connecting(Version.V5, "c")
                .userName("user")
                .password("secret")
                .property(REQUEST_PROBLEM_INFORMATION, u8(0)));

        peer.send(peer.publishBytes(0x32, "denied", 1, properties(), "x"));
        assertThat(peer.expect(Frame.PUBACK, 1).properties().all()).isEmpty();
        peer.send(peer.publishBytes(0x34, "denied", 2, properties(), "x"));
        assertThat(peer.expect(Frame.PUBREC, 2).properties().all()).isEmpty();
        peer.send(Peer.ack(0x62, 77));
        assertThat(peer.expect(Frame.PUBCOMP, 77).properties().all()).isEmpty();
        assertThat(peer.subscribe(3, properties(), "denied", 0).properties().all())
                .isEmpty();
        peer.send(packet(0xA2, u16(4), properties(), string("never/subscribed")));
        assertThat(peer.expect(Frame.UNSUBACK, 4).properties().all()).isEmpty();

        // User Properties of messages are not meant.
        peer.subscribe("allowed/#", 0);
        peer.publish("allowed/a", "x", 0, false, userProperty("k", "v"));
        assertThat(peer.expectMessage("x").properties().values(Wire.USER_PROPERTY))
                .containsExactly("k=v");
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.1.2-28")
    void response_information_comes_only_on_request() {
        Frame connack = connack(connecting(Version.V5, "c").property(0x19, u8(0)));
        assertThat(connack.properties().has(0x1A)).isFalse();
        assertThat(connack(connecting(Version.V5, "d")).properties().has(0x1A)).isFalse();
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.2.2-15", "MQTT-4.13.1-1"})
    @MosquittoDiffers("2.0 has no limit by default; 2.1 has 2,000,000 bytes, as this broker")
    void a_packet_above_the_brokers_maximum_ends_the_connection_before_it_is_there() {
        Peer peer = open(Version.V5).send(connecting(Version.V5, "c").bytes());
        int maximum = (int) peer.expect(Frame.CONNACK).properties().number(Wire.MAXIMUM_PACKET_SIZE);
        assertThat(maximum).isEqualTo(2_000_000);

        peer.send(u8(0x30), Wire.variable(maximum), LONG);

        peer.expectRefusal(0x95);
    }

    @Test
    @Statement(mqtt5 = "MQTT-4.13.1-1", mqtt311 = "MQTT-4.8.0-1")
    @MosquittoDiffers("2.0 waits for the whole packet")
    void a_connect_of_absurd_size_ends_the_connection() {
        open().send(u8(0x10), Wire.variable(268_435_455), LONG).expectClosed();
    }
}
