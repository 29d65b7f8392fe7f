package io.alicia.mqtt.homeassistant.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.alicia.mqtt.homeassistant.component.BasicLightEntity;
import io.alicia.mqtt.homeassistant.component.ClimateEntity;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.DeviceTrigger;
import io.alicia.mqtt.homeassistant.component.HvacMode;
import io.alicia.mqtt.homeassistant.component.SirenEntity;
import io.alicia.mqtt.homeassistant.component.ValveEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateReadingTest {

    private static final TopicName TOPIC = TopicName.of("x/state");
    private static final TopicFilter STATE = TopicFilter.of("x/state");
    private static final TopicName SET = TopicName.of("x/set");
    private static final TemplateEngine JINJA = TemplateEngine.jinja();

    @Test
    void a_template_that_fails_takes_nothing_from_the_others() {
        EntityMessages tasmota = EntityMessages.of(BasicLightEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .stateValueTemplate(Template.of("{{ value_json.POWER }}"))
                .rgbStateTopic(STATE)
                .rgbValueTemplate(Template.of("{{ value_json.Color.split(',')[0:3] | join(',') }}"))
                .build());
        EntityMessages climate = EntityMessages.of(ClimateEntity.builder()
                .currentTemperatureTopic(STATE)
                .currentTemperatureTemplate(Template.of("{{ value_json.local_temperature | float }}"))
                .modeStateTopic(STATE)
                .modeStateTemplate(Template.of("{{ value_json.system_mode }}"))
                .build());

        StateReading off = tasmota.read(TOPIC, "{\"POWER\":\"OFF\"}", JINJA);
        StateReading heat = climate.read(TOPIC, "{\"system_mode\":\"heat\"}", JINJA);

        assertThat(off.states()).containsExactly(LightState.builder().on(false).build());
        assertThat(off.problems()).singleElement().asString().contains("Color");
        assertThat(heat.states())
                .containsExactly(ClimateState.builder().mode(HvacMode.HEAT).build());
        assertThat(heat.problems()).singleElement().asString().contains("local_temperature");
        assertThat(tasmota.readState(TOPIC, "{\"POWER\":\"OFF\"}", JINJA)).isEqualTo(off.states());
    }

    @Test
    void a_text_of_millions_of_digits_is_no_number_and_costs_nothing() {
        EntityMessages valve = EntityMessages.of(ValveEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .reportsPosition(true)
                .build());

        for (String payload : List.of("9".repeat(1_900_000), "1e999999999")) {
            assertThat(assertTimeoutPreemptively(
                            Duration.ofSeconds(2),
                            () -> valve.read(TOPIC, payload, JINJA).states()))
                    .isEmpty();
        }
    }

    @Test
    void a_trigger_fires_for_its_own_payload_alone() {
        EntityMessages once = trigger("single", Optional.empty());
        EntityMessages twice = trigger("double", Optional.of(Template.of("{{ value_json.action }}")));

        assertThat(once.read(TOPIC, "single", JINJA).states()).containsExactly(EntityState.of("single"));
        assertThat(once.read(TOPIC, "double", JINJA))
                .as("another one's is no mistake")
                .isEqualTo(new StateReading(List.of(), List.of()));
        assertThat(twice.read(TOPIC, "{\"action\":\"double\"}", JINJA).states())
                .containsExactly(EntityState.of("double"));
        assertThat(twice.read(TOPIC, "{\"action\":\"single\"}", JINJA).states()).isEmpty();
    }

    @Test
    void a_valve_that_reports_its_position_says_it_as_a_number_or_in_an_object() {
        EntityMessages valve = EntityMessages.of(ValveEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .reportsPosition(true)
                .build());
        CoverState opening = CoverState.builder()
                .motion(CoverState.Motion.OPENING)
                .percentOpen(50)
                .build();

        assertThat(read(valve, "{\"state\":\"opening\",\"position\":50}")).containsExactly(opening);
        assertThat(read(valve, "{\"position\":\"20\"}"))
                .containsExactly(CoverState.builder().percentOpen(20).build());
        assertThat(read(valve, "{\"state\":\"opening\"}")).as("no position").isEmpty();
        assertThat(read(valve, "100"))
                .as("it has arrived")
                .containsExactly(CoverState.builder()
                        .motion(CoverState.Motion.OPEN)
                        .percentOpen(100)
                        .build());
        assertThat(read(valve, "None")).containsExactly(new EntityState.Unknown());
        assertThat(valve.read(TOPIC, "open", JINJA).problems())
                .containsExactly("the payload says nothing that the valve knows");
        assertThat(valve.writeState(opening))
                .as("one retained message that says both")
                .containsExactly(new EntityMessage(TOPIC, "{\"state\":\"opening\",\"position\":50}"));
        assertThat(valve.writeState(CoverState.builder()
                        .motion(CoverState.Motion.OPEN)
                        .percentOpen(100)
                        .build()))
                .containsExactly(new EntityMessage(TOPIC, "100"));
    }

    @Test
    void a_valve_without_a_position_says_a_word_or_an_object() {
        EntityMessages valve = EntityMessages.of(ValveEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .stateOpen("up")
                .build());
        CoverState open = CoverState.builder().motion(CoverState.Motion.OPEN).build();

        assertThat(read(valve, "{\"state\":\"up\"}")).containsExactly(open);
        assertThat(read(valve, "up")).containsExactly(open);
        assertThat(read(valve, "{\"position\":3}")).isEmpty();
        assertThat(valve.writeState(open)).containsExactly(new EntityMessage(TOPIC, "up"));
    }

    @Test
    void a_siren_says_a_word_or_an_object() {
        EntityMessages siren = EntityMessages.of(SirenEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .availableTones(List.of("a", "b"))
                .build());
        SirenState loud = SirenState.builder()
                .on(true)
                .tone("a")
                .duration(Duration.ofSeconds(10))
                .volume(0.5)
                .build();
        SirenState on = SirenState.builder().on(true).build();

        assertThat(read(siren, "{\"state\":\"ON\",\"tone\":\"a\",\"duration\":10,\"volume_level\":0.5}"))
                .containsExactly(loud);
        assertThat(read(siren, "{\"state\":\"ON\",\"volume_level\":2}"))
                .as("a volume that there is not")
                .containsExactly(on);
        assertThat(read(siren, "ON")).containsExactly(on);
        assertThat(read(siren, "None")).containsExactly(new EntityState.Unknown());
        assertThat(read(siren, "loud")).isEmpty();
        assertThat(SirenState.builder().on(false).build().after(loud))
                .isEqualTo(SirenState.builder().from(loud).on(false).build());
        assertThat(read(siren, siren.writeState(loud).get(0).payload())).containsExactly(loud);
        assertThat(siren.writeState(EntityState.of(false))).containsExactly(new EntityMessage(TOPIC, "OFF"));
        assertThat(siren.writeState(on)).containsExactly(new EntityMessage(TOPIC, "ON"));
    }

    @Test
    void a_siren_says_of_its_sound_what_it_announces() {
        EntityMessages siren = EntityMessages.of(SirenEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .supportDuration(false)
                .supportVolumeSet(false)
                .build());
        SirenState on = SirenState.builder().on(true).build();

        assertThat(read(siren, "{\"state\":\"ON\",\"tone\":\"a\",\"duration\":10,\"volume_level\":0.5}"))
                .containsExactly(on);
        for (SirenState loud : List.of(
                SirenState.builder().from(on).tone("a").build(),
                SirenState.builder().from(on).duration(Duration.ofSeconds(1)).build(),
                SirenState.builder().from(on).volume(1).build())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> siren.writeState(loud))
                    .withMessageStartingWith("siren: no ");
        }
    }

    private static EntityMessages trigger(String payload, Optional<Template> template) {
        DeviceTrigger.Builder trigger = DeviceTrigger.builder();
        trigger.topic(STATE)
                .payload(payload)
                .type("action")
                .subtype(payload)
                .device(Device.builder().addIdentifiers("button").build());
        template.ifPresent(trigger::valueTemplate);
        return EntityMessages.of(trigger.build());
    }

    private static List<EntityState> read(EntityMessages messages, String payload) {
        return messages.readState(TOPIC, payload, JINJA);
    }
}
