package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.hex;
import static io.alicia.mqtt.broker.conformance.Wire.packet;
import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static io.alicia.mqtt.broker.conformance.Wire.property;
import static io.alicia.mqtt.broker.conformance.Wire.sized;
import static io.alicia.mqtt.broker.conformance.Wire.string;
import static io.alicia.mqtt.broker.conformance.Wire.u32;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Enhanced authentication with SCRAM-SHA-256 (MQTT 5 §3.15, §4.12). */
class AuthConformanceTest extends ConformanceTest {

    private static final String METHOD = "SCRAM-SHA-256";
    private static final String NEEDS_A_PLUGIN = "it needs a plugin for SCRAM";
    private static final int CONTINUE = 0x18;
    private static final int RE_AUTHENTICATE = 0x19;
    private static final int PROTOCOL_ERROR = 0x82;

    AuthConformanceTest(BrokerKind kind) {
        super(kind);
    }

    @BeforeEach
    void the_accounts_are_there() {
        against(Setup.WITH_SCRAM);
    }

    private static byte[] auth(int reasonCode, String method, byte[] data) {
        return packet(
                0xF0,
                u8(reasonCode),
                properties(
                        property(Wire.AUTHENTICATION_METHOD, string(method)),
                        property(Wire.AUTHENTICATION_DATA, sized(data))));
    }

    private Connecting asking(String base, ScramClient scram) {
        return connecting(Version.V5, base)
                .property(Wire.AUTHENTICATION_METHOD, string(METHOD))
                .property(Wire.AUTHENTICATION_DATA, sized(scram.first()));
    }

