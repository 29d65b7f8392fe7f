package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportChoiceTest {

    @ParameterizedTest
    @CsvSource({"MQTT_3_1, mqtt://house", "MQTT_5, tcp://house:1883", "MQTT_5, http://house:80"})
    void what_no_transport_speaks_is_answered_with_what_they_do(MqttVersion version, String server) {
        AliciaMqttClientBuilder builder =
                AliciaMqttClient.builder().server(server).version(version);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no transport for " + version + " to [" + ServerAddress.of(server))
                .hasMessageContaining("\"hivemq\" speaks MQTT_3_1_1, MQTT_5 to mqtt, mqtts, ws, wss");
    }

    @Test
    void no_transport_at_all_is_said_to_be_that() {
        assertThatThrownBy(() ->
                        TransportChoice.of(MqttVersion.MQTT_5, List.of(ServerAddress.of("mqtt://house")), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("there is none on the class path or module path");
    }
}
