package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.concat;
import static io.alicia.mqtt.broker.conformance.Wire.hex;
import static io.alicia.mqtt.broker.conformance.Wire.packet;
import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static io.alicia.mqtt.broker.conformance.Wire.string;
import static io.alicia.mqtt.broker.conformance.Wire.u16;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CONNECT (§3.1). */
class ConnectConformanceTest extends ConformanceTest {

    private static final byte[] NOTHING = new byte[0];
    private static final int MALFORMED_PACKET = 0x81;
    private static final int PROTOCOL_ERROR = 0x82;

    ConnectConformanceTest(BrokerKind kind) {
        super(kind);
    }

    private static byte[] connect(Version version, int flags, byte[]... payload) {
        return packet(
                0x10,
                string("MQTT"),
                u8(version.level),
                u8(flags),
                u16(0),
                version.is5() ? properties() : NOTHING,
                concat(payload));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.1.0-1", mqtt311 = "MQTT-3.1.0-1")
    void whoever_begins_with_another_packet_is_disconnected_without_a_word(Version version) {
        open(version).send(hex("C000")).expectClosed();
        open(version).send(hex("E000")).expectClosed();
        open(version).send(packet(0x30, string("a"), u8(0))).expectClosed();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = "MQTT-3.1.0-2",
            mqtt311 = {"MQTT-3.1.0-2", "MQTT-4.8.0-1"})
    void a_second_connect_ends_the_connection(Version version) {
        Peer peer = connect(version, "c");

        peer.send(connecting(version, "c").bytes()).expectRefusal(PROTOCOL_ERROR);
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.1.2-1", mqtt311 = "MQTT-3.1.2-1")
    void another_protocol_is_not_taken_for_mqtt() {
        for (String name : new String[] {"MQTX", "mqtt", "MQTTX", ""}) {
            Peer peer = open(Version.V5);
            peer.send(packet(0x10, string(name), u8(5), u8(2), u16(0), properties(), string(id("c"))));
            peer.expectMalformedConnect(0x84);
        }
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.1.2-2", mqtt311 = "MQTT-3.1.2-2")
    void a_version_of_another_name_is_told_so() {
        for (String name : new String[] {"MQTT", "MQIsdp"}) {
            Peer peer = open(Version.V3);
            int level = name.equals("MQTT") ? 3 : 4;
            peer.send(packet(0x10, string(name), u8(level), u8(2), u16(0), string(id("c"))));
            assertThat(peer.expect(Frame.CONNACK).body()).isEqualTo(hex("0001"));
            peer.expectClosed();
        }
    }

    /** Mosquitto's msg_sequence_test, "CONNECT proto ver 2", and the like. */
    @Test
    @Statement(mqtt5 = "MQTT-3.1.2-2", mqtt311 = "MQTT-3.1.2-2")
    @MosquittoDiffers("2.0 answers in the form of 3.1.1; 2.1 does as this broker")
    void a_version_that_is_not_known_is_told_so_in_the_form_of_mqtt_5() {
        for (int level : new int[] {0, 2, 6, 127}) {
            Peer peer = open(Version.V5);
            peer.send(packet(0x10, string("MQTT"), u8(level), u8(2), u16(0), u8(0), string(id("c"))));
            assertThat(peer.expect(Frame.CONNACK).body()).isEqualTo(hex("008400"));
            peer.expectClosed();
        }
    }

    @Test
    void mqtt_3_1_is_spoken() {
        Peer peer = open(Version.V3);

        peer.send(packet(0x10, string("MQIsdp"), u8(3), u8(2), u16(0), string(id("c"))));

        assertThat(peer.expect(Frame.CONNACK).body()).isEqualTo(hex("0000"));
        peer.expectNothingBeforePing();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.1.2-3", mqtt311 = "MQTT-3.1.2-3")
    void the_reserved_flag_is_checked(Version version) {
        open(version).send(connect(version, 0x03, string(id("c")))).expectMalformedConnect(MALFORMED_PACKET);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.2-11", "MQTT-3.1.2-12", "MQTT-3.1.2-13"},
            mqtt311 = {"MQTT-3.1.2-11", "MQTT-3.1.2-13", "MQTT-3.1.2-14", "MQTT-3.1.2-15"})
    void will_flags_that_contradict_each_other_are_refused(Version version) {
        byte[] identifier = string(id("c"));
        byte[] will = concat(version.is5() ? properties() : NOTHING, string("w"), string("x"));
        open(version).send(connect(version, 0x0A, identifier)).expectMalformedConnect(MALFORMED_PACKET);
        open(version).send(connect(version, 0x12, identifier)).expectMalformedConnect(MALFORMED_PACKET);
        open(version).send(connect(version, 0x22, identifier)).expectMalformedConnect(MALFORMED_PACKET);
        open(version).send(connect(version, 0x1E, identifier, will)).expectMalformedConnect(MALFORMED_PACKET);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.2-9", "MQTT-3.1.4-1"},
            mqtt311 = {"MQTT-3.1.2-9", "MQTT-3.1.4-1", "MQTT-3.2.2-6"})
    void a_flagged_will_that_is_missing_is_refused(Version version) {
        open(version).send(connect(version, 0x06, string(id("c")))).expectMalformedConnect(MALFORMED_PACKET);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.2-16", "MQTT-3.1.2-17", "MQTT-3.1.2-18", "MQTT-3.1.2-19", "MQTT-3.1.4-1"},
            mqtt311 = {"MQTT-3.1.2-18", "MQTT-3.1.2-19", "MQTT-3.1.2-20", "MQTT-3.1.2-21", "MQTT-3.1.4-1"})
    void user_name_and_password_are_there_as_their_flags_say(Version version) {
        byte[] identifier = string(id("c"));
        open(version).send(connect(version, 0x82, identifier)).expectMalformedConnect(MALFORMED_PACKET);
        open(version).send(connect(version, 0xC2, identifier, string("u"))).expectMalformedConnect(MALFORMED_PACKET);
        open(version).send(connect(version, 0x02, identifier, string("u"))).expectMalformedConnect(MALFORMED_PACKET);
        open(version)
                .send(connect(version, 0x82, identifier, string("u"), string("p")))
                .expectMalformedConnect(MALFORMED_PACKET);
    }

    @Test
    @Statement(mqtt311 = {"MQTT-3.1.2-22", "MQTT-3.1.4-1"})
    void under_3_1_1_there_is_no_password_without_a_user_name() {
        open(Version.V3)
                .send(connect(Version.V3, 0x42, string(id("c")), string("p")))
                .expectMalformedConnect();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.3-1", "MQTT-3.1.3-3", "MQTT-3.1.2-9", "MQTT-3.1.2-17", "MQTT-3.1.2-19"},
            mqtt311 = {"MQTT-3.1.3-1", "MQTT-3.1.3-3", "MQTT-3.1.2-9", "MQTT-3.1.2-19", "MQTT-3.1.2-21"})
    void all_fields_are_read_in_their_order(Version version) {
        against(Setup.WITH_ACCOUNT);
        String topic = "allowed/" + id("will");
        Peer observer = connect(connecting(version, "o").userName("user").password("secret"));
        observer.subscribe(topic, 0);
        Connecting everything =
                connecting(version, "c").userName("user").password("secret").will(topic, "gone", 0, false);

        connect(everything).raw.drop();

        observer.expectMessage("gone");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.3-5", "MQTT-3.1.4-5", "MQTT-3.2.0-1", "MQTT-3.2.2-1"},
            mqtt311 = {"MQTT-3.1.3-5", "MQTT-3.1.4-4", "MQTT-3.2.0-1"})
    void every_identifier_of_1_to_23_digits_and_letters_is_accepted(Version version) {
        for (String identifier : new String[] {"a", "0123456789abcdefghijklm", "NOPQRSTUVWXYZnopqrstuvw", "Z"}) {
            Frame connack = connack(new Connecting(version, identifier));
            assertThat(connack.u8(0)).as("Connect Acknowledge Flags").isZero();
            assertThat(connack.u8(1)).as("Reason Code").isZero();
        }
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.1.3-6", "MQTT-3.1.3-7", "MQTT-3.2.2-16"})
    void a_client_without_identifier_is_given_a_unique_one() {
        Peer first = open(Version.V5).send(new Connecting(Version.V5, "").bytes());
        Peer second = open(Version.V5).send(new Connecting(Version.V5, "").bytes());
        String firstIdentifier = assigned(first.expect(Frame.CONNACK));
        String secondIdentifier = assigned(second.expect(Frame.CONNACK));

        assertThat(firstIdentifier).isNotEmpty().isNotEqualTo(secondIdentifier);

        // It is the client's identifier in every respect: a second connection with it takes its place.
        connack(new Connecting(Version.V5, firstIdentifier));
        first.expectRefusal(0x8E);
        second.expectNothingBeforePing();
    }

    private static String assigned(Frame connack) {
        assertThat(connack.reasonCode()).isZero();
        return connack.properties().value(Wire.ASSIGNED_CLIENT_IDENTIFIER).orElseThrow();
    }

    @Test
    @Statement(mqtt311 = "MQTT-3.1.3-6")
    void under_3_1_1_clients_without_identifier_do_not_disturb_each_other() {
        Peer first = connect(new Connecting(Version.V3, ""));
        Peer second = connect(new Connecting(Version.V3, ""));

        first.expectNothingBeforePing();
        second.expectNothingBeforePing();
    }

    @Test
    @Statement(mqtt311 = {"MQTT-3.1.3-7", "MQTT-3.1.3-8", "MQTT-3.2.2-4", "MQTT-3.2.2-5"})
    void under_3_1_1_a_lasting_session_needs_an_identifier() {
        Peer peer = open(Version.V3)
                .send(new Connecting(Version.V3, "").cleanStart(false).bytes());

        assertThat(peer.expect(Frame.CONNACK).body()).isEqualTo(hex("0002"));
        peer.expectClosed();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.3-8", "MQTT-3.2.2-6", "MQTT-3.2.2-7", "MQTT-4.13.2-1"},
            mqtt311 = {"MQTT-3.1.3-9", "MQTT-3.2.2-4", "MQTT-3.2.2-5"})
    @MosquittoDiffers("it answers 0x80 under MQTT 5; the specification names 0x85 for this")
    void an_identifier_that_is_not_accepted_is_told_so(Version version) {
        against(Setup.WITHOUT_EMPTY_IDENTIFIERS);
        Peer peer = open(version).send(new Connecting(version, "").bytes());

        Frame connack = peer.expect(Frame.CONNACK);

        assertThat(connack.u8(0)).as("Session Present").isZero();
        assertThat(connack.u8(1)).isEqualTo(version.is5() ? 0x80 : 0x02);
        peer.expectClosed();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.4-2", "MQTT-3.2.2-6", "MQTT-3.2.2-7", "MQTT-3.2.2-8", "MQTT-4.13.2-1"},
            mqtt311 = {"MQTT-3.2.2-4", "MQTT-3.2.2-5"})
    void who_fails_to_log_in_is_refused(Version version) {
        against(Setup.WITH_ACCOUNT);
        for (Connecting attempt : new Connecting[] {
            connecting(version, "c"),
            connecting(version, "c").userName("user").password("wrong"),
            connecting(version, "c").userName("stranger").password("secret")
        }) {
            Peer peer = open(version).send(attempt.bytes());
            Frame connack = peer.expect(Frame.CONNACK);
            assertThat(connack.u8(0)).as("Session Present").isZero();
            assertThat(connack.u8(1)).isIn(version.is5() ? new Object[] {0x86, 0x87} : new Object[] {4, 5});
            peer.expectClosed();
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.1.4-6", mqtt311 = "MQTT-3.1.4-5")
    void what_follows_a_refused_connect_is_not_processed(Version version) {
        against(Setup.WITH_ACCOUNT);
        String topic = "allowed/" + id("a");
        Peer observer = connect(connecting(version, "o").userName("user").password("secret"));
        observer.subscribe(topic, 0);
        byte[] refused =
                connecting(version, "c").userName("user").password("wrong").bytes();

        Peer intruder = open(version);
        intruder.sendAll(refused, intruder.publishBytes(0x30, topic, 0, properties(), "intruder"));
        intruder.expect(Frame.CONNACK);
        intruder.expectClosed();

        observer.publish(topic, "marker", 0, false);
        observer.expectMessage("marker");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.4-3", "MQTT-3.1.3-2", "MQTT-3.14.4-1", "MQTT-3.14.4-2"},
            mqtt311 = {"MQTT-3.1.4-2", "MQTT-3.1.3-2"})
    @MosquittoDiffers("2.0 closes the first connection without DISCONNECT 0x8E")
    void a_second_connection_takes_the_place_of_the_first(Version version) {
        Peer first = connect(version, "c");

        Peer second = connect(version, "c");

        if (version.is5()) {
            assertThat(first.expect(Frame.DISCONNECT).reasonCode()).isEqualTo(0x8E);
        }
        first.expectClosed();
        second.expectNothingBeforePing();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.2.0-1", "MQTT-3.2.0-2", "MQTT-3.1.4-5"},
            mqtt311 = {"MQTT-3.2.0-1", "MQTT-3.1.4-4"})
    void connack_comes_first_and_once(Version version) {
        Connecting lasting = connecting(version, "c").persistent();
        connect(lasting).subscribe(topic("a"), 1).disconnect();
        connect(version, "p").publish(topic("a"), "waiting", 1, false);

        Peer back = open(version);
        back.sendAll(lasting.bytes(), hex("C000"));

        back.expect(Frame.CONNACK);
        Frame next = back.raw.receive("PUBLISH or PINGRESP");
        Frame last = back.raw.receive("the other of them");
        assertThat(new int[] {next.type(), last.type()}).containsExactlyInAnyOrder(Frame.PUBLISH, Frame.PINGRESP);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.2-22", "MQTT-3.2.2-22"},
            mqtt311 = "MQTT-3.1.2-24")
    void silence_of_one_and_a_half_keep_alives_ends_the_connection_and_publishes_the_will(Version version) {
        Peer observer = connect(version, "o").subscribe(topic("will"), 0);
        Peer silent = connect(connecting(version, "c").keepAlive(20).will(topic("will"), "silent", 0, false));

        elapse(29);
        silent.expectNothingBeforePing();
        elapse(29);
        silent.expectNothingBeforePing();
        elapse(31);

        silent.expectRefusal(0x8D);
        observer.expectMessage("silent");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.1.2-22", mqtt311 = "MQTT-3.1.2-24")
    void without_keep_alive_silence_may_last(Version version) {
        Peer silent = connect(connecting(version, "c").keepAlive(0));

        elapse(100_000);

        silent.expectNothingBeforePing();
    }
}
