package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.packet;
import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static io.alicia.mqtt.broker.conformance.Wire.property;
import static io.alicia.mqtt.broker.conformance.Wire.string;
import static io.alicia.mqtt.broker.conformance.Wire.u16;
import static io.alicia.mqtt.broker.conformance.Wire.u32;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Shared Subscriptions (MQTT 5 §4.8.2). */
class SharedConformanceTest extends ConformanceTest {

    private static final Version V5 = Version.V5;

    SharedConformanceTest(BrokerKind kind) {
        super(kind);
    }

    private String shared() {
        return "$share/group/" + topic("a");
    }

    @Test
    @Statement(mqtt5 = {"MQTT-4.8.2-1", "MQTT-4.8.2-2"})
    @MosquittoDiffers("2.0 accepts some of these filters")
    void a_share_name_is_not_empty_has_no_wildcard_and_is_followed_by_a_filter() {
        for (String wrong :
                new String[] {"$share//a", "$share/g", "$share/g/", "$share/+/a", "$share/g#/a", "$share/"}) {
            Peer peer = connect(V5, "c");
            peer.send(packet(0x82, u16(1), properties(), string(wrong), u8(0)));
            peer.expectRefusal(0x81, 0x82, 0x8F);
        }
    }

    @Test
    @Statement(mqtt5 = {"MQTT-4.8.2-1", "MQTT-4.8.2-2", "MQTT-4.8.2-3"})
    void each_member_gets_its_part_with_the_qos_that_it_was_granted() {
        Peer first = connect(V5, "a").subscribe(topic("end"), 0).subscribe(shared(), 0);
        Peer second = connect(V5, "b").subscribe(topic("end"), 0).subscribe(shared(), 1);
        Peer alone = connect(V5, "d").subscribe(topic("a"), 0);
        Peer publisher = connect(V5, "p");
        for (int i = 0; i < 20; i++) {
            publisher.publish(topic("a"), "m" + i, 2, false);
            alone.expectMessage("m" + i);
        }
        publisher.publish(topic("end"), "end", 0, false);

        int firstShare = messagesUntilEnd(first, 0);
        int secondShare = messagesUntilEnd(second, 1);

        assertThat(firstShare + secondShare).isEqualTo(20);
        assertThat(firstShare).isPositive();
        assertThat(secondShare).isPositive();
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.10.4-1", "MQTT-3.10.4-2"})
    void a_member_that_unsubscribes_has_no_part_any_more() {
        Peer leaving = connect(V5, "a").subscribe(shared(), 0);
        Peer staying = connect(V5, "b").subscribe(shared(), 0);
        Peer publisher = connect(V5, "p");

        leaving.send(packet(0xA2, u16(1), properties(), string(topic("a"))));
        assertThat(leaving.codes(leaving.expect(Frame.UNSUBACK, 1)))
                .as("a filter that it is not subscribed to")
                .containsExactly(0x11);
        leaving.send(packet(0xA2, u16(2), properties(), string(shared())));
        assertThat(leaving.codes(leaving.expect(Frame.UNSUBACK, 2))).containsExactly(0x00);

        for (int i = 0; i < 10; i++) {
            publisher.publish(topic("a"), "m" + i, 0, false);
            staying.expectMessage("m" + i);
        }
        leaving.expectNothingBeforePing();
    }

    private static int messagesUntilEnd(Peer member, int qos) {
        int count = 0;
        Received message = member.expectMessage();
        while (!message.text().equals("end")) {
            assertThat(message.qos()).isEqualTo(qos);
            member.acknowledge(message);
            count++;
            message = member.expectMessage();
        }
        return count;
    }

    @Test
    @Statement(mqtt5 = "MQTT-4.8.2-4")
    void an_interrupted_qos_2_delivery_is_completed_for_the_same_member() {
        Connecting lasting = connecting(V5, "a").persistent();
        Peer member = connect(lasting).subscribe(shared(), 2);
        connect(V5, "p").publish(topic("a"), "mine", 2, false);
        int identifier = member.expectMessage("mine").identifier();
        Peer other = connect(V5, "b").subscribe(shared(), 2);
        member.raw.drop();
        awaitGone("a");

        Peer back = connect(lasting);

        Received again = back.expectMessage("mine");
        assertThat(again.identifier()).isEqualTo(identifier);
        back.acknowledge(again);
        other.expectNothingBeforePing();
    }

    @Test
    @Statement(mqtt5 = "MQTT-4.8.2-5")
    void a_qos_2_delivery_that_began_dies_with_its_members_session() {
        Peer member = connect(V5, "a").subscribe(shared(), 2);
        connect(V5, "p").publish(topic("a"), "mine", 2, false);
        member.expectMessage("mine");
        Peer other = connect(V5, "b").subscribe(shared(), 2);

        member.disconnect();
        awaitGone("a");

        other.expectNothingBeforePing();
    }

    @Test
    @Statement(mqtt5 = "MQTT-4.8.2-5")
    void a_qos_2_delivery_that_began_dies_when_its_members_session_expires() {
        Connecting brief = connecting(V5, "a").cleanStart(false).property(Wire.SESSION_EXPIRY_INTERVAL, u32(100));
        Peer member = connect(brief).subscribe(shared(), 2);
        connect(V5, "p").publish(topic("a"), "mine", 2, false);
        member.expectMessage("mine");
        Peer other = connect(V5, "b").subscribe(shared(), 2);
        member.raw.drop();
        awaitGone("a");

        elapse(101);

        other.expectNothingBeforePing();
    }

    @Test
    @Statement(mqtt5 = "MQTT-4.8.2-6")
    void what_a_member_refuses_goes_to_nobody_else() {
        Peer member = connect(V5, "a").subscribe(shared(), 2);
        connect(V5, "p").publish(topic("a"), "one", 1, false).publish(topic("a"), "two", 2, false);
        Received one = member.expectMessage("one");
        Received two = member.expectMessage("two");
        Peer other = connect(V5, "b").subscribe(shared(), 2);

        member.send(Peer.ack(0x40, one.identifier(), 0x87)).send(Peer.ack(0x50, two.identifier(), 0x87));
        member.expectNothingBeforePing();
        member.disconnect();
        awaitGone("a");

        other.expectNothingBeforePing();
    }

    @Test
    @Statement(mqtt5 = "MQTT-4.8.2-3")
    void a_subscription_identifier_of_a_shared_subscription_comes_with_its_messages() {
        Peer member = connect(V5, "a");
        member.subscribe(1, properties(property(Wire.SUBSCRIPTION_IDENTIFIER, u8(5))), shared(), 1);

        connect(V5, "p").publish(topic("a"), "x", 2, false);

        Received message = member.expectMessage("x");
        assertThat(message.qos()).isEqualTo(1);
        assertThat(message.properties().values(Wire.SUBSCRIPTION_IDENTIFIER)).containsExactly("5");
    }
}
