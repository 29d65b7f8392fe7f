package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.hex;
import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static io.alicia.mqtt.broker.conformance.Wire.property;
import static io.alicia.mqtt.broker.conformance.Wire.u32;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept for a Client Identifier, and how long (§3.1.2.4, §3.2.2.1, §4.1). */
class SessionConformanceTest extends ConformanceTest {

    SessionConformanceTest(BrokerKind kind) {
        super(kind);
    }

    private Connecting lasting(Version version) {
        return connecting(version, "c").persistent();
    }

    private static int sessionPresent(Frame connack) {
        assertThat(connack.u8(1)).as("Reason Code").isZero();
        return connack.u8(0);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.2-6", "MQTT-3.2.2-3", "MQTT-3.1.4-4"},
            mqtt311 = {"MQTT-3.1.2-4", "MQTT-3.2.2-3", "MQTT-3.1.4-3"})
    void a_session_is_created_where_there_was_none(Version version) {
        assertThat(sessionPresent(connack(lasting(version)))).isZero();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.2-5", "MQTT-3.1.2-23", "MQTT-3.2.2-3", "MQTT-3.1.3-2", "MQTT-4.5.0-1"},
            mqtt311 = {"MQTT-3.1.2-4", "MQTT-3.1.2-5", "MQTT-3.2.2-2", "MQTT-3.1.3-2", "MQTT-4.1.0-1", "MQTT-4.5.0-1"})
    void a_session_goes_on_with_its_subscriptions_and_what_came_meanwhile(Version version) {
        connect(lasting(version)).subscribe(topic("a"), 2).disconnect();
        Peer publisher = connect(version, "p");
        publisher.publish(topic("a"), "one", 1, false).publish(topic("a"), "two", 2, false);

        Peer back = open(version).send(lasting(version).bytes());

        assertThat(sessionPresent(back.expect(Frame.CONNACK))).isEqualTo(1);
        back.acknowledge(back.expectMessage("one"));
        back.acknowledge(back.expectMessage("two"));
        publisher.publish(topic("a"), "three", 0, false);
        back.expectMessage("three");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.2-4", "MQTT-3.2.2-2", "MQTT-3.1.4-4"},
            mqtt311 = {"MQTT-3.1.2-6", "MQTT-3.2.2-1", "MQTT-3.1.4-3"})
    void clean_start_discards_what_was(Version version) {
        connect(lasting(version)).subscribe(topic("a"), 1).disconnect();
        Peer publisher = connect(version, "p").publish(topic("a"), "lost", 1, false);

        Peer anew = open(version).send(connecting(version, "c").bytes());

        assertThat(sessionPresent(anew.expect(Frame.CONNACK))).isZero();
        publisher.publish(topic("a"), "also lost", 1, false);
        anew.expectNothingBeforePing();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.1.2-4", mqtt311 = "MQTT-3.1.2-6")
    void clean_start_forgets_which_messages_were_received(Version version) {
        Peer subscriber = connect(version, "s").subscribe(topic("a"), 1);
        Peer before = connect(lasting(version));
        before.send(before.publishBytes(0x34, topic("a"), 7, properties(), "not released"));
        before.expect(Frame.PUBREC, 7);
        before.raw.drop();
        awaitGone("c");

        Peer anew = connect(lasting(version).cleanStart(true));
        anew.send(anew.publishBytes(0x34, topic("a"), 7, properties(), "new"));
        anew.expect(Frame.PUBREC, 7);
        anew.send(Peer.ack(0x62, 7));
        anew.expect(Frame.PUBCOMP, 7);

        subscriber.acknowledge(subscriber.expectMessage("new"));
        subscriber.expectNothingBeforePing();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.1.2-4", mqtt311 = "MQTT-3.1.2-6")
    void clean_start_forgets_what_was_on_its_way(Version version) {
        Peer before = connect(lasting(version)).subscribe(topic("a"), 2);
        Peer publisher = connect(version, "p");
        publisher.publish(topic("a"), "received", 2, false);
        int received = before.expectMessage("received").identifier();
        before.send(Peer.ack(0x50, received));
        before.expect(Frame.PUBREL, received);
        publisher.publish(topic("a"), "sent", 2, false).publish(topic("a"), "sent, too", 1, false);
        before.expectMessage("sent");
        before.expectMessage("sent, too");
        before.raw.drop();
        awaitGone("c");

        connect(lasting(version).cleanStart(true)).expectNothingBeforePing();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.2-23", "MQTT-4.1.0-2"},
            mqtt311 = {"MQTT-3.1.2-6", "MQTT-3.2.2-3"})
    void a_session_that_is_not_to_last_ends_with_its_connection(Version version) {
        connect(version, "c").subscribe(topic("a"), 1).disconnect();

        Frame connack = connack(connecting(version, "c").cleanStart(false));

        assertThat(sessionPresent(connack)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-4.1.0-1", "MQTT-3.1.2-23"},
            mqtt311 = {"MQTT-4.1.0-1", "MQTT-4.1.0-2"})
    void a_broken_connection_does_not_end_a_lasting_session(Version version) {
        Peer peer = connect(lasting(version)).subscribe(topic("a"), 1);

        peer.raw.drop();
        awaitGone("c");
        Frame connack = connack(lasting(version));

        assertThat(sessionPresent(connack)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = "MQTT-4.1.0-1",
            mqtt311 = {"MQTT-4.1.0-1", "MQTT-4.1.0-2"})
    void session_state_is_kept_however_long_the_connection_lasts(Version version) {
        Peer peer = connect(connecting(version, "c")).subscribe(topic("a"), 1);

        elapse(1_000_000);

        connect(version, "p").publish(topic("a"), "still here", 1, false);
        peer.expectMessage("still here");
    }

    @Test
    @Statement(mqtt5 = {"MQTT-4.1.0-2", "MQTT-3.1.2-23"})
    void a_session_is_discarded_when_its_expiry_interval_has_passed() {
        Connecting brief =
                connecting(Version.V5, "c").cleanStart(false).property(Wire.SESSION_EXPIRY_INTERVAL, u32(100));
        connect(brief).disconnect();
        awaitGone("c");
        elapse(99);
        Peer back = open(Version.V5).send(brief.bytes());
        assertThat(sessionPresent(back.expect(Frame.CONNACK))).isEqualTo(1);
        back.disconnect();
        awaitGone("c");

        elapse(101);

        assertThat(sessionPresent(connack(brief))).isZero();
    }

    @Test
    @Statement(mqtt5 = {"MQTT-4.1.0-2", "MQTT-3.1.2-23"})
    void disconnect_can_change_the_expiry_interval() {
        connect(lasting(Version.V5)).disconnect(0, property(Wire.SESSION_EXPIRY_INTERVAL, u32(0)));

        assertThat(sessionPresent(connack(lasting(Version.V5)))).isZero();
    }

    @Test
    @Statement(mqtt5 = "MQTT-4.13.1-1")
    void a_session_without_expiry_cannot_be_given_one_at_the_end() {
        Peer peer = connect(Version.V5, "c");

        peer.send(Wire.packet(0xE0, hex("00"), Wire.properties(property(Wire.SESSION_EXPIRY_INTERVAL, u32(10)))));

        peer.expectRefusal(0x82);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.5.0-1", mqtt311 = "MQTT-4.5.0-1")
    void a_message_goes_to_every_session_with_a_matching_subscription(Version version) {
        Peer exact = connect(version, "e").subscribe(topic("a/b"), 1);
        Peer single = connect(version, "s").subscribe(topic("+/b"), 0);
        Peer multi = connect(version, "m").subscribe(topic("#"), 2);

        connect(version, "p").publish(topic("a/b"), "all", 2, false);

        assertThat(exact.expectMessage("all").qos()).isEqualTo(1);
        assertThat(single.expectMessage("all").qos()).isEqualTo(0);
        assertThat(multi.expectMessage("all").qos()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt311 = "MQTT-3.1.2-7")
    void retained_messages_outlive_the_session_of_their_publisher(Version version) {
        connect(version, "p").publish(topic("a"), "kept", 1, true).disconnect();

        Peer subscriber = connect(version, "s").subscribe(topic("a"), 0);

        assertThat(subscriber.expectMessage("kept").retain()).isTrue();
        subscriber.publish(topic("a"), "", 0, true);
    }
}
