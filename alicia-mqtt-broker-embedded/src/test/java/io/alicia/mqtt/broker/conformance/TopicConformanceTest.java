package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.packet;
import static io.alicia.mqtt.broker.conformance.Wire.string;
import static io.alicia.mqtt.broker.conformance.Wire.u16;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Topic Names and Topic Filters (§4.7). */
class TopicConformanceTest extends ConformanceTest {

    private static final int MALFORMED_PACKET = 0x81;
    private static final int PROTOCOL_ERROR = 0x82;
    private static final int TOPIC_FILTER_INVALID = 0x8F;

    TopicConformanceTest(BrokerKind kind) {
        super(kind);
    }

    private void refused(Version version, String... filters) {
        for (String filter : filters) {
            Peer subscriber = connect(version, "s");
            subscriber.send(packet(0x82, u16(1), subscriber.section(), string(filter), u8(0)));
            subscriber.expectRefusal(MALFORMED_PACKET, PROTOCOL_ERROR, TOPIC_FILTER_INVALID);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.7.1-1", mqtt311 = "MQTT-4.7.1-2")
    void a_multi_level_wildcard_is_alone_in_the_last_level(Version version) {
        refused(version, "a/#/b", "a#", "#a", "a/b#", "##", "#/");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.7.1-2", mqtt311 = "MQTT-4.7.1-3")
    void a_single_level_wildcard_is_alone_in_its_level(Version version) {
        refused(version, "a+", "+a", "a/b+/c", "++");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.7.3-1", mqtt311 = "MQTT-4.7.3-1")
    void a_filter_has_at_least_one_character(Version version) {
        refused(version, "");
    }

    /** Mosquitto's 02-subpub-qos0-long-topic; the specification leaves the limit to the server. */
    @ParameterizedTest
    @EnumSource(Version.class)
    void names_and_filters_have_at_most_200_separators(Version version) {
        for (String deep : new String[] {"/".repeat(200), "abc/".repeat(199) + id("d")}) {
            Peer peer = connect(version, "c").subscribe(deep, 0);
            peer.publish(deep, "x", 0, false);
            assertThat(peer.expectMessage("x").topic()).isEqualTo(deep);
        }
        refused(version, "/".repeat(201), "abc/".repeat(201) + "d");
        Peer peer = connect(version, "c");
        peer.send(peer.publishBytes(0x30, "/".repeat(201), 0, Wire.properties(), "x"))
                .expectRefusal(MALFORMED_PACKET, PROTOCOL_ERROR);
    }

    /** Filter and name below the topic of the case, and whether they match. */
    private void matches(Version version, String filter, String name, boolean expected) {
        Peer subscriber = connect(version, "m").subscribe(topic(filter), 0).subscribe(topic("marker"), 0);
        Peer publisher = connect(version, "p");

        publisher.publish(topic(name), "x", 0, false).publish(topic("marker"), "marker", 0, false);

        if (expected) {
            assertThat(subscriber.expectMessage("x").topic()).isEqualTo(topic(name));
        }
        subscriber.expectMessage("marker");
        subscriber.disconnect();
        publisher.disconnect();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-4.7.1-1", "MQTT-4.7.1-2", "MQTT-3.3.2-3"},
            mqtt311 = {"MQTT-4.7.1-2", "MQTT-4.7.1-3", "MQTT-3.3.2-3"})
    void filters_match_as_the_specification_says(Version version) {
        matches(version, "a/#", "a", true);
        matches(version, "a/#", "a/b/c", true);
        matches(version, "a/#", "ab", false);
        matches(version, "a", "a/b", false);
        matches(version, "a/+", "a/b", true);
        matches(version, "a/+", "a", false);
        matches(version, "a/+", "a/", true);
        matches(version, "a/+", "a/b/c", false);
        matches(version, "a/+/c", "a//c", true);
        matches(version, "+/b/#", "a/b", true);
        matches(version, "a/b/", "a/b", false);
        matches(version, "/a", "a", false);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.7.3-4", mqtt311 = "MQTT-4.7.3-4")
    void topics_that_only_look_alike_are_different(Version version) {
        matches(version, "a", "A", false);
        matches(version, "a b", "a  b", false);
        matches(version, "a//b", "a/b", false);
        matches(version, "a/../b", "b", false);
        matches(version, "caf\u00e9", "cafe\u0301", false);
        matches(version, "cafe\u0301", "cafe\u0301", true);
        matches(version, "\u212b", "\u00c5", false);
        matches(version, "%41", "A", false);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.7.2-1", mqtt311 = "MQTT-4.7.2-1")
    void a_leading_wildcard_does_not_match_names_that_begin_with_a_dollar(Version version) {
        String hidden = "$conformance" + id("") + "/a";
        Peer insider = connect(version, "i").subscribe("$conformance" + id("") + "/#", 0);
        Peer subscriber = connect(version, "s");
        subscriber.send(packet(
                0x82, u16(1), subscriber.section(), string("#"), u8(0), string("+/a"), u8(0), string("+/#"), u8(0)));
        subscriber.expect(Frame.SUBACK, 1);

        Peer publisher = connect(version, "p").publish(hidden, "hidden", 0, false);
        publisher.publish(topic("a"), "marker", 0, false);

        insider.expectMessage("hidden");
        Received message = subscriber.expectMessage();
        while (!message.text().equals("marker")) {
            // What other cases left retained.
            assertThat(message.topic()).doesNotStartWith("$");
            message = subscriber.expectMessage();
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-4.7.3-3", mqtt311 = "MQTT-4.7.3-3")
    void the_longest_topic_that_there_is_works(Version version) {
        String base = topic("");
        String longest = base + "x".repeat(65_535 - base.length());
        Peer subscriber = connect(version, "s").subscribe(longest, 0);

        connect(version, "p").publish(longest, "x", 0, false);

        assertThat(subscriber.expectMessage("x").topic()).isEqualTo(longest);
    }
}
