package io.alicia.mqtt.testkit.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.alicia.mqtt.homeassistant.live.HomeAssistantOptions;
import io.alicia.mqtt.homeassistant.live.LiveDevice;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.testkit.As;
import io.alicia.mqtt.testkit.MqttTest;
import io.alicia.mqtt.testkit.TestBroker;
import io.alicia.mqtt.testkit.fault.Fault;
import io.alicia.mqtt.testkit.fault.InjectedFault;
import io.alicia.mqtt.testkit.fault.Packets;
import io.alicia.mqtt.topic.NoLevels;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand entities of a hundred devices, over the real client and the embedded broker. */
@MqttTest
class ManyEntitiesTest {

    private static final int DEVICES = 100;
    private static final int ENTITIES = 100;
    private static final int IN_FLIGHT = 16;
    private static final Duration SECONDS_NOT_MINUTES = Duration.ofSeconds(30);

    @Test
    @Timeout(180)
    void are_announced_in_seconds_and_again_after_a_restart_with_few_in_flight(
            TestBroker broker, @As("alicia") AliciaMqtt homeAssistant) {
        AtomicInteger appeared = new AtomicInteger();
        AtomicInteger messages = new AtomicInteger();
        try (AliciaMqtt house = broker.connect(
                "alicia",
                client -> client.clientIdentifier("house")
                        .homeAssistant(HomeAssistantOptions.builder()
                                .origin(Origin.builder().name("house").build())
                                .longestDelay(Duration.ZERO)
                                .inFlight(IN_FLIGHT)
                                .restartMessagesPerSecond(100_000)
                                .build()))) {
            Disposable reading = homeAssistant.homeAssistant().discovered().subscribe(change -> {
                assertThat(change).isInstanceOf(DiscoveryChange.Appeared.class);
                appeared.incrementAndGet();
            });
            Disposable counting = homeAssistant
                    .homeAssistant()
                    .announcements()
                    .filter(message -> message.payload().toUtf8().contains("\"cmps\""))
                    .subscribe(message -> messages.incrementAndGet());
            homeAssistant.subscribed().blockingAwait();
            for (int d = 0; d < DEVICES; d++) {
                LiveDevice device = house.homeAssistant()
                        .device(
                                "d" + d,
                                Device.builder().addIdentifiers("d" + d).build());
                for (int e = 0; e < ENTITIES; e++) {
                    device.sensor("e" + e, sensor -> sensor.unitOfMeasurement("W"));
                }
                device.announce().blockingAwait();
            }
            await().atMost(SECONDS_NOT_MINUTES).until(() -> appeared.get() == DEVICES * ENTITIES);
            reading.dispose();
            await().until(() -> messages.get() == DEVICES);
            house.subscribed().blockingAwait();
            messages.set(0);

            try (InjectedFault unanswered = broker.faults()
                    .always(new Fault.Hold(Packets.of(Kind.PUBACK).toClient("house")))) {
                publish(homeAssistant, "homeassistant/status", "online");
                await().until(() -> messages.get() >= IN_FLIGHT);
                fence(house, homeAssistant);

                assertThat(messages).hasValue(IN_FLIGHT);
                assertThat(unanswered.hits()).isPositive();
            }
            await().atMost(SECONDS_NOT_MINUTES).until(() -> messages.get() == DEVICES);
            counting.dispose();
        }
    }

    /** What the house has sent before has reached the broker and the other client after this. */
    private static void fence(AliciaMqtt house, AliciaMqtt homeAssistant) {
        var fence = homeAssistant
                .topic(TopicTemplate.fixed("alicia/entities/fence"), PayloadCodec.text())
                .messages()
                .test();
        homeAssistant.subscribed().blockingAwait();
        publish(house, "alicia/entities/fence", "now");
        await().until(() -> !fence.values().isEmpty());
        fence.cancel();
    }

    private static void publish(AliciaMqtt client, String topic, String payload) {
        client.topic(TopicTemplate.fixed(topic), PayloadCodec.text())
                .withQos(Qos.AT_MOST_ONCE)
                .publish(NoLevels.NONE, payload)
                .blockingAwait();
    }
}
