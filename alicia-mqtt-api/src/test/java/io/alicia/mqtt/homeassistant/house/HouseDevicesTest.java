package io.alicia.mqtt.homeassistant.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.DiscoveryWriter;
import io.alicia.mqtt.homeassistant.component.BinarySensorDeviceClass;
import io.alicia.mqtt.homeassistant.component.BinarySensorEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.DeviceDiscovery;
import io.alicia.mqtt.homeassistant.component.Entity;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.alicia.mqtt.homeassistant.component.SelectEntity;
import io.alicia.mqtt.homeassistant.component.SensorDeviceClass;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.TemplateLightEntity;
import io.alicia.mqtt.homeassistant.component.TextEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HouseDevicesTest {

    private final HouseDevices house =
            new HouseDevices(Origin.builder().name("test").build());

    @Test
    void a_reading_is_a_device_with_a_sensor_for_each_measurement() {
        says(
                "alicia/sensors/living_room_sensor",
                "{\"device_id\":\"living_room_sensor\",\"device_type\":\"temperature_sensor\",\"temperature_celsius\":25,"
                        + "\"humidity_percent\":34,\"battery_level\":95,\"timestamp\":\"2025-09-08T12:30:00\","
                        + "\"location\":\"living_room\",\"door\":true,\"mood\":\"calm\",\"nested\":{\"a\":1}}");

        DeviceDiscovery device = discovery("alicia_living_room_sensor");
        assertThat(device.device().name()).contains("Living room sensor");
        assertThat(device.device().suggestedArea()).contains("Living room");
        assertThat(device.device().model()).contains("temperature_sensor");
        assertThat(device.components()).containsOnlyKeys("temperature", "humidity", "battery", "door", "mood");
        SensorEntity temperature = (SensorEntity) part(device, "temperature");
        assertThat(temperature.deviceClass()).contains(SensorDeviceClass.TEMPERATURE);
        assertThat(temperature.unitOfMeasurement()).contains("°C");
        assertThat(temperature.valueTemplate().map(Template::text))
                .contains("{{ value_json.temperature_celsius | default('') }}");
        assertThat(temperature.availability()).isEmpty();
        assertThat(part(device, "door")).isInstanceOf(BinarySensorEntity.class);
        assertThat(((BinarySensorEntity) part(device, "door")).payloadOn()).contains("True");
    }

    @Test
    void what_is_measured_twice_is_there_once_and_says_whether_it_is_available() {
        says("alicia/sensors/hall/temperature", "21.5");
        says("alicia/sensors/hall", "{\"device_id\":\"hall\",\"temperature_celsius\":21.5,\"humidity_percent\":40}");
        says("alicia/sensors/hall/motion", "ON");
        says("alicia/sensors/hall/status", "online");

        DeviceDiscovery device = discovery("alicia_hall");
        assertThat(device.components()).containsOnlyKeys("temperature", "humidity", "motion");
        assertThat(((SensorEntity) part(device, "temperature")).stateTopic())
                .isEqualTo(TopicFilter.of("alicia/sensors/hall/temperature"));
        assertThat(((BinarySensorEntity) part(device, "motion")).payloadOff()).contains("OFF");
        assertThat(device.components().values())
                .allSatisfy(component -> assertThat(((Entity) component).availability())
                        .singleElement()
                        .satisfies(availability -> assertThat(availability.topic())
                                .isEqualTo(TopicFilter.of("alicia/sensors/hall/status"))));
    }

    @Test
    void a_pin_that_is_read_has_two_states_where_its_name_says_so() {
        says("alicia/sensors/garage/motion", "1");
        says("alicia/sensors/garage/light", "0");
        says("alicia/sensors/garage/temperature", "1");
        says("alicia/sensors/porch", "{\"device_id\":\"porch\",\"door\":0,\"battery\":1}");

        DeviceDiscovery garage = discovery("alicia_garage");
        assertThat(part(garage, "motion")).isInstanceOfSatisfying(BinarySensorEntity.class, motion -> {
            assertThat(motion.payloadOn()).contains("1");
            assertThat(motion.payloadOff()).contains("0");
            assertThat(motion.deviceClass()).contains(BinarySensorDeviceClass.MOTION);
        });
        assertThat(part(garage, "illuminance")).as("lux").isInstanceOf(SensorEntity.class);
        assertThat(part(garage, "temperature")).isInstanceOf(SensorEntity.class);
        DeviceDiscovery porch = discovery("alicia_porch");
        assertThat(part(porch, "door")).isInstanceOf(BinarySensorEntity.class);
        assertThat(part(porch, "battery")).isInstanceOf(SensorEntity.class);
    }

    @Test
    void a_number_that_was_one_at_first_is_no_state_when_it_is_more_and_stays_a_number() {
        says("alicia/sensors/garage/vibration", "0");
        assertThat(part(discovery("alicia_garage"), "vibration")).isInstanceOf(BinarySensorEntity.class);

        says("alicia/sensors/garage/vibration", "0.7");
        assertThat(part(discovery("alicia_garage"), "vibration")).isInstanceOf(SensorEntity.class);

        assertThat(house.apply(TopicName.of("alicia/sensors/garage/vibration"), "1"))
                .as("nothing new")
                .isEmpty();
        assertThat(part(discovery("alicia_garage"), "vibration")).isInstanceOf(SensorEntity.class);
    }

    @Test
    void a_bulb_is_a_light_whose_commands_are_those_of_the_house() {
        says(
                "alicia/devices/tplink_bulb_001/status",
                "{\"device_id\":\"tplink_bulb_001\",\"device_type\":\"smart_bulb\",\"state\":\"on\",\"brightness\":75,"
                        + "\"color\":\"warm_white\",\"power_consumption_watts\":12.5,\"timestamp\":\"2025-09-08T12:31:00\"}");

        DeviceDiscovery device = discovery("alicia_tplink_bulb_001");
        assertThat(device.components()).containsOnlyKeys("light", "color", "power");
        TemplateLightEntity light = (TemplateLightEntity) part(device, "light");
        assertThat(light.commandTopic()).isEqualTo(TopicName.of("alicia/devices/tplink_bulb_001/command"));
        TemplateEngine engine = TemplateEngine.jinja();
        assertThat(engine.evaluate(light.commandOnTemplate(), Map.of("state", "on", "brightness", 128)))
                .isEqualTo("{\"command\":\"turn_on\",\"brightness\":128}");
        assertThat(engine.evaluate(light.commandOnTemplate(), Map.of("state", "on")))
                .isEqualTo("{\"command\":\"turn_on\"}");
        assertThat(engine.evaluate(
                        light.brightnessTemplate().orElseThrow(), TemplateEngine.variables("{\"brightness\":75}")))
                .isEqualTo("191");
    }

    @Test
    void a_bulb_can_be_set_to_every_colour_that_it_has_shown() {
        String status = "{\"device_type\":\"smart_bulb\",\"state\":\"on\",\"brightness\":40,\"color\":\"%s\"}";
        says("alicia/devices/hall_bulb/status", status.formatted("red"));
        says("alicia/devices/hall_bulb/status", status.formatted("purple"));
        says("alicia/devices/hall_bulb/status", status.formatted("#ff8800"));
        assertThat(house.apply(TopicName.of("alicia/devices/hall_bulb/status"), status.formatted("purple")))
                .as("nothing new")
                .isEmpty();

        assertThat(part(discovery("alicia_hall_bulb"), "color"))
                .isInstanceOfSatisfying(
                        SelectEntity.class,
                        select -> assertThat(select.options())
                                .contains("red", "purple", "#ff8800", "warm_white")
                                .doesNotHaveDuplicates());
    }

    @Test
    void a_bulb_of_more_colours_than_fit_into_a_list_has_its_colour_written() {
        String status = "{\"device_type\":\"smart_bulb\",\"state\":\"on\",\"color\":\"#0000%02x\"}";
        for (int blue = 0; blue < 33; blue++) {
            says("alicia/devices/hall_bulb/status", status.formatted(blue));
        }
        assertThat(house.apply(TopicName.of("alicia/devices/hall_bulb/status"), status.formatted(255)))
                .as("not announced again for each")
                .isEmpty();

        assertThat(part(discovery("alicia_hall_bulb"), "color"))
                .isInstanceOfSatisfying(
                        TextEntity.class,
                        text -> assertThat(TemplateEngine.jinja()
                                        .evaluate(text.commandTemplate().orElseThrow(), Map.of("value", "#00ff00")))
                                .isEqualTo("{\"command\":\"set_color\",\"color\":\"#00ff00\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "smoke_detector, clear, SMOKE, detected",
        "smoke_detector, off, SMOKE, on",
        "garage_door, open, GARAGE_DOOR, open",
        "front_door, closed, DOOR, open",
        "window_contact, closed, OPENING, open",
        "water_leak_sensor, detected, MOISTURE, detected",
        "motion_sensor, ON, MOTION, ON",
    })
    void nobody_is_offered_to_switch_what_detects_or_is_opened_by_hand(
            String type, String state, BinarySensorDeviceClass deviceClass, String on) {
        says("alicia/devices/d1/status", "{\"device_type\":\"" + type + "\",\"state\":\"" + state + "\"}");

        DeviceDiscovery device = discovery("alicia_d1");
        assertThat(device.components()).containsOnlyKeys("state");
        assertThat(part(device, "state")).isInstanceOfSatisfying(BinarySensorEntity.class, sensor -> {
            assertThat(sensor.deviceClass()).contains(deviceClass);
            assertThat(sensor.payloadOn()).contains(on);
        });
    }

    @ParameterizedTest
    @CsvSource({"smart_plug, on", "fan, OFF", "relay, false"})
    void what_is_on_or_off_can_be_switched(String type, String state) {
        says("alicia/devices/d1/status", "{\"device_type\":\"" + type + "\",\"state\":\"" + state + "\"}");

        assertThat(discovery("alicia_d1").components()).containsOnlyKeys("switch");
    }

    @Test
    void what_is_open_or_closed_and_says_not_what_it_is_is_shown_and_not_switched() {
        says("alicia/devices/d1/status", "{\"device_type\":\"thing\",\"state\":\"open\"}");

        assertThat(part(discovery("alicia_d1"), "state"))
                .isInstanceOfSatisfying(
                        BinarySensorEntity.class,
                        sensor -> assertThat(sensor.deviceClass()).isEmpty());
    }

    @Test
    void a_speaker_is_found_within_two_envelopes() {
        says(
                "alicia/devices/sonos_kitchen/status",
                "{\"message_id\":\"a\",\"payload\":{\"message_id\":\"b\",\"payload\":{\"speaker_id\":\"sonos_kitchen\","
                        + "\"volume\":30,\"mute\":false,\"transport_state\":\"PLAYING\",\"last_seen\":1757685600.12,"
                        + "\"status\":\"online\"}}}");

        DeviceDiscovery device = discovery("alicia_sonos_kitchen");
        assertThat(device.components())
                .containsOnlyKeys(
                        "volume", "playback", "mute", "play", "pause", "stop", "next", "previous", "announce");
        String status = "{\"payload\":{\"payload\":{\"transport_state\":\"PAUSED_PLAYBACK\",\"status\":\"offline\"}}}";
        Template playback =
                ((SensorEntity) part(device, "playback")).valueTemplate().orElseThrow();
        assertThat(TemplateEngine.jinja().evaluate(playback, TemplateEngine.variables(status)))
                .isEqualTo("paused");
        Template available = ((Entity) part(device, "volume"))
                .availability()
                .get(0)
                .valueTemplate()
                .orElseThrow();
        assertThat(TemplateEngine.jinja().evaluate(available, TemplateEngine.variables(status)))
                .isEqualTo("offline");
    }

    @Test
    void a_service_runs_or_does_not_and_is_well_or_is_not() {
        says(
                "alicia/system/discovery/register",
                "{\"message_id\":\"a\",\"payload\":{\"service_name\":\"tts_service\",\"status\":\"online\","
                        + "\"version\":\"1.0.0\"}}");
        says(
                "alicia/system/health/tts_service",
                "{\"service_name\":\"tts_service\",\"status\":\"healthy\",\"uptime\":12,\"messages_processed\":3,\"errors\":0}");

        DeviceDiscovery device = discovery("alicia_service_tts_service");
        assertThat(device.device().swVersion()).contains("1.0.0");
        assertThat(device.components())
                .containsOnlyKeys("running", "problem", "uptime", "messages_processed", "errors");
        Template running =
                ((BinarySensorEntity) part(device, "running")).valueTemplate().orElseThrow();
        assertThat(TemplateEngine.jinja()
                        .evaluate(
                                running,
                                TemplateEngine.variables(
                                        "{\"payload\":{\"service_name\":\"other\",\"status\":\"online\"}}")))
                .isEmpty();
        assertThat(TemplateEngine.jinja()
                        .evaluate(
                                running, TemplateEngine.variables("{\"payload\":{\"service_name\":\"tts_service\"}}")))
                .isEqualTo("offline");
    }

    @Test
    void only_what_is_new_is_worth_another_announcement() {
        says("alicia/sensors/hall/temperature", "21.5");

        assertThat(house.apply(TopicName.of("alicia/sensors/hall/temperature"), "22"))
                .isEmpty();
        assertThat(house.apply(TopicName.of("alicia/devices/hall/command"), "{}"))
                .as("nothing that shows what the house has")
                .isEmpty();
        assertThat(house.apply(TopicName.of("alicia/sensors/hall/humidity"), "40"))
                .contains("alicia_hall");
        assertThat(house.apply(TopicName.of("alicia/sensors/hall/humidity"), ""))
                .as("withdrawn")
                .contains("alicia_hall");
        assertThat(discovery("alicia_hall").components()).containsOnlyKeys("temperature");
        assertThat(house.apply(TopicName.of("alicia/sensors/hall/temperature"), ""))
                .contains("alicia_hall");
        assertThat(house.discovery("alicia_hall")).isEmpty();
    }

    @Test
    void names_that_home_assistant_does_not_take_stay_apart() {
        says("alicia/devices/a b/status", "{\"device_id\":\"a b\",\"state\":\"on\"}");
        says("alicia/devices/a.b/status", "{\"device_id\":\"a.b\",\"state\":\"off\"}");
        says("alicia/devices/fan/status", "{\"device_id\":\"fan\",\"state\":\"on\",\"items\":3,\"it's\":4}");

        assertThat(house.ids()).hasSize(3).allMatch(id -> id.matches("alicia_[a-zA-Z0-9_-]+"));
        assertThat(discovery("alicia_fan").components()).containsOnlyKeys("switch", "items", "it_s");
    }

    @Test
    void says_what_it_cannot_read() {
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> house.apply(TopicName.of("alicia/sensors/hall"), "[1]"))
                .withMessage("expected a JSON object");
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> house.apply(TopicName.of("alicia/system/discovery/register"), "{}"))
                .withMessage("service_name: expected the name of the service");
    }

    private void says(String topic, String payload) {
        assertThat(house.apply(TopicName.of(topic), payload)).isPresent();
    }

    /** What is announced is what Home Assistant takes, or the writer would refuse it. */
    private DeviceDiscovery discovery(String id) {
        DeviceDiscovery discovery = house.discovery(id).orElseThrow();
        assertThat(DiscoveryWriter.create().message(id, discovery).hints()).isEmpty();
        return discovery;
    }

    private static Component part(DeviceDiscovery device, String id) {
        return Objects.requireNonNull(device.components().get(id), id);
    }
}
