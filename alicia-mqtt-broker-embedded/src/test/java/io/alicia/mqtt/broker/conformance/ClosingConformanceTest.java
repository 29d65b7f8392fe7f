package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.hex;
import static io.alicia.mqtt.broker.conformance.Wire.packet;
import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static io.alicia.mqtt.broker.conformance.Wire.property;
import static io.alicia.mqtt.broker.conformance.Wire.string;
import static io.alicia.mqtt.broker.conformance.Wire.u16;
import static io.alicia.mqtt.broker.conformance.Wire.u32;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PINGREQ, DISCONNECT, AUTH without authentication, reserved flags, and how errors end (§3.12, §3.14, §3.15, §4.13). */
class ClosingConformanceTest extends ConformanceTest {

    private static final int MALFORMED_PACKET = 0x81;
    private static final int PROTOCOL_ERROR = 0x82;

    ClosingConformanceTest(BrokerKind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.12.4-1", mqtt311 = "MQTT-3.12.4-1")
    void every_ping_is_answered(Version version) {
        Peer peer = connect(version, "c");
        peer.send(hex("C000 C000 C000"));
        for (int i = 0; i < 3; i++) {
            assertThat(peer.expect(Frame.PINGRESP).body()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-2.1.3-1", "MQTT-3.6.1-1", "MQTT-4.13.1-1"},
            mqtt311 = {"MQTT-2.2.2-1", "MQTT-2.2.2-2", "MQTT-3.6.1-1", "MQTT-4.8.0-1"})
    @MosquittoDiffers("2.0 does not look at the flags of PUBACK and its like")
    void reserved_flags_end_the_connection(Version version) {
        for (int firstByte : new int[] {0x41, 0x52, 0x60, 0x63, 0x6A, 0x74}) {
            Peer peer = connect(version, "c");
            peer.send(packet(firstByte, u16(1))).expectRefusal(MALFORMED_PACKET);
        }
        connect(version, "d").send(hex("C100")).expectRefusal(MALFORMED_PACKET);
        open(version).send(packet(0x11, hex("00"))).expectClosed();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-2.1.3-1", "MQTT-4.13.1-1"},
            mqtt311 = {"MQTT-2.2.2-1", "MQTT-4.8.0-1"})
    @MosquittoDiffers("2.0 ignores some of them")
    void packets_that_only_a_server_sends_end_the_connection(Version version) {
        for (String wrong : new String[] {"0000", "20020000", "9003000100", "B0020001", "D000"}) {
            connect(version, "c").send(hex(wrong)).expectRefusal(MALFORMED_PACKET, PROTOCOL_ERROR);
        }
    }

    /** Mosquitto's msg_sequence_test, "SUBACK 91" to "UNSUBACK B8". */
    @Test
    @Statement(mqtt5 = {"MQTT-2.1.3-1", "MQTT-4.13.1-1"})
    @MosquittoDiffers("2.0 looks at who sent it first")
    void the_flags_of_a_packet_that_only_a_server_sends_come_before_its_sender() {
        for (String wrong :
                new String[] {"9103000100", "9203000100", "9403000100", "9803000100", "B103000100", "B803000100"}) {
            connect(Version.V5, "c").send(hex(wrong)).expectRefusal(MALFORMED_PACKET);
        }
        for (String wrong : new String[] {"9003000100", "B003000100"}) {
            connect(Version.V5, "c").send(hex(wrong)).expectRefusal(PROTOCOL_ERROR);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.14.1-1", "MQTT-2.1.3-1"},
            mqtt311 = "MQTT-3.14.1-1")
    void disconnect_with_reserved_flags_is_malformed_and_does_not_delete_the_will(Version version) {
        Peer observer = connect(version, "o").subscribe(topic("will"), 0);
        Peer peer = connect(connecting(version, "c").will(topic("will"), "gone", 0, false));

        peer.send(hex("E100")).expectRefusal(MALFORMED_PACKET);

        observer.expectMessage("gone");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.14.4-1", "MQTT-3.14.4-2"},
            mqtt311 = {"MQTT-3.14.4-1", "MQTT-3.14.4-2"})
    void after_disconnect_nothing_more_is_processed_or_sent(Version version) {
        Peer observer = connect(version, "o").subscribe(topic("a"), 0);
        Peer peer = connect(version, "c");

        peer.sendAll(hex("E000"), peer.publishBytes(0x30, topic("a"), 0, properties(), "late"), hex("C000"));

        peer.expectClosed();
        observer.publish(topic("a"), "marker", 0, false);
        observer.expectMessage("marker");
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.14.2-1")
    void a_client_does_not_disconnect_with_a_code_of_servers() {
        connect(Version.V5, "c").send(hex("E0018B")).expectRefusal(PROTOCOL_ERROR, MALFORMED_PACKET);
        connect(Version.V5, "d").send(hex("E00155")).expectRefusal(PROTOCOL_ERROR, MALFORMED_PACKET);
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.14.2-1", "MQTT-3.14.2-2", "MQTT-3.14.4-1", "MQTT-3.14.4-2", "MQTT-4.13.2-1"})
    void the_brokers_farewell_has_a_code_of_servers_and_no_session_expiry_and_is_the_last() {
        Peer peer = connect(connecting(Version.V5, "c").persistent());

        peer.send(packet(0x30, u16(5), Wire.raw("x")), hex("C000"));

        Frame farewell = peer.expect(Frame.DISCONNECT);
        assertThat(farewell.flags()).isZero();
        assertThat(farewell.reasonCode()).isEqualTo(MALFORMED_PACKET);
        assertThat(farewell.properties().has(Wire.SESSION_EXPIRY_INTERVAL)).isFalse();
        peer.expectClosed();
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.14.0-1")
    void before_connack_there_is_no_disconnect() {
        byte[] zeroReceiveMaximum = connecting(Version.V5, "c")
                .property(Wire.RECEIVE_MAXIMUM, u16(0))
                .bytes();
        byte[] reservedFlag = packet(0x10, string("MQTT"), u8(5), u8(3), u16(0), properties(), string(id("c")));
        for (byte[] wrong :
                new byte[][] {zeroReceiveMaximum, reservedFlag, hex("C000"), hex("F000"), hex("10FFFFFFFF7F")}) {
            Frame frame = open().send(wrong).receiveOrNull("CONNACK or the end");
            if (frame != null) {
                assertThat(frame.type()).isEqualTo(Frame.CONNACK);
                assertThat(frame.reasonCode()).isGreaterThanOrEqualTo(0x80);
            }
        }
    }

    @Test
    @Statement(mqtt5 = {"MQTT-4.13.1-1", "MQTT-3.1.4-1", "MQTT-4.13.2-1", "MQTT-3.2.2-6"})
    @MosquittoDiffers("2.0 lets a value of 2 pass for a property that is 0 or 1")
    void a_connect_that_breaks_the_protocol_is_told_how() {
        for (byte[] wrong : new byte[][] {
            property(Wire.RECEIVE_MAXIMUM, u16(0)),
            property(Wire.MAXIMUM_PACKET_SIZE, Wire.u32(0)),
            property(0x17, u8(2)),
            property(0x19, u8(2)),
            property(Wire.AUTHENTICATION_DATA, Wire.sized(hex("01"))),
            Wire.concat(property(Wire.RECEIVE_MAXIMUM, u16(5)), property(Wire.RECEIVE_MAXIMUM, u16(5)))
        }) {
            Peer peer = open(Version.V5);
            peer.send(packet(0x10, string("MQTT"), u8(5), u8(2), u16(0), properties(wrong), string(id("c"))));
            peer.expectMalformedConnect(PROTOCOL_ERROR, MALFORMED_PACKET);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-4.13.1-1", "MQTT-4.13.2-1"},
            mqtt311 = {"MQTT-4.8.0-1", "MQTT-3.1.4-1"})
    void a_malformed_packet_ends_its_own_connection_and_no_other(Version version) {
        Peer bystander = connect(version, "b").subscribe(topic("a"), 0);

        connect(version, "c").send(hex("3000")).expectRefusal(MALFORMED_PACKET);
        connect(version, "d").send(hex("30FFFFFFFFFF")).expectRefusal(MALFORMED_PACKET);

        bystander.publish(topic("a"), "x", 0, false);
        bystander.expectMessage("x");
    }

    /** The cases "remaining length 5 bytes" of Mosquitto's msg_sequence_test. */
    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.13.1-1", mqtt311 = "MQTT-4.8.0-1")
    void a_remaining_length_of_five_bytes_ends_the_connection_without_a_word(Version version) {
        open().send(hex("108080808001")).expectClosed();
        for (String wrong : new String[] {"30FFFFFFFF7F", "C08080808000", "828080808001"}) {
            connect(version, "c").send(hex(wrong)).expectClosed();
        }
    }

    /** Mosquitto's msg_sequence_test, "v5.0 PINGREQ C0 long". */
    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.13.1-1", mqtt311 = "MQTT-4.8.0-1")
    @MosquittoDiffers("2.0 answers it, 2.1 closes without a word")
    void a_ping_with_a_body_ends_the_connection(Version version) {
        connect(version, "c").send(hex("C00100")).expectClosed();
    }

    @Test
    @Statement(mqtt5 = "MQTT-4.13.1-1")
    void a_property_that_is_there_twice_or_belongs_elsewhere_ends_the_connection() {
        Peer twice = connect(Version.V5, "c");
        byte[] indicator = property(0x01, u8(0));
        twice.send(twice.publishBytes(0x30, topic("a"), 0, properties(indicator, indicator), "x"));
        twice.expectRefusal(PROTOCOL_ERROR);
        Peer elsewhere = connect(Version.V5, "d");
        byte[] section = properties(property(Wire.RECEIVE_MAXIMUM, u16(5)));
        elsewhere.send(elsewhere.publishBytes(0x30, topic("a"), 0, section, "x"));
        elsewhere.expectRefusal(MALFORMED_PACKET, PROTOCOL_ERROR);
    }

    /** The groups "… DISALLOWED PROPERTIES" of Mosquitto's msg_sequence_test. */
    @Test
    @Statement(mqtt5 = "MQTT-4.13.1-1")
    @MosquittoDiffers("2.0 calls all of it malformed; 2.1 does as this broker")
    void a_property_of_another_packet_is_a_protocol_error_but_malformed_in_a_subscription() {
        byte[] section = properties(property(Wire.SESSION_EXPIRY_INTERVAL, u32(1)));
        for (byte[] wrong : new byte[][] {
            packet(0x30, string(topic("a")), section),
            packet(0x40, u16(1), u8(0), section),
            packet(0x50, u16(1), u8(0), section),
            packet(0x62, u16(1), u8(0), section),
            packet(0x70, u16(1), u8(0), section),
            packet(0xE0, u8(0), properties(property(Wire.RECEIVE_MAXIMUM, u16(5))))
        }) {
            Peer peer = connect(Version.V5, "c").send(wrong);
            assertThat(peer.expect(Frame.DISCONNECT).reasonCode()).isEqualTo(PROTOCOL_ERROR);
            peer.expectClosed();
        }
        for (byte[] wrong : new byte[][] {
            packet(0x82, u16(1), section, string(topic("a")), u8(0)), packet(0xA2, u16(1), section, string(topic("a")))
        }) {
            Peer peer = connect(Version.V5, "c").send(wrong);
            assertThat(peer.expect(Frame.DISCONNECT).reasonCode()).isEqualTo(MALFORMED_PACKET);
            peer.expectClosed();
        }
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.15.1-1", "MQTT-2.1.3-1"})
    void auth_with_reserved_flags_is_malformed() {
        byte[] section = properties(property(Wire.AUTHENTICATION_METHOD, string("M")));
        connect(Version.V5, "c").send(packet(0xF1, u8(0x18), section)).expectRefusal(MALFORMED_PACKET, PROTOCOL_ERROR);
    }

    @Test
    @Statement(mqtt5 = {"MQTT-4.12.0-7", "MQTT-4.12.0-6"})
    void without_authentication_method_there_is_no_auth() {
        Peer peer = open(Version.V5).send(connecting(Version.V5, "c").bytes());
        assertThat(peer.expect(Frame.CONNACK).properties().has(Wire.AUTHENTICATION_METHOD))
                .isFalse();

        peer.send(packet(0xF0, u8(0x18), properties(property(Wire.AUTHENTICATION_METHOD, string("M")))));

        peer.expectRefusal(PROTOCOL_ERROR);
    }

    @Test
    @Statement(mqtt5 = {"MQTT-4.12.0-1", "MQTT-3.2.2-7"})
    void an_unknown_authentication_method_is_refused() {
        Connecting unknown = connecting(Version.V5, "c").property(Wire.AUTHENTICATION_METHOD, string("UNKNOWN"));
        Peer peer = open(Version.V5).send(unknown.bytes());

        assertThat(peer.expect(Frame.CONNACK).reasonCode()).isIn(0x8C, 0x87);
        peer.expectClosed();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt311 = "MQTT-4.8.0-2", mqtt5 = "MQTT-3.1.4-2")
    @MosquittoDiffers("its authentication cannot be put out of order from outside")
    void trouble_inside_the_broker_ends_the_connection(Version version) {
        against(Setup.BROKEN_AUTHENTICATION);
        Peer peer = open(version);

        peer.send(connecting(version, "c").userName("user").password("secret").bytes());

        Frame frame = peer.raw.receiveOrNull("CONNACK or the end");
        if (frame != null) {
            assertThat(frame.type()).isEqualTo(Frame.CONNACK);
            assertThat(frame.u8(1)).isPositive();
            peer.expectClosed();
        }
    }
}
