package io.alicia.mqtt.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.homeassistant.component.SensorDeviceClass;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.topic.TopicFilter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The discovery message among the contract's samples is read as its type, and written back as the same JSON. */
class ContractSampleTest {

    @Test
    void the_discovery_sample_is_a_sensor_and_is_written_as_it_came() throws IOException {
        JsonObject sample = sample();
        String topic = ((JsonString) sample.get("topic").orElseThrow()).value();
        JsonObject payload = (JsonObject) sample.get("payload").orElseThrow();

        DiscoveredComponent read =
                DiscoveredHome.create().apply(topic, payload.toString().getBytes(StandardCharsets.UTF_8)).stream()
                        .map(change -> ((DiscoveryChange.Appeared) change).component())
                        .findFirst()
                        .orElseThrow();

        SensorEntity sensor = (SensorEntity) read.component();
        assertThat(sensor.deviceClass()).contains(SensorDeviceClass.TEMPERATURE);
        assertThat(sensor.unitOfMeasurement()).contains("°C");
        assertThat(sensor.stateTopic()).isEqualTo(TopicFilter.of("home/livingroom/temperature/state"));
        assertThat(sensor.uniqueId()).contains("alicia_living_room_temperature");
        assertThat(read.device().flatMap(device -> device.manufacturer())).contains("Alicia Project");
        DiscoveryMessage written = DiscoveryWriter.create().withFullNames().message("living_room_temperature", sensor);
        assertThat(written.topic().topicName().value()).isEqualTo(topic);
        assertThat(written.content()).contains(payload);
        assertThat(sample.get("retain")).contains(JsonBoolean.TRUE);
    }

    private static JsonObject sample() throws IOException {
        String name = "/io/alicia/mqtt/codec/samples/ha-discovery-sensor.json";
        try (InputStream in = ContractSampleTest.class.getResourceAsStream(name)) {
            return (JsonObject) Json.parse(Objects.requireNonNull(in, name).readAllBytes());
        }
    }
}
