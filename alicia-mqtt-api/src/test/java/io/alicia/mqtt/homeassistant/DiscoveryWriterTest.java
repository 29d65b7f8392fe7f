package io.alicia.mqtt.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.homeassistant.check.CheckResult;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.homeassistant.check.Verdict;
import io.alicia.mqtt.homeassistant.component.Availability;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.ComponentExamples;
import io.alicia.mqtt.homeassistant.component.Components;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.DeviceDiscovery;
import io.alicia.mqtt.homeassistant.component.EntityCategory;
import io.alicia.mqtt.homeassistant.component.InvalidComponentException;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.alicia.mqtt.homeassistant.component.SelectEntity;
import io.alicia.mqtt.homeassistant.component.SensorDeviceClass;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.StateClass;
import io.alicia.mqtt.homeassistant.component.SwitchEntity;
import io.alicia.mqtt.homeassistant.component.TagScanner;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiscoveryWriterTest {

    private static final Device DEVICE =
            Device.builder().addIdentifiers("hall").name("Hall").swVersion("1").build();
    private static final Origin ORIGIN = Origin.builder().name("Alicia").build();

    private final DiscoveryWriter writer = DiscoveryWriter.create();
    private final SensorEntity sensor = SensorEntity.builder()
            .name("Temperature")
            .uniqueId("hall-t")
            .stateTopic(TopicFilter.of("hall/t"))
            .device(DEVICE)
            .addAvailability(Availability.of(TopicFilter.of("hall/status")))
            .build();

    @Test
    void abbreviates_unless_told_otherwise() {
        assertThat(text(writer.message("hall", "t", sensor))).isEqualTo("""
                        homeassistant/sensor/hall/t/config {"stat_t":"hall/t","avty":[{"t":"hall/status"}],\
                        "name":"Temperature","dev":{"ids":["hall"],"name":"Hall","sw":"1"},"uniq_id":"hall-t"}""");
        assertThat(text(writer.withPrefix("ha").withFullNames().message("t", sensor)))
                .isEqualTo("""
                        ha/sensor/t/config {"state_topic":"hall/t","availability":[{"topic":"hall/status"}],\
                        "name":"Temperature","device":{"identifiers":["hall"],"name":"Hall","sw_version":"1"},\
                        "unique_id":"hall-t"}""");
    }

    @Test
    void announces_a_device_with_all_its_components() {
        DeviceDiscovery device = DeviceDiscovery.builder()
                .device(DEVICE)
                .origin(ORIGIN)
                .putComponents("t", sensor)
                .putRemovedComponents("old", "light")
                .addAvailability(Availability.of(TopicFilter.of("hall/online")))
                .build();

        assertThat(text(writer.message("hall", device))).isEqualTo("""
                        homeassistant/device/hall/config {"dev":{"ids":["hall"],"name":"Hall","sw":"1"},\
                        "o":{"name":"Alicia"},"cmps":{"t":{"p":"sensor","stat_t":"hall/t",\
                        "avty":[{"t":"hall/status"}],"name":"Temperature","uniq_id":"hall-t"},"old":{"p":"light"}},\
                        "avty":[{"t":"hall/online"}]}""");
    }

    @Test
    void refuses_a_device_message_of_which_home_assistant_would_take_only_a_part() {
        TopicName command = TopicName.of("hall/set");
        DeviceDiscovery.Builder device =
                DeviceDiscovery.builder().device(DEVICE).origin(ORIGIN);

        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(() -> device.putComponents(
                                "s",
                                SwitchEntity.builder().commandTopic(command).build())
                        .build())
                .withMessage("device message: components.s.unique_id is required for an entity of a device message");
        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(() -> DeviceDiscovery.builder()
                        .device(DEVICE)
                        .origin(ORIGIN)
                        .putComponents("t", sensor)
                        .commandTopic(command)
                        .build())
                .withMessage(
                        "device message: component t (sensor) cannot share command_topic; give it to the components"
                                + " that have the option");
        assertThat(DeviceDiscovery.builder()
                        .device(DEVICE)
                        .origin(ORIGIN)
                        .putComponents(
                                "tag",
                                TagScanner.builder()
                                        .topic(TopicFilter.of("tags"))
                                        .build())
                        .build()
                        .components())
                .hasSize(1);
    }

    @Test
    void refuses_a_device_with_two_entities_of_which_home_assistant_would_take_one() {
        DeviceDiscovery.Builder device = DeviceDiscovery.builder()
                .device(DEVICE)
                .origin(ORIGIN)
                .putComponents("t", sensor)
                .putComponents(
                        "s",
                        SwitchEntity.builder()
                                .commandTopic(TopicName.of("hall/set"))
                                .uniqueId("hall-t")
                                .build());

        assertThat(device.build().components()).hasSize(2);
        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(() -> device.putComponents("again", sensor).build())
                .withMessage("device message: components t and again are both a sensor with the unique_id hall-t");
    }

    @Test
    void refuses_a_component_of_another_device_which_home_assistant_would_take_for_one_of_this() {
        DeviceDiscovery.Builder attic = DeviceDiscovery.builder()
                .device(Device.builder().addIdentifiers("attic").build())
                .origin(ORIGIN);

        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(() -> attic.putComponents("t", sensor).build())
                .withMessage("device message: component t (sensor) has another device, with no identifier or connection"
                        + " in common; announce it with that one");
        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(() -> DeviceDiscovery.builder()
                        .device(Device.builder().addIdentifiers("attic").build())
                        .origin(ORIGIN)
                        .putComponents(
                                "tag",
                                TagScanner.builder()
                                        .topic(TopicFilter.of("tags"))
                                        .device(DEVICE)
                                        .build())
                        .build())
                .withMessageContaining("component tag (tag) has another device");
    }

    @Test
    void refuses_a_list_that_somebody_else_has_left_empty() {
        TopicName command = TopicName.of("hall/set");
        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(() -> writer.message("s", announced("select", "options")))
                .withMessage("select: options is required");
        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(() -> writer.message(
                        "hall",
                        DeviceDiscovery.builder()
                                .device(DEVICE)
                                .origin(ORIGIN)
                                .putComponents("e", announced("event", "event_types"))
                                .build()))
                .withMessage("event: event_types is required");
        assertThat(text(writer.message(
                        "s",
                        SelectEntity.builder()
                                .commandTopic(command)
                                .addOptions("one")
                                .build())))
                .endsWith("{\"cmd_t\":\"hall/set\",\"ops\":[\"one\"]}");
    }

    private static Component announced(String component, String emptyList) {
        return Components.read(
                component,
                JsonObject.builder()
                        .put("command_topic", "hall/set")
                        .put("state_topic", "hall/state")
                        .put("unique_id", "e")
                        .putStrings(emptyList, List.of())
                        .build());
    }

    @Test
    void refuses_what_home_assistant_takes_and_does_not_do_justice_to_later() {
        SensorEntity.Builder energy = SensorEntity.builder().stateTopic(TopicFilter.of("a"));

        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(() -> writer.message(
                        "e",
                        energy.deviceClass(SensorDeviceClass.ENERGY)
                                .stateClass(StateClass.MEASUREMENT)
                                .build()))
                .withMessage("sensor: state_class measurement does not go with device_class energy");
        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(() -> writer.message(
                        "e",
                        SensorEntity.builder()
                                .stateTopic(TopicFilter.of("a"))
                                .entityCategory(EntityCategory.CONFIG)
                                .build()))
                .withMessage("sensor: entity_category config is refused when the entity is added");
        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(() -> writer.message(
                        "e",
                        SensorEntity.builder()
                                .stateTopic(TopicFilter.of("a"))
                                .device(DEVICE)
                                .build()))
                .withMessage("sensor: unique_id is required for an entity with a device");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.message("living room", sensor))
                .withMessage(
                        "not fit for the object id: \"living room\": Home Assistant takes only letters, digits, _ and -"
                                + " there");
    }

    @Test
    void migrates_in_three_steps_and_keeps_the_entities() {
        DiscoveryMessage before = writer.message("hall_t", sensor);
        DiscoveryMessage after = writer.message(
                "hall",
                DeviceDiscovery.builder()
                        .device(DEVICE)
                        .origin(ORIGIN)
                        .putComponents("t", sensor)
                        .build());
        DiscoveredHome home = DiscoveredHome.create();
        apply(home, before);

        List<DiscoveryMessage> messages = writer.migration(List.of(before.topic()), List.of(after));
        List<DiscoveryChange> changes =
                messages.stream().flatMap(message -> apply(home, message)).toList();

        assertThat(messages.stream().map(DiscoveryWriterTest::text))
                .first()
                .isEqualTo("homeassistant/sensor/hall_t/config {\"migr_discvry\":true}");
        assertThat(messages)
                .last()
                .satisfies(message -> assertThat(message.payload()).isEmpty());
        assertThat(changes).singleElement().isInstanceOf(DiscoveryChange.Changed.class);
        assertThat(home.components())
                .singleElement()
                .satisfies(component -> assertThat(component.topic()).isEqualTo(after.topic()));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void the_components_of_a_device_announced_apart_are_the_same_to_home_assistant(String variant) {
        JsonObject.Builder smallest = ComponentExamples.smallest(variant).toJson().toBuilder();
        if (Components.hasOption(variant, "unique_id")) {
            smallest.put("unique_id", "u");
        }
        if (smallest.build().get("device").isPresent()) {
            smallest.put(
                    "device",
                    JsonObject.builder()
                            .putStrings("identifiers", List.of("hall"))
                            .build());
        }
        DeviceDiscovery device = DeviceDiscovery.builder()
                .device(DEVICE)
                .origin(ORIGIN)
                .putComponents("c", Components.read(variant, smallest.build()))
                .encoding("utf-8")
                .qos(Qos.AT_LEAST_ONCE)
                .build();
        DiscoveredHome together = DiscoveredHome.create();
        apply(together, writer.message("hall", device));
        DiscoveredHome apart = DiscoveredHome.create();
        List<DiscoveryMessage> messages = writer.apart("hall", device);
        messages.forEach(message -> apply(apart, message));

        assertThat(messages)
                .singleElement()
                .satisfies(message -> assertThat(DiscoveryChecker.create()
                                .check(message.topic().topicName().value(), message.payload())
                                .dropped())
                        .isEmpty());
        assertThat(apart.components())
                .singleElement()
                .usingRecursiveComparison()
                .comparingOnlyFields("id", "component", "device")
                .isEqualTo(together.components().iterator().next());
    }

    static Stream<String> variants() {
        return ComponentExamples.variants().stream();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void smallest_and_fullest_message_are_taken_whole(String variant) {
        for (DiscoveryMessage message : List.of(
                writer.message("smallest", ComponentExamples.smallest(variant)),
                writer.message("fullest", ComponentExamples.fullest(variant)))) {
            CheckResult result =
                    DiscoveryChecker.create().check(message.topic().topicName().value(), message.payload());

            assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
            assertThat(result.dropped()).isEmpty();
        }
    }

    private static Stream<DiscoveryChange> apply(DiscoveredHome home, DiscoveryMessage message) {
        return home.apply(message.topic().topicName().value(), message.payload()).stream();
    }

    private static String text(DiscoveryMessage message) {
        return message.topic().topicName() + " "
                + message.content().map(Object::toString).orElse("");
    }
}
