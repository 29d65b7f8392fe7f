package io.alicia.mqtt.homeassistant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.homeassistant.DeviceChange.Appeared;
import io.alicia.mqtt.homeassistant.DeviceChange.Changed;
import io.alicia.mqtt.homeassistant.DeviceChange.Vanished;
import io.alicia.mqtt.homeassistant.component.Connection;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DiscoveredDevicesTest {

    private static final Path SAMPLES = Path.of("src/test/resources/io/alicia/mqtt/homeassistant/samples");

    private final DiscoveredHome home = DiscoveredHome.create();
    private final DiscoveredDevices devices = DiscoveredDevices.create();

    @Test
    void the_devices_of_the_house_s_discovery_script_appear_and_vanish() {
        List<DeviceChange> changes = new ArrayList<>();
        for (String kind : List.of("temperature", "light", "motion", "humidity")) {
            changes.addAll(apply(topic(kind), announcement(kind)));
        }

        assertThat(changes).hasSize(4).hasOnlyElementsOfType(Appeared.class);
        assertThat(devices.all())
                .extracting(device -> device.device().identifiers().get(0))
                .containsExactly(
                        "alicia_device_living_room_temperature",
                        "alicia_device_living_room_light",
                        "alicia_device_living_room_motion",
                        "alicia_device_living_room_humidity");
        assertThat(apply(topic("light"), announcement("light")))
                .as("said again")
                .isEmpty();
        assertThat(apply(topic("motion"), ""))
                .singleElement()
                .isInstanceOfSatisfying(
                        Vanished.class,
                        gone -> assertThat(gone.device().components()).hasSize(1));
        assertThat(devices.all()).hasSize(3);
        assertThat(home.devices()).isEqualTo(devices.all());
    }

    private static String topic(String kind) {
        return "homeassistant/" + component(kind) + "/living_room_" + kind + "/config";
    }

    private static String component(String kind) {
        return switch (kind) {
            case "light" -> "light";
            case "motion" -> "binary_sensor";
            default -> "sensor";
        };
    }

    /** In the manner of the script, of which the contract has the first message as a sample. */
    private static String announcement(String kind) {
        String topics = kind.equals("light")
                ? "\"command_topic\":\"home/livingroom/light/set\",\"schema\":\"json\""
                : "\"value_template\":\"{{ value_json.value }}\"";
        return """
                {"name":"Living Room %1$s","state_topic":"home/livingroom/%1$s/state",%2$s,\
                "unique_id":"alicia_living_room_%1$s","device":{"identifiers":["alicia_device_living_room_%1$s"],\
                "name":"Alicia Smart Home","manufacturer":"Alicia Project","model":"MQTT Device Simulator"}}""".formatted(kind, topics);
    }

    @Test
    void messages_that_name_the_same_device_are_put_together() {
        apply("homeassistant/sensor/t/config", sensor("t", "\"ids\":[\"hall\"],\"name\":\"Hall\",\"sw\":\"1\""));
        List<DeviceChange> changes = apply(
                "homeassistant/sensor/h/config",
                sensor("h", "\"ids\":[\"hall\",\"7\"],\"cns\":[[\"mac\",\"02-00-00-00-00-0A\"]],\"sw\":\"2\""));
        apply("homeassistant/sensor/p/config", sensor("p", "\"cns\":[[\"mac\",\"0200.0000.000a\"]]"));

        Device hall = Device.builder()
                .addIdentifiers("hall", "7")
                .addConnections(Connection.mac("02:00:00:00:00:0a"))
                .name("Hall")
                .swVersion("2")
                .build();
        assertThat(changes).singleElement().isInstanceOfSatisfying(Changed.class, changed -> {
            assertThat(changed.before().device().swVersion()).contains("1");
            assertThat(changed.before().components()).hasSize(1);
            assertThat(changed.after().device()).isEqualTo(hall);
            assertThat(changed.after().components()).hasSize(2);
        });
        assertThat(devices.all()).singleElement().satisfies(device -> {
            assertThat(device.device()).isEqualTo(hall);
            assertThat(device.components())
                    .extracting(component -> component.id().id())
                    .containsExactly("t", "h", "p");
        });
    }

    @Test
    void a_device_message_is_one_change_and_joins_what_was_announced_alone() {
        String message = "{\"dev\":{\"ids\":\"hall\"},\"o\":{\"name\":\"x\"},\"cmps\":{%s}}";
        String a = "\"a\":{\"p\":\"sensor\",\"uniq_id\":\"a\",\"stat_t\":\"a\"}";
        String b = "\"b\":{\"p\":\"sensor\",\"uniq_id\":\"b\",\"stat_t\":\"b\"}";

        assertThat(apply("homeassistant/device/d/config", message.formatted(a + "," + b)))
                .singleElement()
                .isInstanceOf(Appeared.class);
        assertThat(apply("homeassistant/sensor/t/config", sensor("t", "\"ids\":[\"hall\"],\"name\":\"Old\"")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Changed.class,
                        changed -> assertThat(changed.after().components()).hasSize(3));
        assertThat(apply("homeassistant/device/d/config", ""))
                .as("one entity is left")
                .singleElement()
                .isInstanceOfSatisfying(
                        Changed.class,
                        changed -> assertThat(changed.after().components()).hasSize(1));
        assertThat(apply("homeassistant/sensor/t/config", "")).singleElement().isInstanceOf(Vanished.class);
        assertThat(devices.all()).isEmpty();
        assertThat(apply("homeassistant/sensor/t/config", sensor("t", "\"ids\":[\"hall\"]")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Appeared.class,
                        appeared -> assertThat(appeared.device().device().name())
                                .as("what was said of a device is forgotten with it")
                                .isEmpty());
    }

    @Test
    void a_component_that_is_announced_for_another_device_moves() {
        apply("homeassistant/sensor/t/config", sensor("t", "\"ids\":[\"hall\"]"));
        apply("homeassistant/sensor/h/config", sensor("h", "\"ids\":[\"hall\"]"));

        assertThat(apply("homeassistant/sensor/h/config", sensor("h", "\"ids\":[\"bath\"]")))
                .hasExactlyElementsOfTypes(Changed.class, Appeared.class);
        assertThat(apply("homeassistant/sensor/t/config", sensor("t", "\"ids\":[\"bath\"]")))
                .hasExactlyElementsOfTypes(Vanished.class, Changed.class);
        assertThat(apply("homeassistant/sensor/t/config", "{\"stat_t\":\"a\",\"uniq_id\":\"t\"}"))
                .as("no device any more")
                .singleElement()
                .isInstanceOf(Changed.class);
        assertThat(devices.all())
                .singleElement()
                .satisfies(device -> assertThat(device.device().identifiers()).containsExactly("bath"));
    }

    @Test
    void an_entity_that_migrates_into_a_device_message_leaves_its_device_where_it_is() {
        apply("homeassistant/sensor/t/config", sensor("t", "\"ids\":[\"hall\"]"));
        apply("homeassistant/sensor/t/config", "{\"migrate_discovery\":true}");

        assertThat(apply(
                        "homeassistant/device/d/config",
                        "{\"dev\":{\"ids\":\"hall\"},\"o\":{\"name\":\"x\"},\"cmps\":{\"t\":{\"p\":\"sensor\","
                                + "\"uniq_id\":\"t\",\"stat_t\":\"a\"}}}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Changed.class,
                        changed -> assertThat(changed.after().components())
                                .singleElement()
                                .satisfies(component ->
                                        assertThat(component.id().id()).isEqualTo("d t")));
        assertThat(apply("homeassistant/device/d/config", "")).singleElement().isInstanceOf(Vanished.class);
    }

    @Test
    void zigbee2mqtt_s_single_messages_are_the_devices_that_it_has() throws IOException {
        JsonObject file = (JsonObject) Json.parse(Files.readString(SAMPLES.resolve("zigbee2mqtt.json")));
        List<JsonObject> samples = ((JsonArray) file.get("samples").orElseThrow())
                .values().stream().map(JsonObject.class::cast).toList();
        Set<String> identifiers = new TreeSet<>();
        for (JsonObject sample : samples) {
            for (DiscoveryChange change : changes(sample)) {
                if (change instanceof DiscoveryChange.Appeared appeared) {
                    appeared.component().device().ifPresent(device -> identifiers.addAll(device.identifiers()));
                }
                devices.apply(List.of(change));
            }
        }

        assertThat(devices.all()).hasSizeBetween(2, samples.size() - 1);
        assertThat(devices.all())
                .flatExtracting(device -> device.device().identifiers())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(identifiers);
        assertThat(devices.all()).anySatisfy(device -> {
            assertThat(device.device().name()).contains("garden_sensor");
            assertThat(device.components()).hasSizeGreaterThan(3);
        });
    }

    private List<DiscoveryChange> changes(JsonObject sample) {
        String topic = ((JsonString) sample.get("topic").orElseThrow()).value();
        String payload = sample.get("payload")
                .map(value -> value instanceof JsonString text ? text.value() : value.toString())
                .orElseThrow();
        return home.apply(topic, payload.getBytes(UTF_8));
    }

    private static String sensor(String id, String device) {
        return "{\"stat_t\":\"a\",\"uniq_id\":\"" + id + "\",\"dev\":{" + device + "}}";
    }

    private List<DeviceChange> apply(String topic, String payload) {
        return devices.apply(home.apply(topic, payload.getBytes(UTF_8)));
    }
}
