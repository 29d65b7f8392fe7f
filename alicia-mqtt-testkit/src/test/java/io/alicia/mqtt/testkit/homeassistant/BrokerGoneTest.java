package io.alicia.mqtt.testkit.homeassistant;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.testkit.TestBroker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A test may stop its broker before its Home Assistant. */
class BrokerGoneTest {

    /** Less than the ten seconds that a Home Assistant waits for anything. */
    private static final Duration SOON = Duration.ofSeconds(8);

    private final TestBroker broker = TestBroker.start();
    private final FakeHomeAssistant homeAssistant = FakeHomeAssistant.start(
            () -> AliciaMqttClient.builder().server(broker.uri()).account("alicia", broker.password("alicia")));

    @Test
    void it_goes_down_without_its_broker() {
        broker.close();

        assertTimeoutPreemptively(SOON, homeAssistant::close);
    }

    @Test
    void it_says_that_it_cannot_come_up_again() {
        broker.close();

        assertTimeoutPreemptively(
                SOON, () -> assertThatThrownBy(homeAssistant::restart).isInstanceOf(ConnectFailedException.class));
        assertTimeoutPreemptively(SOON, homeAssistant::close);
    }
}
