package io.alicia.mqtt.testkit.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.AliciaMqttClientBuilder;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.live.LiveDevice;
import io.alicia.mqtt.homeassistant.live.Orphan;
import io.alicia.mqtt.testkit.MqttTest;
import io.alicia.mqtt.testkit.TestBroker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By its origin a client finds what it announced in an earlier life, and must not take what others announce for that. */
@MqttTest
class OriginTest {

    /** Ample for a server in this process; nothing waits longer for it. */
    private static final Duration SETTLING = Duration.ofMillis(300);

    private static AliciaMqttClientBuilder client(TestBroker broker) {
        return AliciaMqttClient.builder().server(broker.uri()).account("alicia", broker.password("alicia"));
    }

    private static void announces(AliciaMqtt client, String id) {
        LiveDevice device = client.homeAssistant()
                .device(id, Device.builder().addIdentifiers(id).build());
        device.sensor("temperature", sensor -> sensor);
        device.announce().blockingAwait();
    }

    private static List<Orphan> orphans(AliciaMqtt client) {
        return client.homeAssistant().orphans(SETTLING).blockingGet();
    }

    @Test
    void a_client_of_no_name_does_not_take_what_its_accounts_other_clients_have_for_orphans(TestBroker broker) {
        try (AliciaMqtt heating = client(broker).connect();
                AliciaMqtt garden = client(broker).connect()) {
            announces(heating, "heating");

            assertThatIllegalStateException()
                    .isThrownBy(() -> orphans(garden))
                    .withMessageContaining("the origin a client of alicia may be that of other clients as well")
                    .withMessageContaining("give HomeAssistantOptions an origin, or the client an identifier");
            assertThatIllegalStateException()
                    .isThrownBy(() -> garden.homeAssistant().silent(SETTLING).blockingGet());
        }
    }

    @Test
    void by_its_identifier_it_finds_its_own_alone(TestBroker broker) {
        try (AliciaMqtt heating = client(broker).clientIdentifier("heating").connect();
                AliciaMqtt garden = client(broker).clientIdentifier("garden").connect()) {
            announces(heating, "boiler");
            announces(garden, "pump");

            assertThat(orphans(garden)).isEmpty();
        }

        try (AliciaMqtt again = client(broker).clientIdentifier("garden").connect()) {
            assertThat(orphans(again))
                    .extracting(orphan -> orphan.topic().objectId())
                    .containsExactly("pump");
        }
    }
}
