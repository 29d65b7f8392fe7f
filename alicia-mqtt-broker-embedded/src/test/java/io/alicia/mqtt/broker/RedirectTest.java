package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.protocol.ReasonCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {

    private static EmbeddedBroker start(boolean permanent) {
        return EmbeddedBroker.builder()
                .listener(ListenerConfig.builder()
                        .redirect(new ServerRedirect("other.example:1883", permanent))
                        .build())
                .start();
    }

    @ParameterizedTest
    @CsvSource({"false, USE_ANOTHER_SERVER", "true, SERVER_MOVED"})
    void names_the_other_server_to_an_mqtt_5_client(boolean permanent, ReasonCode reasonCode) {
        try (EmbeddedBroker broker = start(permanent);
                RawClient client = RawClient.v5(broker)) {
            Connack connack = client.connect("c");

            assertThat(connack.reasonCode()).isEqualTo(reasonCode);
            assertThat(connack.properties().serverReference()).isEqualTo("other.example:1883");
            client.expectClosed();
            assertThat(broker.connectedClients()).isEmpty();
        }
    }

    @Test
    void is_server_unavailable_to_a_client_of_3_1_1() {
        try (EmbeddedBroker broker = start(true);
                RawClient client = RawClient.v3(broker)) {
            assertThat(client.connect("c").reasonCode()).isEqualTo(ReasonCode.SERVER_UNAVAILABLE);
            client.expectClosed();
        }
    }

    @Test
    void needs_a_server() {
        assertThatThrownBy(() -> new ServerRedirect(" ", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("serverReference");
    }
}