    private static String data(Frame frame) {
        byte[] bytes = HexFormat.of()
                .parseHex(frame.properties().value(Wire.AUTHENTICATION_DATA).orElseThrow());
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The broker's question, checked. */
    private static String question(Peer peer) {
        Frame question = peer.expect(Frame.AUTH);
        assertThat(question.flags()).isZero();
        assertThat(question.reasonCode()).isEqualTo(CONTINUE);
        assertThat(question.properties().value(Wire.AUTHENTICATION_METHOD)).contains(METHOD);
        return data(question);
    }

    private Peer authenticated(String base, ScramClient scram) throws GeneralSecurityException {
        Peer peer = open(Version.V5).send(asking(base, scram).bytes());
        peer.send(auth(CONTINUE, METHOD, scram.last(question(peer))));
        Frame connack = peer.expect(Frame.CONNACK);
        assertThat(connack.reasonCode()).isZero();
        assertThat(connack.properties().value(Wire.AUTHENTICATION_METHOD)).contains(METHOD);
        assertThat(data(connack)).isEqualTo(scram.expectedFromServer());
        return peer;
    }

    @Test
    @MosquittoDiffers(NEEDS_A_PLUGIN)
    @Statement(
            mqtt5 = {"MQTT-4.12.0-2", "MQTT-4.12.0-3", "MQTT-4.12.0-5", "MQTT-3.15.1-1", "MQTT-3.15.2-1", "MQTT-3.2.0-1"
            })
    void who_knows_the_password_is_let_in_and_learns_that_the_broker_knows_it_too() throws Exception {
        Peer peer = authenticated("c", new ScramClient("user", "pencil"));

        peer.subscribe(topic("a"), 0).publish(topic("a"), "x", 0, false);

        peer.expectMessage("x");
    }

    @Test
    @MosquittoDiffers(NEEDS_A_PLUGIN)
    @Statement(mqtt5 = {"MQTT-4.12.0-4", "MQTT-3.1.4-2", "MQTT-3.2.2-7", "MQTT-3.14.0-1"})
    void who_does_not_know_the_password_is_refused_after_the_same_steps() throws Exception {
        for (ScramClient wrong :
                new ScramClient[] {new ScramClient("user", "wrong"), new ScramClient("nobody", "pencil")}) {
            Peer peer = open(Version.V5).send(asking("c", wrong).bytes());
            peer.send(auth(CONTINUE, METHOD, wrong.last(question(peer))));
            Frame connack = peer.expect(Frame.CONNACK);
            assertThat(connack.u8(0)).as("Session Present").isZero();
            assertThat(connack.reasonCode()).isIn(0x86, 0x87);
            peer.expectClosed();
        }
    }

    @Test
    @MosquittoDiffers(NEEDS_A_PLUGIN)
    @Statement(mqtt5 = {"MQTT-4.12.0-4", "MQTT-4.12.0-5", "MQTT-4.13.1-1", "MQTT-3.14.0-1"})
    void an_answer_with_another_method_or_reason_code_is_refused() throws Exception {
        for (byte[] wrong : new byte[][] {
            auth(CONTINUE, "OTHER", hex("00")),
            auth(RE_AUTHENTICATE, METHOD, hex("00")),
            auth(0x00, METHOD, hex("00")),
            hex("F000"),
            hex("F00118")
        }) {
            Peer peer = open(Version.V5)
                    .send(asking("c", new ScramClient("user", "pencil")).bytes());
            question(peer);
            peer.send(wrong).expectMalformedConnect(PROTOCOL_ERROR, 0x81, 0x8C);
        }
    }

    @Test
    @MosquittoDiffers(NEEDS_A_PLUGIN)
    @Statement(mqtt5 = {"MQTT-3.1.2-30", "MQTT-3.2.0-1", "MQTT-3.1.4-6"})
    void before_connack_nothing_but_auth_and_disconnect_is_taken() throws Exception {
        for (byte[] early : new byte[][] {hex("C000"), packet(0x30, string(topic("a")), properties())}) {
            Peer peer = open(Version.V5)
                    .send(asking("c", new ScramClient("user", "pencil")).bytes());
            question(peer);
            peer.send(early).expectMalformedConnect(PROTOCOL_ERROR);
        }
        Peer leaving = open(Version.V5)
                .send(asking("c", new ScramClient("user", "pencil")).bytes());
        question(leaving);
        leaving.disconnect();
    }

    @Test
    @MosquittoDiffers(NEEDS_A_PLUGIN)
    @Statement(mqtt5 = "MQTT-4.12.0-1")
    void a_method_that_is_not_there_is_told_so() {
        Frame connack =
                connack(connecting(Version.V5, "c").property(Wire.AUTHENTICATION_METHOD, string("SCRAM-SHA-1")));

        assertThat(connack.reasonCode()).isEqualTo(0x8C);
    }

    @Test
    @MosquittoDiffers(NEEDS_A_PLUGIN)
    @Statement(mqtt5 = {"MQTT-4.12.1-1", "MQTT-4.12.0-5", "MQTT-3.15.2-1"})
    void a_client_may_authenticate_again_while_everything_goes_on() throws Exception {
        Peer peer = authenticated("c", new ScramClient("user", "pencil")).subscribe(topic("a"), 0);
        ScramClient again = new ScramClient("user", "pencil");

        peer.send(auth(RE_AUTHENTICATE, METHOD, again.first()));
        String question = question(peer);
        peer.publish(topic("a"), "meanwhile", 0, false);
        peer.expectMessage("meanwhile");
        peer.send(auth(CONTINUE, METHOD, again.last(question)));

        Frame done = peer.expect(Frame.AUTH);
        assertThat(done.reasonCode()).isZero();
        assertThat(done.properties().value(Wire.AUTHENTICATION_METHOD)).contains(METHOD);
        assertThat(data(done)).isEqualTo(again.expectedFromServer());
        peer.expectNothingBeforePing();
    }

    @Test
    @MosquittoDiffers(NEEDS_A_PLUGIN)
    @Statement(mqtt5 = "MQTT-4.12.1-2")
    void who_fails_to_authenticate_again_is_disconnected() throws Exception {
        for (ScramClient wrong :
                new ScramClient[] {new ScramClient("user", "wrong"), new ScramClient("other", "rubber")}) {
            Peer peer = authenticated("c", new ScramClient("user", "pencil"));
            peer.send(auth(RE_AUTHENTICATE, METHOD, wrong.first()));
            peer.send(auth(CONTINUE, METHOD, wrong.last(question(peer))));
            peer.expectRefusal(0x87);
        }
    }

    @Test
    @MosquittoDiffers(NEEDS_A_PLUGIN)
    @Statement(mqtt5 = {"MQTT-4.12.1-1", "MQTT-4.12.0-5", "MQTT-4.13.1-1"})
    void authenticating_again_out_of_turn_or_with_another_method_ends_the_connection() throws Exception {
        byte[] first = new ScramClient("user", "pencil").first();
        for (byte[] wrong : new byte[][] {auth(CONTINUE, METHOD, first), auth(RE_AUTHENTICATE, "OTHER", first)}) {
            authenticated("c", new ScramClient("user", "pencil")).send(wrong).expectRefusal(PROTOCOL_ERROR, 0x8C);
        }
        Peer twice = authenticated("c", new ScramClient("user", "pencil"));
        twice.send(auth(RE_AUTHENTICATE, METHOD, first));
        question(twice);
        twice.send(auth(RE_AUTHENTICATE, METHOD, first)).expectRefusal(PROTOCOL_ERROR);
    }

    @Test
    @MosquittoDiffers(NEEDS_A_PLUGIN)
    @Statement(mqtt5 = {"MQTT-3.15.2-2", "MQTT-3.15.2-3"})
    void auth_carries_nothing_for_people_that_could_make_it_too_large() throws Exception {
        int limit = 200;
        ScramClient scram = new ScramClient("user", "pencil");
        Connecting limited = asking("c", scram).property(Wire.MAXIMUM_PACKET_SIZE, u32(limit));
        Peer peer = open(Version.V5).send(limited.bytes());

        Frame question = peer.expect(Frame.AUTH);

        assertThat(question.size()).isLessThanOrEqualTo(limit);
        assertThat(question.properties().has(Wire.REASON_STRING)).isFalse();
        assertThat(question.properties().has(Wire.USER_PROPERTY)).isFalse();
    }

    @Test
    @MosquittoDiffers(NEEDS_A_PLUGIN)
    @Statement(mqtt5 = "MQTT-3.1.4-1")
    void who_stops_in_the_middle_is_not_waited_for() throws Exception {
        Peer peer = open(Version.V5)
                .send(asking("c", new ScramClient("user", "pencil")).bytes());
        question(peer);

        elapse(60);

        peer.expectMalformedConnect(0xA0, 0x87, 0x80);
    }
}
