package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.property;
import static io.alicia.mqtt.broker.conformance.Wire.string;
import static io.alicia.mqtt.broker.conformance.Wire.u32;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static io.alicia.mqtt.broker.conformance.Wire.userProperty;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Will Messages (§3.1.2.5, §3.1.3.2). */
class WillConformanceTest extends ConformanceTest {

    WillConformanceTest(BrokerKind kind) {
        super(kind);
    }

    private Peer observer(Version version) {
        return connect(version, "o").subscribe(topic("will"), 2);
    }

    private Connecting mortal(Version version, byte[]... willProperties) {
        return connecting(version, "c").will(topic("will"), "gone", 1, false, willProperties);
    }

    private void expectNoWill(Peer observer) {
        observer.publish(topic("will"), "marker", 0, false);
        observer.expectMessage("marker");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.2-7", "MQTT-3.1.2-8", "MQTT-3.1.2-9"},
            mqtt311 = {"MQTT-3.1.2-8", "MQTT-3.1.2-9"})
    void a_broken_connection_publishes_the_will(Version version) {
        Peer observer = observer(version);

        connect(mortal(version)).raw.drop();

        Received will = observer.expectMessage("gone");
        assertThat(will.topic()).isEqualTo(topic("will"));
        assertThat(will.qos()).isEqualTo(1);
        assertThat(will.retain()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.1.2-8", mqtt311 = "MQTT-3.1.2-8")
    void a_broken_rule_publishes_the_will(Version version) {
        Peer observer = observer(version);

        connect(mortal(version)).send(Wire.hex("0000")).expectRefusal(0x81, 0x82);

        observer.expectMessage("gone");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-3.1.2-8", "MQTT-3.1.2-10", "MQTT-3.14.4-3"},
            mqtt311 = {"MQTT-3.1.2-8", "MQTT-3.1.2-10", "MQTT-3.14.4-3"})
    void disconnect_deletes_the_will(Version version) {
        Peer observer = observer(version);

        connect(mortal(version)).disconnect();

        expectNoWill(observer);
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.1.2-8")
    void disconnect_with_will_message_publishes_it() {
        Peer observer = observer(Version.V5);

        connect(mortal(Version.V5)).disconnect(0x04);

        observer.expectMessage("gone");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0x82, 0x93, 0x99})
    @Statement(mqtt5 = "MQTT-3.1.2-8")
    @MosquittoDiffers("it publishes none after an error that the client tells")
    void disconnect_with_an_error_publishes_it(int reasonCode) {
        Peer observer = observer(Version.V5);

        connect(mortal(Version.V5)).disconnect(reasonCode);

        observer.expectMessage("gone");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = "MQTT-3.1.2-10",
            mqtt311 = {"MQTT-3.1.2-10", "MQTT-3.1.2-12"})
    void a_will_is_published_once_and_not_for_the_next_connection(Version version) {
        Peer observer = observer(version);
        connect(mortal(version)).raw.drop();
        observer.acknowledge(observer.expectMessage("gone"));

        connect(version, "c").raw.drop();

        connect(connecting(version, "c").will(topic("will"), "second", 0, false))
                .raw
                .drop();
        observer.expectMessage("second");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.1.2-14", mqtt311 = "MQTT-3.1.2-16")
    void a_will_without_retain_is_not_retained(Version version) {
        Peer observer = observer(version);
        connect(mortal(version)).raw.drop();
        observer.expectMessage("gone");

        Peer late = connect(version, "l").subscribe(topic("will"), 0);

        late.expectNothingBeforePing();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-3.1.2-15", mqtt311 = "MQTT-3.1.2-17")
    void a_will_with_retain_is_retained(Version version) {
        Peer observer = observer(version);
        connect(connecting(version, "c").will(topic("will"), "kept", 0, true))
                .raw
                .drop();
        assertThat(observer.expectMessage("kept").retain()).isFalse();

        Peer late = connect(version, "l").subscribe(topic("will"), 0);

        assertThat(late.expectMessage("kept").retain()).isTrue();
        late.publish(topic("will"), "", 0, true);
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.1.3-10")
    void a_will_keeps_its_properties_and_the_order_of_its_user_properties() {
        Peer observer = observer(Version.V5);

        connect(mortal(
                        Version.V5,
                        property(0x01, u8(1)),
                        property(0x03, string("text")),
                        property(0x08, string("reply")),
                        property(0x09, Wire.sized(Wire.hex("0A0B"))),
                        userProperty("b", "1"),
                        userProperty("a", "2"),
                        userProperty("b", "1")))
                .raw
                .drop();

        Props properties = observer.expectMessage("gone").properties();
        assertThat(properties.values(Wire.USER_PROPERTY)).containsExactly("b=1", "a=2", "b=1");
        assertThat(properties.value(0x01)).contains("1");
        assertThat(properties.value(0x03)).contains("text");
        assertThat(properties.value(0x08)).contains("reply");
        assertThat(properties.value(0x09)).contains("0a0b");
        assertThat(properties.has(Wire.WILL_DELAY_INTERVAL)).isFalse();
    }

    /** Mosquitto's 07-will-properties: its Will Delay Interval is taken out, the others stay in the client's order. */
    @Test
    @Statement(mqtt5 = "MQTT-3.1.3-10")
    void a_will_keeps_the_order_of_its_properties() {
        Peer observer = observer(Version.V5);

        connect(mortal(
                        Version.V5,
                        userProperty("key1", "value1"),
                        property(0x08, string("reply")),
                        property(0x09, Wire.sized(Wire.hex("0A0B"))),
                        property(Wire.WILL_DELAY_INTERVAL, u32(0)),
                        property(0x01, u8(1)),
                        property(0x03, string("text")),
                        userProperty("key2", "value2")))
                .raw
                .drop();

        assertThat(observer.expectMessage("gone").properties().all())
                .extracting(Props.Prop::identifier)
                .containsExactly(0x26, 0x08, 0x09, 0x01, 0x03, 0x26);
    }

    private Connecting delayed(long delaySeconds, long sessionSeconds) {
        return mortal(Version.V5, property(Wire.WILL_DELAY_INTERVAL, u32(delaySeconds)))
                .cleanStart(false)
                .property(Wire.SESSION_EXPIRY_INTERVAL, u32(sessionSeconds));
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.1.2-8")
    void a_delayed_will_waits_for_its_interval() {
        Peer observer = observer(Version.V5);
        connect(delayed(100, 1_000)).raw.drop();
        awaitGone("c");
        expectNoWill(observer);

        elapse(99);
        expectNoWill(observer);
        elapse(2);

        observer.expectMessage("gone");
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.1.2-8")
    void a_delayed_will_waits_no_longer_than_its_session() {
        Peer observer = observer(Version.V5);
        connect(delayed(1_000, 100)).raw.drop();
        awaitGone("c");
        expectNoWill(observer);

        elapse(101);

        observer.expectMessage("gone");
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.1.3-9", "MQTT-3.1.2-8"})
    void who_comes_back_in_time_keeps_the_will_unpublished() {
        Peer observer = observer(Version.V5);
        connect(delayed(100, 1_000)).raw.drop();
        awaitGone("c");
        expectNoWill(observer);
        elapse(50);

        connect(delayed(100, 1_000)).disconnect();
        awaitGone("c");
        elapse(200);

        expectNoWill(observer);
    }

    @Test
    @Statement(mqtt5 = "MQTT-3.1.2-8")
    @MosquittoDiffers("it drops the delayed Will of a session that a Clean Start ends; the specification publishes it")
    void a_clean_start_ends_the_session_and_so_publishes_its_delayed_will() {
        Peer observer = observer(Version.V5);
        connect(delayed(100, 1_000)).raw.drop();
        awaitGone("c");
        expectNoWill(observer);

        connect(Version.V5, "c");

        observer.expectMessage("gone");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-4.7.0-1", "MQTT-4.13.1-1"},
            mqtt311 = "MQTT-4.7.1-1")
    @MosquittoDiffers("it closes without a word, also under MQTT 5")
    void a_will_topic_with_a_wildcard_is_malformed(Version version) {
        for (String wrong : new String[] {"a/#", "+", "a/+/b"}) {
            Peer peer = open(version);
            peer.send(connecting(version, "c").will(wrong, "gone", 0, false).bytes());

            if (version.is5()) {
                assertThat(peer.expect(Frame.CONNACK).reasonCode()).isEqualTo(0x81);
            }
            peer.expectClosed();
        }
    }

    /** Mosquitto's 07-will-invalid-utf8. */
    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-1.5.4-2", mqtt311 = "MQTT-1.5.3-2")
    void a_will_topic_with_a_null_character_ends_the_connection_without_a_word(Version version) {
        open().send(connecting(version, "c").will("a\0b", "gone", 0, false).bytes())
                .expectClosed();
    }
}
