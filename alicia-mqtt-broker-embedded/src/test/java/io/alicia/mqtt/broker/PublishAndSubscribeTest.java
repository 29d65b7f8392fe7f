package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishAndSubscribeTest {

    private final EmbeddedBroker broker =
            EmbeddedBroker.builder().tcp(0).allowAnonymous().start();

    @AfterEach
    void stop() {
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    void delivers_qos_0(MqttVersion version) {
        try (RawClient subscriber = RawClient.of(version, broker).connected("s").subscribed("a/+", Qos.EXACTLY_ONCE);
                RawClient publisher = RawClient.of(version, broker).connected("p")) {
            publisher.publish("a/b", "hello", Qos.AT_MOST_ONCE, false, 0);

            Publish received = subscriber.receivePublish();
            assertThat(received.topic()).hasToString("a/b");
            assertThat(RawClient.text(received)).isEqualTo("hello");
            assertThat(received.qos()).isEqualTo(Qos.AT_MOST_ONCE);
            assertThat(received.retain()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void delivers_qos_1_and_acknowledges_it(MqttVersion version) {
        try (RawClient subscriber = RawClient.of(version, broker).connected("s").subscribed("a/#", Qos.AT_LEAST_ONCE);
                RawClient publisher = RawClient.of(version, broker).connected("p")) {
            publisher.publish("a/b", "hello", Qos.AT_LEAST_ONCE, false, 7);

            assertThat(publisher.receive(Puback.class)).isEqualTo(new Puback(7));
            Publish received = subscriber.receivePublish();
            assertThat(received.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
            subscriber.send(new Puback(received.packetIdentifier()));
            subscriber.expectNothingMore();
        }
    }

    @ParameterizedTest
    @EnumSource
    void delivers_qos_2_exactly_once(MqttVersion version) {
        try (RawClient subscriber = RawClient.of(version, broker).connected("s").subscribed("a/#", Qos.EXACTLY_ONCE);
                RawClient publisher = RawClient.of(version, broker).connected("p")) {
            publisher.publish("a/b", "hello", Qos.EXACTLY_ONCE, false, 7);
            assertThat(publisher.receive(Pubrec.class)).isEqualTo(new Pubrec(7));
            publisher.publish("a/b", "hello", Qos.EXACTLY_ONCE, false, 7);
            assertThat(publisher.receive(Pubrec.class)).isEqualTo(new Pubrec(7));
            publisher.send(new Pubrel(7));
            assertThat(publisher.receive(Pubcomp.class)).isEqualTo(new Pubcomp(7));

            Publish received = subscriber.receivePublish();
            assertThat(received.qos()).isEqualTo(Qos.EXACTLY_ONCE);
            subscriber.send(new Pubrec(received.packetIdentifier()));
            assertThat(subscriber.receive(Pubrel.class).packetIdentifier()).isEqualTo(received.packetIdentifier());
            subscriber.send(new Pubcomp(received.packetIdentifier()));
            subscriber.expectNothingMore();
        }
    }

    @Test
    void tells_an_mqtt_5_publisher_that_nobody_subscribed() {
        try (RawClient publisher = RawClient.v5(broker).connected("p")) {
            publisher.publish("nobody/listens", "", Qos.AT_LEAST_ONCE, false, 1);

            assertThat(publisher.receive(Puback.class).reasonCode()).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
        }
    }

    @Test
    void reaches_subscribers_on_every_event_loop() {
        try (RawClient one = RawClient.v5(broker).connected("1").subscribed("t", Qos.AT_MOST_ONCE);
                RawClient two = RawClient.v5(broker).connected("2").subscribed("t", Qos.AT_MOST_ONCE);
                RawClient three = RawClient.v3(broker).connected("3").subscribed("t", Qos.AT_MOST_ONCE);
                RawClient publisher = RawClient.v3(broker).connected("p")) {
            for (int i = 0; i < 100; i++) {
                publisher.publish("t", "message " + i, Qos.AT_MOST_ONCE, false, 0);
            }

            for (RawClient subscriber : new RawClient[] {one, two, three}) {
                for (int i = 0; i < 100; i++) {
                    assertThat(RawClient.text(subscriber.receivePublish())).isEqualTo("message " + i);
                }
            }
        }
    }
}
