package io.alicia.mqtt.homeassistant.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.homeassistant.facts.OptionFacts;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ComponentBuilderTest {

    private static final TopicFilter STATE = TopicFilter.of("hall/state");
    private static final TopicName COMMAND = TopicName.of("hall/set");

    @Test
    void writes_options_under_home_assistants_names() {
        SensorEntity sensor = SensorEntity.builder()
                .name("Temperature")
                .uniqueId("hall-t")
                .stateTopic(STATE)
                .deviceClass(SensorDeviceClass.TEMPERATURE)
                .stateClass(StateClass.MEASUREMENT)
                .unitOfMeasurement("°C")
                .valueTemplate(Template.jsonField("temperature"))
                .expireAfter(Duration.ofMinutes(30))
                .qos(Qos.AT_LEAST_ONCE)
                .device(Device.builder()
                        .addIdentifiers("hall")
                        .addConnections(Connection.mac("02:00:00:00:00:01"))
                        .build())
                .build();

        assertThat(sensor.toJson()).hasToString("""
                        {"device_class":"temperature","expire_after":1800,"state_class":"measurement",\
                        "state_topic":"hall/state","unit_of_measurement":"°C",\
                        "value_template":"{{ value_json.temperature }}","name":"Temperature",\
                        "device":{"identifiers":["hall"],"connections":[["mac","02:00:00:00:00:01"]]},\
                        "unique_id":"hall-t","qos":1}""");
    }

    @Test
    void names_the_variant_by_itself() {
        JsonLightEntity light = JsonLightEntity.builder()
                .commandTopic(COMMAND)
                .supportedColorModes(List.of(ColorMode.RGB, ColorMode.COLOR_TEMP))
                .build();

        assertThat(light.component()).isEqualTo("light");
        assertThat(light.variant()).isEqualTo("light/json");
        assertThat(light.toJson()).hasToString("""
                        {"schema":"json","command_topic":"hall/set","supported_color_modes":["rgb","color_temp"]}""");
    }

    @Test
    void refuses_what_home_assistant_refuses_and_names_component_option_and_rule() {
        assertRefused(() -> SensorEntity.builder().uniqueId("u").build(), "sensor: state_topic is required");
        assertRefused(
                () -> SensorEntity.builder()
                        .stateTopic(STATE)
                        .deviceClass(SensorDeviceClass.BATTERY)
                        .unitOfMeasurement("V")
                        .build(),
                "sensor: device_class battery takes the unit %, not V");
        assertRefused(
                () -> ClimateEntity.builder().presetModes(List.of("eco")).build(),
                "climate: preset_modes goes only together with preset_mode_command_topic");
        assertRefused(
                () -> NumberEntity.builder()
                        .commandTopic(COMMAND)
                        .min(10)
                        .max(9)
                        .build(),
                "number: min 10 must be at most max 9");
        assertRefused(
                () -> SwitchEntity.builder()
                        .commandTopic(COMMAND)
                        .availabilityTopic(STATE)
                        .addAvailability(Availability.of(STATE))
                        .build(),
                "switch: availability and availability_topic exclude each other");
        assertRefused(
                () -> JsonLightEntity.builder()
                        .commandTopic(COMMAND)
                        .supportedColorModes(List.of(ColorMode.ONOFF, ColorMode.RGB))
                        .build(),
                "light (json): supported_color_modes: onoff and brightness stand alone, not in [onoff, rgb]");
        assertRefused(
                () -> SensorEntity.builder()
                        .stateTopic(STATE)
                        .expireAfter(Duration.ofMillis(1_500))
                        .build(),
                "sensor: expire_after takes whole seconds, not PT1.5S");
        assertRefused(
                () -> ButtonEntity.builder().commandTopic(COMMAND).icon("lamp").build(),
                "button: icon takes prefix:name such as mdi:lamp, not \"lamp\"");
        assertRefused(
                () -> Device.builder().name("Hall").build(),
                "device: device needs something in identifiers or connections");
        assertRefused(
                () -> Origin.builder().name("app").supportUrl("nowhere").build(),
                "origin: origin.support_url takes a URL with host that begins with http:// or https:// or"
                        + " homeassistant://, not \"nowhere\"");
    }

    @Test
    void each_option_that_is_required_is_missed_by_its_name_in_home_assistant() {
        // Of those two nobody can choose out of an empty list, which is read from others: see below.
        Set<String> lists = Set.of("event: event_types is required", "select: options is required");
        Set<String> told = new HashSet<>();
        for (ComponentType type : ComponentTypes.ALL) {
            JsonObject smallest = ComponentExamples.smallest(type.key()).toJson();
            List<String> required = type.facts().options().values().stream()
                    .filter(option -> option.required() && type.constants().getOrNull(option.name()) == null)
                    .map(OptionFacts::name)
                    .toList();
            for (String option : required) {
                String message = type.label() + ": " + option + " is required";
                if (!lists.contains(message)) {
                    assertRefused(
                            () -> Components.read(
                                    type.key(),
                                    smallest.toBuilder().remove(option).build()),
                            message);
                }
                told.add(message);
            }
        }

        assertThat(told)
                .containsAll(lists)
                .contains("light (json): command_topic is required", "device_automation: type is required")
                .hasSizeGreaterThan(30);
    }

    @Test
    void names_all_that_is_missing_at_once_and_so_do_the_parts_of_an_announcement() {
        assertRefused(() -> SelectEntity.builder().build(), "select: command_topic is required");
        assertRefused(() -> JsonLightEntity.builder().build(), "light (json): command_topic is required");
        assertRefused(
                () -> TemplateLightEntity.builder().build(),
                "light (template): command_off_template is required; command_on_template is required;"
                        + " command_topic is required");
        assertRefused(() -> Origin.builder().build(), "origin: name is required");
        assertRefused(() -> Availability.builder().build(), "availability: topic is required");
        assertRefused(
                () -> DeviceDiscovery.builder().build(), "device message: device is required; origin is required");
    }

    @Test
    void refuses_lists_out_of_which_nobody_can_choose_and_reads_them_from_others() {
        assertRefused(() -> SelectEntity.builder().commandTopic(COMMAND).build(), "select: options is required");
        assertRefused(
                () -> SelectEntity.builder()
                        .commandTopic(COMMAND)
                        .options(List.of())
                        .build(),
                "select: options is required");
        assertRefused(() -> EventEntity.builder().stateTopic(STATE).build(), "event: event_types is required");

        JsonObject announced = (JsonObject) Json.parse("{\"command_topic\":\"hall/set\",\"options\":[]}");
        assertThat(Components.read("select", announced).toJson()).isEqualTo(announced);
    }

    @Test
    void a_trigger_has_a_typed_topic_and_template_and_keeps_what_others_have_written() {
        DeviceTrigger trigger = DeviceTrigger.builder()
                .type("button_short_press")
                .subtype("button_1")
                .topic(TopicFilter.of("hall/button/+"))
                .valueTemplate(Template.jsonField("action"))
                .device(Device.builder().addIdentifiers("hall").build())
                .build();
        JsonObject odd = trigger.toJson().toBuilder()
                .put("topic", "hall/#/button")
                .put("value_template", "{{ value_json.")
                .build();
        DeviceTrigger read = (DeviceTrigger) Components.read("device_automation", odd);

        assertThat(trigger.topic().value()).contains(TopicFilter.of("hall/button/+"));
        assertThat(trigger.valueTemplate().flatMap(Unchecked::value)).contains(Template.jsonField("action"));
        assertThat(Components.read("device_automation", trigger.toJson())).isEqualTo(trigger);
        assertThat(read.topic().value()).isEmpty();
        assertThat(read.topic().text()).isEqualTo("hall/#/button");
        assertThat(read.toJson()).isEqualTo(odd);
    }

    @Test
    void tells_apart_no_name_and_the_name_of_the_device() {
        assertThat(SceneEntity.builder().commandTopic(COMMAND).build().toJson().get("name"))
                .isEmpty();
        assertThat(SceneEntity.builder()
                        .commandTopic(COMMAND)
                        .name(EntityName.ofDevice())
                        .build()
                        .toJson()
                        .get("name"))
                .hasToString("Optional[null]");
    }

    @Test
    void lists_of_the_caller_are_copied() {
        List<String> modes = new ArrayList<>(List.of("low"));
        ClimateEntity climate = ClimateEntity.builder().fanModes(modes).build();
        modes.add("high");

        assertThat(climate.fanModes()).containsExactly("low");
        assertThat(ClimateEntity.builder().build().fanModes()).isNull();
        assertThat(ClimateEntity.builder().fanModes(List.of()).build().toJson().get("fan_modes"))
                .hasToString("Optional[[]]");
    }

    private static void assertRefused(ThrowingCallable building, String message) {
        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(building)
                .withMessage(message);
    }
}
