package io.alicia.mqtt.testkit.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.AliciaMqttClientBuilder;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.alicia.mqtt.homeassistant.live.HomeAssistantOptions;
import io.alicia.mqtt.homeassistant.live.LiveDevice;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.testkit.MessageProbe;
import io.alicia.mqtt.testkit.MqttTest;
import io.alicia.mqtt.testkit.TestBroker;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Home Assistant whose birth and will message are set to something else. */
@MqttTest
class OwnStatusTest {

    private static final TopicName STATUS = TopicName.of("homeassistant/life");

    private TestBroker broker;

    @BeforeEach
    void keep(TestBroker testBroker) {
        broker = testBroker;
    }

    private AliciaMqttClientBuilder client() {
        return AliciaMqttClient.builder().server(broker.uri()).account("alicia", broker.password("alicia"));
    }

    private FakeHomeAssistant homeAssistant() {
        return FakeHomeAssistant.builder(() -> client().clientIdentifier("ha"))
                .statusTopic(STATUS)
                .statusOnline("alive")
                .statusOffline("dead")
                .start();
    }

    @Test
    void says_them_whenever_it_comes_and_goes_and_nothing_else() {
        try (MessageProbe said = broker.probeAs("alicia", "homeassistant/#")) {
            try (FakeHomeAssistant homeAssistant = homeAssistant()) {
                homeAssistant.restart();
            }

            await().untilAsserted(() -> assertThat(said.messages("homeassistant/#"))
                    .extracting(
                            ApplicationMessage::topic,
                            message -> message.payload().toUtf8())
                    .containsExactly(
                            tuple(STATUS, "alive"),
                            tuple(STATUS, "dead"),
                            tuple(STATUS, "alive"),
                            tuple(STATUS, "dead")));
        }
    }

    @Test
    void says_them_by_its_will_when_its_connection_breaks() {
        try (FakeHomeAssistant homeAssistant = homeAssistant();
                MessageProbe said = broker.probeAs("alicia", "homeassistant/#")) {
            assertThat(homeAssistant.entities()).isEmpty();

            broker.broker().disconnect("ha");

            said.awaits(STATUS.value(), "dead");
            said.awaits(STATUS.value(), "alive");
        }
    }

    @Test
    void brings_the_announcements_of_who_knows_of_them() {
        try (AliciaMqtt house = client().homeAssistant(HomeAssistantOptions.builder()
                                .origin(Origin.builder().name("house").build())
                                .statusTopic(STATUS)
                                .statusOnline("alive")
                                .statusOffline("dead")
                                .longestDelay(Duration.ZERO)
                                .build())
                        .connect();
                FakeHomeAssistant homeAssistant = homeAssistant()) {
            LiveDevice hall = house.homeAssistant()
                    .device("hall", Device.builder().addIdentifiers("hall").build());
            hall.onOff("plug", plug -> plug);
            hall.announce().blockingAwait();
            homeAssistant.awaitEntity("hall_plug");
            try (MessageProbe said = broker.probeAs("alicia", "homeassistant/device/#")) {
                said.awaits("homeassistant/device/hall/config");
                said.clear();

                homeAssistant.restart();

                said.awaits("homeassistant/device/hall/config");
            }
        }
    }

    @Test
    void are_not_the_same() {
        FakeHomeAssistantBuilder builder =
                FakeHomeAssistant.builder(this::client).statusOnline("here").statusOffline("here");

        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("here");
    }
}
