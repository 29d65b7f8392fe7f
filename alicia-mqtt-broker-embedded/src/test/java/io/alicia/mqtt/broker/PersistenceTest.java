package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which messages are there again after a stop and a start. */
class PersistenceTest extends RestartedBroker {

    @ParameterizedTest
    @EnumSource
    void a_retained_message_of_any_qos_is_retained_still(Qos qos) {
        publish("lamp", "on", qos, true);
        publish("gone", "x", qos, true);
        publish("gone", "", qos, true);

        restart();

        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("#", Qos.EXACTLY_ONCE)) {
            Publish retained = client.receivePublish();
            assertThat(text(retained)).isEqualTo("on");
            assertThat(retained.retain()).isTrue();
            assertThat(retained.qos()).isEqualTo(qos);
            client.expectNothingMore();
        }
        assertThat(broker.retainedMessages()).isEqualTo(1);
    }

    private static PublishProperties propertiesWithExpiry(long seconds) {
        return PublishProperties.builder()
                .messageExpiryIntervalSeconds(seconds)
                .contentType("text/plain")
                .responseTopic("answers")
                .correlationData(BinaryData.ofUtf8("7"))
                .addUserProperties(new UserProperty("a", "1"), new UserProperty("a", "2"))
                .build();
    }

    @Test
    void a_message_keeps_its_properties_and_its_expiry_counts_while_the_broker_is_down() {
        try (RawClient publisher = RawClient.v5(broker).connected("publisher")) {
            publisher.publish("long", "x", Qos.AT_LEAST_ONCE, true, 1, propertiesWithExpiry(100));
            publisher.receive(Puback.class);
            publisher.publish(
                    "short",
                    "x",
                    Qos.AT_LEAST_ONCE,
                    true,
                    1,
                    PublishProperties.builder()
                            .messageExpiryIntervalSeconds(30L)
                            .build());
            publisher.receive(Puback.class);
        }

        broker.close();
        time.pass(Duration.ofSeconds(40));
        start();

        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("#", Qos.AT_LEAST_ONCE)) {
            Publish received = client.receivePublish();
            assertThat(received.topic()).isEqualTo(TopicName.of("long"));
            assertThat(received.properties()).isEqualTo(propertiesWithExpiry(60));
            client.expectNothingMore();
        }
    }

    @Test
    void queued_messages_wait_in_their_order() {
        try (RawClient client = persistent("c")) {
            client.subscribed("t", Qos.EXACTLY_ONCE);
        }
        publish("t", "one", Qos.AT_LEAST_ONCE, false);
        publish("t", "two", Qos.EXACTLY_ONCE, false);
        restart();
        publish("t", "three", Qos.AT_LEAST_ONCE, false);

        restart();

        try (RawClient client = back("c")) {
            List<Publish> received = List.of(client.receivePublish(), client.receivePublish(), client.receivePublish());
            assertThat(received).extracting(RawClient::text).containsExactly("one", "two", "three");
            assertThat(received).noneMatch(Publish::dup);
            received.forEach(publish -> finish(client, publish));
            client.expectNothingMore();
        }
        restart();
        try (RawClient client = back("c")) {
            client.expectNothingMore();
        }
    }

    private static void finish(RawClient client, Publish publish) {
        if (publish.qos() == Qos.AT_LEAST_ONCE) {
            client.send(new Puback(publish.packetIdentifier()));
        } else {
            client.send(new Pubrec(publish.packetIdentifier()));
            client.receive(Pubrel.class);
            client.send(new Pubcomp(publish.packetIdentifier()));
        }
    }

    @Test
    void what_was_on_its_way_is_sent_again_with_dup_under_its_identifier_and_before_anything_new() {
        int first;
        int second;
        try (RawClient client = persistent("c")) {
            client.subscribed("t", Qos.EXACTLY_ONCE);
            publish("t", "one", Qos.AT_LEAST_ONCE, false);
            publish("t", "two", Qos.EXACTLY_ONCE, false);
            first = client.receivePublish().packetIdentifier();
            second = client.receivePublish().packetIdentifier();
        }
        restart();
        publish("t", "three", Qos.AT_LEAST_ONCE, false);

        try (RawClient client = back("c")) {
            Publish one = client.receivePublish();
            assertThat(one.dup()).isTrue();
            assertThat(one.packetIdentifier()).isEqualTo(first);
            assertThat(text(one)).isEqualTo("one");
            Publish three = client.receivePublish();
            Publish two = client.receivePublish();
            if (text(three).equals("two")) {
                Publish swap = three;
                three = two;
                two = swap;
            }
            assertThat(two.dup()).isTrue();
            assertThat(two.packetIdentifier()).isEqualTo(second);
            assertThat(three.dup()).isFalse();
            assertThat(three.packetIdentifier()).isNotIn(first, second);
        }
    }

    /** As Mosquitto does, whose own tests of bridges rest on it. */
    @Test
    void packet_identifiers_are_counted_on_from_where_they_were() {
        try (RawClient client = persistent("c").subscribed("#", Qos.AT_LEAST_ONCE)) {
            publish("lamp", "1", Qos.AT_LEAST_ONCE, false);
            publish("lamp", "2", Qos.AT_LEAST_ONCE, false);
            finish(client, client.receivePublish());
            finish(client, client.receivePublish());
            client.expectNothingMore();
        }

        restart();

        try (RawClient client = back("c")) {
            publish("lamp", "3", Qos.AT_LEAST_ONCE, false);
            assertThat(client.receivePublish().packetIdentifier()).isEqualTo(3);
        }
    }

    @Test
    void a_message_that_was_released_is_only_released_again() {
        int identifier;
        try (RawClient client = persistent("c")) {
            client.subscribed("t", Qos.EXACTLY_ONCE);
            publish("t", "one", Qos.EXACTLY_ONCE, false);
            identifier = client.receivePublish().packetIdentifier();
            client.send(new Pubrec(identifier));
            client.receive(Pubrel.class);
        }

        restart();

        try (RawClient client = back("c")) {
            assertThat(client.receive(Pubrel.class).packetIdentifier()).isEqualTo(identifier);
            client.send(new Pubcomp(identifier));
            client.expectNothingMore();
        }
    }

    @Test
    void a_qos_2_message_that_the_broker_has_is_not_published_twice() {
        try (RawClient subscriber = persistent("s")) {
            subscriber.subscribed("t", Qos.AT_LEAST_ONCE);
        }
        try (RawClient publisher = persistent("p")) {
            publisher.publish("t", "once", Qos.EXACTLY_ONCE, false, 5);
            publisher.receive(Pubrec.class);
        }

        restart();

        try (RawClient publisher = back("p")) {
            publisher.publish("t", "once", Qos.EXACTLY_ONCE, false, 5);
            publisher.receive(Pubrec.class);
            publisher.send(new Pubrel(5));
            assertThat(publisher.receive(Pubcomp.class).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            publisher.publish("t", "another", Qos.EXACTLY_ONCE, false, 5);
            publisher.receive(Pubrec.class);
        }
        try (RawClient subscriber = back("s")) {
            assertThat(text(subscriber.receivePublish())).isEqualTo("once");
            assertThat(text(subscriber.receivePublish())).isEqualTo("another");
            subscriber.expectNothingMore();
        }
    }
}
