package io.alicia.mqtt.homeassistant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.homeassistant.DiscoveryChange.Appeared;
import io.alicia.mqtt.homeassistant.DiscoveryChange.Changed;
import io.alicia.mqtt.homeassistant.DiscoveryChange.Refused;
import io.alicia.mqtt.homeassistant.DiscoveryChange.Vanished;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiscoveredHomeTest {

    private static final String SENSOR = "homeassistant/sensor/n/t/config";
    private static final String DEVICE = "homeassistant/device/d/config";

    private final DiscoveredHome home = DiscoveredHome.create();

    @Test
    void a_component_appears_changes_and_vanishes() {
        assertThat(apply(SENSOR, "{\"~\":\"b\",\"stat_t\":\"~/s\",\"uniq_id\":\"u\",\"odd\":7}"))
                .singleElement()
                .isInstanceOfSatisfying(Appeared.class, appeared -> {
                    DiscoveredComponent component = appeared.component();
                    assertThat(component.id()).isEqualTo(new DiscoveryId("sensor", "n t"));
                    assertThat(component.component())
                            .isInstanceOfSatisfying(
                                    SensorEntity.class,
                                    sensor -> assertThat(sensor.stateTopic()).hasToString("b/s"));
                    assertThat(component.unknownOptions()).hasToString("{\"odd\":7}");
                });
        assertThat(apply(SENSOR, "{\"state_topic\":\"b/s\",\"unique_id\":\"u\",\"odd\":7}"))
                .isEmpty();
        assertThat(apply(SENSOR, "{\"stat_t\":\"b/t\",\"uniq_id\":\"u\"}"))
                .singleElement()
                .isInstanceOf(Changed.class);
        assertThat(apply(SENSOR, "")).singleElement().isInstanceOf(Vanished.class);
        assertThat(apply(SENSOR, "")).isEmpty();
        assertThat(home.components()).isEmpty();
    }

    @Test
    void a_broken_payload_is_reported_with_topic_and_reason_and_changes_nothing() {
        apply(SENSOR, "{\"stat_t\":\"a\"}");

        assertThat(apply(SENSOR, "{\"stat_t\":\"a\",\"qos\":3}"))
                .singleElement()
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.topic()).isEqualTo(SENSOR);
                    assertThat(refused.problems()).singleElement().hasToString("qos: qos takes one of 0, 1, 2, not 3");
                });
        assertThat(home.components()).hasSize(1);
    }

    @Test
    void what_home_assistant_takes_and_no_type_can_hold_is_reported_by_its_option() {
        String climate = "homeassistant/climate/c/config";

        assertThat(apply(climate, "{\"initial\":\"inf\"}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .endsWith("initial \"inf\": not a finite number"));
        assertThat(apply(SENSOR, "{\"stat_t\":\"a\",\"sug_dsp_prc\":4294967296}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .endsWith("suggested_display_precision 4294967296: beyond 32 bits"));
        assertThat(home.components()).isEmpty();
    }

    @Test
    void what_a_device_message_names_with_its_platform_alone_is_gone() {
        String device = "{\"dev\":{\"ids\":\"d\"},\"o\":{\"name\":\"x\"},\"cmps\":{%s}}";
        String a = "\"a\":{\"p\":\"sensor\",\"uniq_id\":\"a\",\"stat_t\":\"a\"}";
        String b = "\"b\":{\"p\":\"sensor\",\"uniq_id\":\"b\",\"stat_t\":\"b\"}";

        assertThat(apply(DEVICE, device.formatted(a + "," + b))).hasSize(2).hasOnlyElementsOfType(Appeared.class);
        assertThat(home.devices()).hasSize(1);
        assertThat(apply(DEVICE, device.formatted(a + ",\"b\":{\"p\":\"sensor\",\"uniq_id\":\"b\"}")))
                .as("a refused update leaves what was announced before")
                .singleElement()
                .isInstanceOf(Refused.class);
        assertThat(apply(DEVICE, device.formatted(a + ",\"b\":{\"p\":\"sensor\"}")))
                .singleElement()
                .isInstanceOf(Vanished.class);
        assertThat(apply(DEVICE, "")).singleElement().isInstanceOf(Vanished.class);
    }

    /** Only what a message names is looked at (home-assistant/core, mqtt/discovery.py: async_discovery_message_received). */
    @Test
    void what_a_device_message_merely_leaves_out_stays_until_it_is_named_or_its_message_taken_back() {
        String device = "{\"dev\":{\"ids\":\"d\"},\"o\":{\"name\":\"x\"},\"cmps\":{%s}}";
        String a = "\"a\":{\"p\":\"sensor\",\"uniq_id\":\"a\",\"stat_t\":\"a\"}";
        String b = "\"b\":{\"p\":\"sensor\",\"uniq_id\":\"b\",\"stat_t\":\"b\"}";
        String c = "\"c\":{\"p\":\"sensor\",\"uniq_id\":\"c\",\"stat_t\":\"c\"}";
        apply(DEVICE, device.formatted(a + "," + b + "," + c));

        assertThat(apply(DEVICE, device.formatted(a))).isEmpty();
        assertThat(home.components()).hasSize(3);

        assertThat(apply(DEVICE, device.formatted(a + ",\"b\":{\"p\":\"binary_sensor\"}")))
                .as("another platform is another component")
                .isEmpty();
        assertThat(apply(DEVICE, device.formatted(a + ",\"b\":{\"p\":\"sensor\"}")))
                .singleElement()
                .isInstanceOf(Vanished.class);
        assertThat(apply(DEVICE, "")).hasSize(2).hasOnlyElementsOfType(Vanished.class);
        assertThat(home.components()).isEmpty();
    }

    /** Home Assistant cuts the discovery id at its blanks to find it (mqtt/discovery.py: _generate_device_config). */
    @Test
    void a_component_whose_id_has_a_blank_is_not_gone_with_its_device() {
        String device = "{\"dev\":{\"ids\":\"d\"},\"o\":{\"name\":\"x\"},\"cmps\":{\"a b\":{\"p\":\"sensor\"%s}}}";
        String beside = "homeassistant/device/n/e/config";
        apply(DEVICE, device.formatted(",\"uniq_id\":\"u\",\"stat_t\":\"a\""));
        apply(beside, device.formatted(",\"uniq_id\":\"v\",\"stat_t\":\"a\""));

        assertThat(apply(DEVICE, "")).isEmpty();
        assertThat(apply(DEVICE, device.formatted(""))).singleElement().isInstanceOf(Vanished.class);
        assertThat(apply(beside, "")).singleElement().isInstanceOf(Vanished.class);
    }

    /** Each time that the message came again each component was looked for among all. */
    @Test
    void a_device_of_many_components_is_read_again_at_once() {
        String components = IntStream.range(0, 30_000)
                .mapToObj(number ->
                        "\"c" + number + "\":{\"p\":\"sensor\",\"uniq_id\":\"u" + number + "\",\"stat_t\":\"s\"}")
                .collect(Collectors.joining(",", "{\"dev\":{\"ids\":\"d\"},\"o\":{\"name\":\"x\"},\"cmps\":{", "}}"));
        assertThat(apply(DEVICE, components)).hasSize(30_000);

        assertTimeoutPreemptively(
                Duration.ofSeconds(8),
                () -> assertThat(apply(DEVICE, components)).isEmpty());
    }

    @Test
    void refuses_a_unique_id_that_is_taken_and_an_update_from_another_topic() {
        apply(SENSOR, "{\"stat_t\":\"a\",\"uniq_id\":\"u\"}");

        assertThat(apply("homeassistant/sensor/other/config", "{\"stat_t\":\"a\",\"uniq_id\":\"u\"}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .hasToString("unique_id: the unique_id u of the sensor other is taken by the sensor of "
                                        + SENSOR));
        assertThat(apply("homeassistant/switch/other/config", "{\"cmd_t\":\"a\",\"uniq_id\":\"u\"}"))
                .as("another component may have the same unique id")
                .singleElement()
                .isInstanceOf(Appeared.class);
        assertThat(apply(
                        "homeassistant/device/n/config",
                        "{\"dev\":{\"ids\":\"d\"},\"o\":{\"name\":\"x\"},\"cmps\":{\"t\":{\"p\":\"sensor\","
                                + "\"uniq_id\":\"u\",\"stat_t\":\"a\"}}}"))
                .singleElement()
                .isInstanceOf(Refused.class);
    }

    @Test
    void knows_what_real_emitters_announce() throws IOException {
        int announced = 0;
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/io/alicia/mqtt/homeassistant/samples"))) {
            for (Path file : files.sorted().toList()) {
                JsonObject content = (JsonObject) Json.parse(Files.readString(file));
                for (JsonValue value : ((JsonArray) content.get("samples").orElseThrow()).values()) {
                    JsonObject sample = (JsonObject) value;
                    JsonValue payload = sample.get("payload").orElseThrow();
                    List<DiscoveryChange> changes = apply(
                            ((JsonString) sample.get("topic").orElseThrow()).value(),
                            payload instanceof JsonString text ? text.value() : payload.toString());
                    announced += (int)
                            changes.stream().filter(Appeared.class::isInstance).count();
                }
            }
        }

        assertThat(announced).isGreaterThan(60);
    }

    private List<DiscoveryChange> apply(String topic, String payload) {
        return home.apply(topic, payload.getBytes(UTF_8));
    }
}
