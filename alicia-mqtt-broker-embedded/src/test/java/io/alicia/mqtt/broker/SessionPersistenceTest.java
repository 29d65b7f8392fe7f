package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.protocol.Unsuback;
import io.alicia.mqtt.broker.protocol.Unsubscribe;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.RetainHandling;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of sessions is there again after a stop and a start. */
class SessionPersistenceTest extends RestartedBroker {

    @Test
    void a_session_has_its_subscriptions_with_their_options_again() {
        try (RawClient client = persistent("c")) {
            client.subscribe(
                    7,
                    new Subscription(
                            TopicFilter.of("a/+"), Qos.AT_LEAST_ONCE, true, true, RetainHandling.SEND_AT_SUBSCRIBE));
            client.subscribed("b", Qos.AT_MOST_ONCE).subscribed("ended", Qos.AT_LEAST_ONCE);
            client.send(new Unsubscribe(11, List.of(TopicFilter.of("ended")), List.of()));
            client.receive(Unsuback.class);
        }

        restart();

        try (RawClient client = back("c")) {
            publish("a/1", "one", Qos.EXACTLY_ONCE, true);
            Publish received = client.receivePublish();
            assertThat(received.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
            assertThat(received.retain()).as("retain as published").isTrue();
            assertThat(received.subscriptionIdentifiers()).containsExactly(7);
            client.send(new Puback(received.packetIdentifier()));
            client.publish("a/2", "own", Qos.AT_MOST_ONCE, false, 0);
            publish("b", "two", Qos.AT_LEAST_ONCE, false);
            assertThat(client.receivePublish().qos()).isEqualTo(Qos.AT_MOST_ONCE);
            publish("ended", "three", Qos.AT_LEAST_ONCE, false);
            client.expectNothingMore();
        }
    }

    @Test
    void members_share_a_subscription_as_before() {
        try (RawClient one = persistent("one").subscribed("$share/g/t", Qos.AT_LEAST_ONCE);
                RawClient two = persistent("two").subscribed("$share/g/t", Qos.AT_LEAST_ONCE)) {
            one.ping();
            two.ping();
        }

        restart();

        try (RawClient one = back("one");
                RawClient two = back("two")) {
            for (int i = 0; i < 4; i++) {
                publish("t", "m" + i, Qos.AT_LEAST_ONCE, false);
            }
            for (RawClient member : List.of(one, two, one, two)) {
                member.send(new Puback(member.receivePublish().packetIdentifier()));
            }
            one.expectNothingMore();
            two.expectNothingMore();
        }
    }

    @Test
    void a_session_expires_while_the_broker_is_down() {
        for (String clientIdentifier : List.of("short", "long")) {
            try (RawClient client = RawClient.v5(broker)) {
                client.connect(clientIdentifier, false, expiry(clientIdentifier.equals("short") ? 60 : 600));
            }
        }

        broker.close();
        time.pass(Duration.ofSeconds(61));
        start();

        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("short", false, DAY).sessionPresent()).isFalse();
        }
        time.pass(Duration.ofMinutes(9));
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("long", false, DAY).sessionPresent()).isFalse();
        }
    }

    @Test
    void a_session_without_expiry_is_gone() {
        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("t", Qos.AT_LEAST_ONCE)) {
            client.ping();
        }

        restart();

        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", false, DAY).sessionPresent()).isFalse();
        }
    }

    @Test
    void a_session_that_was_begun_anew_has_nothing_of_the_old_one() {
        try (RawClient client = persistent("c")) {
            client.subscribed("t", Qos.AT_LEAST_ONCE);
        }
        publish("t", "old", Qos.AT_LEAST_ONCE, false);
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", true, DAY);
            client.subscribed("u", Qos.AT_LEAST_ONCE);
        }

        restart();

        try (RawClient client = back("c")) {
            publish("t", "new", Qos.AT_LEAST_ONCE, false);
            publish("u", "yes", Qos.AT_LEAST_ONCE, false);
            assertThat(text(client.receivePublish())).isEqualTo("yes");
        }
    }

    @Test
    void a_session_that_was_begun_anew_takes_a_message_under_an_identifier_of_the_old_one() {
        try (RawClient subscriber = RawClient.v5(broker).connected("s").subscribed("t", Qos.AT_LEAST_ONCE);
                RawClient before = persistent("c");
                RawClient anew = RawClient.v5(broker)) {
            before.publish("t", "old", Qos.EXACTLY_ONCE, false, 7);
            before.receive(Pubrec.class);

            anew.connect("c", true, DAY);
            anew.publish("t", "new", Qos.EXACTLY_ONCE, false, 7);
            assertThat(anew.receive(Pubrec.class).reasonCode().isError()).isFalse();
            anew.send(new Pubrel(7));
            anew.receive(Pubcomp.class);

            assertThat(text(subscriber.receivePublish())).isEqualTo("old");
            assertThat(text(subscriber.receivePublish())).isEqualTo("new");
        }
    }

    @Test
    void a_will_waits_on_through_the_restart() {
        Will will = new Will(
                TopicName.of("gone"), BinaryData.ofUtf8("c"), Qos.AT_LEAST_ONCE, true, 100, PublishProperties.NONE);
        RawClient.v5(broker).connect("c", will, DAY);

        restart();
        time.pass(Duration.ofSeconds(99));
        assertThat(broker.retained(TopicName.of("gone"))).isEmpty();
        restart();
        time.pass(Duration.ofSeconds(2));

        try (RawClient watcher = RawClient.v5(broker).connected("w").subscribed("gone", Qos.AT_LEAST_ONCE)) {
            assertThat(text(watcher.receivePublish())).isEqualTo("c");
        }
    }

    @Test
    void a_will_whose_client_comes_back_is_not_published() {
        Will will = new Will(
                TopicName.of("gone"), BinaryData.ofUtf8("c"), Qos.AT_LEAST_ONCE, true, 30, PublishProperties.NONE);
        RawClient.v5(broker).connect("c", will, DAY);
        restart();

        try (RawClient client = back("c")) {
            time.pass(Duration.ofSeconds(40));
            client.ping();
        }

        assertThat(broker.retained(TopicName.of("gone"))).isEmpty();
    }

    @Test
    void a_client_that_says_goodbye_has_no_will_after_the_restart() {
        Will will = new Will(
                TopicName.of("gone"), BinaryData.ofUtf8("c"), Qos.AT_LEAST_ONCE, true, 100, PublishProperties.NONE);
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", will, DAY);
            client.send(new Disconnect(ReasonCode.SUCCESS));
            client.expectClosed();
        }
        restart();
        time.pass(Duration.ofSeconds(200));

        try (RawClient client = back("c")) {
            client.ping();
        }
        assertThat(broker.retained(TopicName.of("gone"))).isEmpty();
    }

    @Test
    void client_identifiers_that_look_alike_are_different_clients() {
        List<String> alike = List.of(
                "c",
                "C",
                "c ",
                " c",
                "c/",
                "/c",
                "c//",
                "1",
                "01",
                "c:1",
                "c|1",
                "c,1",
                "c.1",
                "c#",
                "c+",
                "\u00e9",
                "e\u0301",
                "\uD83D\uDE00",
                "sessions",
                "null",
                "x".repeat(300),
                "x".repeat(301));
        for (String clientIdentifier : alike) {
            try (RawClient client = persistent(clientIdentifier)) {
                client.subscribed("to/" + alike.indexOf(clientIdentifier), Qos.AT_LEAST_ONCE);
            }
            publish("to/" + alike.indexOf(clientIdentifier), clientIdentifier, Qos.AT_LEAST_ONCE, false);
        }
        broker.forgetSession("c//");
        restart();

        for (String clientIdentifier : alike) {
            try (RawClient client = RawClient.v5(broker)) {
                boolean present = client.connect(clientIdentifier, false, DAY).sessionPresent();
                assertThat(present).as(clientIdentifier).isEqualTo(!clientIdentifier.equals("c//"));
                if (present) {
                    assertThat(text(client.receivePublish())).isEqualTo(clientIdentifier);
                }
                client.expectNothingMore();
            }
        }
    }

    private EmbeddedBroker startedWithRules() {
        return EmbeddedBroker.builder()
                .tcp(0)
                .account("reader", "secret")
                .account("writer", "secret")
                .access(AccessPolicy.builder()
                        .account("reader")
                        .mayReceive("open/#")
                        .account("writer")
                        .mayPublish("#")
                        .build())
                .persistence(directory.resolve("mosquitto.db"))
                .time(time, time)
                .start();
    }

    @Test
    void a_client_that_has_not_come_back_yet_is_still_judged_by_its_account() {
        broker.close();
        broker = startedWithRules();
        try (RawClient reader = RawClient.v5(broker)) {
            reader.connect(reader.connectPacket("r", false, 60, "reader", "secret", null, DAY));
            reader.subscribed("#", Qos.AT_LEAST_ONCE);
        }
        broker.close();
        broker = startedWithRules();

        try (RawClient writer = RawClient.v5(broker)) {
            writer.connect("w", "writer", "secret");
            writer.publishAndAwait("secret/plan", "not for readers", Qos.AT_LEAST_ONCE, false);
            writer.publishAndAwait("open/news", "for readers", Qos.AT_LEAST_ONCE, false);
        }

        try (RawClient reader = RawClient.v5(broker)) {
            reader.connect(reader.connectPacket("r", false, 60, "reader", "secret", null, DAY));
            assertThat(text(reader.receivePublish())).isEqualTo("for readers");
            reader.expectNothingMore();
        }
    }

    @Test
    void a_broker_with_other_event_loops_takes_the_sessions_over() {
        for (int i = 0; i < 10; i++) {
            try (RawClient client = persistent("c" + i)) {
                client.subscribed("t", Qos.AT_LEAST_ONCE);
            }
        }
        publish("t", "for all", Qos.AT_LEAST_ONCE, false);

        broker.close();
        broker = started(5);

        for (int i = 0; i < 10; i++) {
            try (RawClient client = back("c" + i)) {
                assertThat(text(client.receivePublish())).isEqualTo("for all");
            }
        }
    }

    @Test
    void a_second_broker_with_the_same_file_does_not_start_and_the_first_goes_on() {
        assertThatThrownBy(() -> started(1))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Unable to restore persistent database '" + directory.resolve("mosquitto.db")
                        + "': another process has it open.");

        publish("t", "x", Qos.AT_LEAST_ONCE, true);
        assertThat(broker.retainedMessages()).isEqualTo(1);
    }
}
