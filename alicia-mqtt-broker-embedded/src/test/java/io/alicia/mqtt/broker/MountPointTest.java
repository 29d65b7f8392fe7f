package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that comes back by a listener with a mount point, and may not see all that its session has for it. */
class MountPointTest {

    private static final ConnectProperties ONE_AT_A_TIME = ConnectProperties.builder()
            .sessionExpiryIntervalSeconds(100L)
            .receiveMaximum(1)
            .build();

    @TempDir
    private Path directory;

    private final TestTime time = new TestTime();
    private EmbeddedBroker broker;
    private RawClient publisher;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.builder()
                .tcp(0)
                .listener(ListenerConfig.builder().mountPoint("guests/").build())
                .allowAnonymous()
                .persistence(directory.resolve("mosquitto.db"))
                .configure(config -> config.sysInterval(Duration.ofSeconds(10)))
                .time(time, time)
                .start();
        publisher = RawClient.v5(broker).connected("publisher");
    }

    @AfterEach
    void stop() {
        publisher.close();
        broker.close();
    }

    private RawClient inTheHouse() {
        return comesBy(0);
    }

    private RawClient amongTheGuests() {
        return comesBy(1);
    }

    private RawClient comesBy(int listener) {
        RawClient client = RawClient.at(broker.addresses().get(listener).port());
        assertThat(client.connect("c", false, ONE_AT_A_TIME).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
        return client;
    }

    private void publish(String topic, Qos qos) {
        publisher.publishAndAwait(topic, "x", qos, false);
    }

    private void expectDropped(int messages) {
        assertThat(broker.counters().dropped(DropCause.OUTSIDE_MOUNT_POINT).sum())
                .isEqualTo(messages);
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void gets_what_is_inside_behind_all_that_waited_outside(Qos qos) {
        inTheHouse().subscribed("#", qos).close();
        await().until(() -> !broker.connectedClients().contains("c"));
        publish("secret", qos);
        publish("another", qos);
        publish("guests/news", qos);

        try (RawClient guest = amongTheGuests()) {
            assertThat(guest.receivePublish().topic()).hasToString("news");
            expectDropped(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void gets_what_is_inside_behind_what_was_on_its_way_and_is_outside(Qos qos) {
        try (RawClient client = inTheHouse().subscribed("#", qos)) {
            publish("secret", qos);
            assertThat(client.receivePublish().topic()).hasToString("secret");
            publish("guests/news", qos);
        }

        try (RawClient guest = amongTheGuests()) {
            assertThat(guest.receivePublish().topic()).hasToString("news");
            expectDropped(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void goes_on_with_its_subscriptions_but_gets_only_what_is_inside(Qos qos) {
        inTheHouse().subscribed("#", qos).close();

        try (RawClient guest = amongTheGuests()) {
            publish("secret", qos);
            publish("guests/news", qos);

            assertThat(guest.receivePublish().topic()).hasToString("news");
            expectDropped(1);
        }
    }

    @Test
    void does_not_get_what_was_dropped_when_it_is_inside_again() {
        inTheHouse().subscribed("#", Qos.AT_LEAST_ONCE).close();
        await().until(() -> !broker.connectedClients().contains("c"));
        publish("secret", Qos.AT_LEAST_ONCE);
        publish("guests/news", Qos.AT_LEAST_ONCE);
        try (RawClient guest = amongTheGuests()) {
            Publish news = guest.receivePublish();
            guest.send(new Puback(news.packetIdentifier()));
            guest.ping();
        }

        try (RawClient client = inTheHouse()) {
            client.expectNothingMore();
        }
    }

    @Test
    void is_counted_for_in_sys_with_what_is_dropped() {
        inTheHouse().subscribed("#", Qos.AT_LEAST_ONCE).close();
        try (RawClient guest = amongTheGuests();
                RawClient operator = RawClient.v5(broker)
                        .connected("operator")
                        .subscribed("$SYS/broker/publish/messages/dropped", Qos.AT_MOST_ONCE)) {
            assertThat(RawClient.text(operator.receivePublish())).isEqualTo("0");
            publish("secret", Qos.AT_LEAST_ONCE);
            guest.ping();

            time.pass(Duration.ofSeconds(10));

            assertThat(RawClient.text(operator.receivePublish())).isEqualTo("1");
        }
    }
}
