package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicAliasTest {

    private final EmbeddedBroker broker =
            EmbeddedBroker.builder().tcp(0).allowAnonymous().start();

    @AfterEach
    void stop() {
        broker.close();
    }

    private static Publish aliased(@Nullable String topic, int alias) {
        return new Publish(
                topic == null ? null : TopicName.of(topic),
                Unpooled.wrappedBuffer(new byte[] {'x'}),
                Qos.AT_MOST_ONCE,
                false,
                false,
                0,
                alias,
                List.of(),
                PublishProperties.NONE);
    }

    @Test
    void stands_for_the_topic_that_it_was_last_sent_with() {
        try (RawClient client = RawClient.v5(broker);
                RawClient subscriber = RawClient.v3(broker).connected("s").subscribed("#", Qos.AT_MOST_ONCE)) {
            assertThat(client.connect("c").properties().topicAliasMaximum()).isEqualTo(10);
            client.send(aliased("one", 1));
            client.send(aliased(null, 1));
            client.send(aliased("two", 1));
            client.send(aliased(null, 1));

            assertThat(subscriber.receivePublish().topic()).hasToString("one");
            assertThat(subscriber.receivePublish().topic()).hasToString("one");
            assertThat(subscriber.receivePublish().topic()).hasToString("two");
            assertThat(subscriber.receivePublish().topic()).hasToString("two");
        }
    }

    @Test
    void above_the_maximum_closes_the_connection() {
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.send(aliased("one", 11));

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.TOPIC_ALIAS_INVALID);
        }
    }

    @Test
    void that_was_never_set_closes_the_connection() {
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.send(aliased(null, 3));

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 20})
    void is_made_for_as_many_topics_as_max_topic_alias_broker_allows(int maximum) {
        ConnectProperties many =
                ConnectProperties.builder().topicAliasMaximum(100).build();
        try (EmbeddedBroker other = EmbeddedBroker.builder()
                        .allowAnonymous()
                        .listener(ListenerConfig.builder()
                                .maxTopicAliasBroker(maximum)
                                .build())
                        .start();
                RawClient client = RawClient.v5(other);
                RawClient publisher = RawClient.v5(other).connected("p")) {
            client.connect("c", true, many);
            client.subscribed("#", Qos.AT_MOST_ONCE);
            int topics = maximum + 2;
            List<Integer> aliases = new ArrayList<>();
            for (int i = 0; i < topics; i++) {
                publisher.publish("t" + i, "x", Qos.AT_MOST_ONCE, false, 0);
                aliases.add(client.receivePublish().topicAlias());
            }

            assertThat(aliases.subList(0, maximum))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, maximum).boxed().toList());
            assertThat(aliases.subList(maximum, topics)).containsOnly(0);
        }
    }

    @Test
    void is_made_by_the_broker_for_a_client_that_takes_it() {
        ConnectProperties two = ConnectProperties.builder().topicAliasMaximum(2).build();
        try (RawClient client = RawClient.v5(broker);
                RawClient publisher = RawClient.v5(broker).connected("p")) {
            client.connect("c", true, two);
            client.subscribed("#", Qos.AT_MOST_ONCE);
            for (String topic : List.of("one", "one", "two", "three", "three")) {
                publisher.publish(topic, topic, Qos.AT_MOST_ONCE, false, 0);
            }

            List<Publish> received = List.of(
                    client.receivePublish(),
                    client.receivePublish(),
                    client.receivePublish(),
                    client.receivePublish(),
                    client.receivePublish());
            assertThat(received).extracting(Publish::topicAlias).containsExactly(1, 1, 2, 0, 0);
            assertThat(received)
                    .extracting(publish -> String.valueOf(publish.topic()))
                    .containsExactly("one", "null", "two", "three", "three");
            assertThat(received)
                    .extracting(publish -> text(publish))
                    .containsExactly("one", "one", "two", "three", "three");
        }
    }
}
