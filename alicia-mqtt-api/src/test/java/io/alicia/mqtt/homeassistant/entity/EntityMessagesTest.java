package io.alicia.mqtt.homeassistant.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.homeassistant.component.AlarmControlPanelEntity;
import io.alicia.mqtt.homeassistant.component.BasicLightEntity;
import io.alicia.mqtt.homeassistant.component.ClimateEntity;
import io.alicia.mqtt.homeassistant.component.ColorMode;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.ComponentExamples;
import io.alicia.mqtt.homeassistant.component.CoverEntity;
import io.alicia.mqtt.homeassistant.component.DeviceTrackerEntity;
import io.alicia.mqtt.homeassistant.component.EventEntity;
import io.alicia.mqtt.homeassistant.component.HvacMode;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.homeassistant.component.LockEntity;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.SirenEntity;
import io.alicia.mqtt.homeassistant.component.SwitchEntity;
import io.alicia.mqtt.homeassistant.component.TemplateLightEntity;
import io.alicia.mqtt.homeassistant.component.UpdateEntity;
import io.alicia.mqtt.homeassistant.component.ValveEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.homeassistant.template.TemplateEvaluationException;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EntityMessagesTest {

    private static final TopicName SET = TopicName.of("x/set");
    private static final TopicFilter STATE = TopicFilter.of("x/state");
    private static final TemplateEngine JINJA = TemplateEngine.jinja();

    @Test
    void a_light_made_of_templates_is_told_and_understood() {
        TemplateLightEntity light = TemplateLightEntity.builder()
                .commandTopic(TopicName.of("set"))
                .commandOnTemplate(Template.of("on{% if brightness is defined %} {{ brightness }}{% endif %}"
                        + "{% if red is defined %} {{ red }},{{ green }},{{ blue }}{% endif %}"
                        + "{% if transition is defined %} over {{ transition }} s{% endif %}"))
                .commandOffTemplate(Template.of("off {{ state }}"))
                .stateTopic(TopicFilter.of("state"))
                .stateTemplate(Template.of("{{ value.split(',')[0] }}"))
                .brightnessTemplate(Template.of("{{ value.split(',')[1] }}"))
                .redTemplate(Template.of("{{ value.split(',')[2] }}"))
                .greenTemplate(Template.of("{{ value.split(',')[3] }}"))
                .blueTemplate(Template.of("{{ value.split(',')[4] }}"))
                .build();
        EntityMessages messages = EntityMessages.of(light);

        assertThat(messages.writeCommand(
                        LightCommand.builder()
                                .on(true)
                                .brightness(Brightness.FULL)
                                .tint(new LightTint.Rgb(1, 2, 3))
                                .transition(Duration.ofMillis(1500))
                                .build(),
                        JINJA))
                .containsExactly(new EntityMessage(TopicName.of("set"), "on 255 1,2,3 over 1.5 s"));
        assertThat(messages.writeCommand(LightCommand.builder().on(false).build(), JINJA))
                .containsExactly(new EntityMessage(TopicName.of("set"), "off False"));
        assertThat(messages.readState(TopicName.of("state"), "on,51", JINJA))
                .containsExactly(LightState.builder()
                        .on(true)
                        .brightness(Brightness.percent(20))
                        .build());
        assertThat(messages.readState(TopicName.of("state"), "?", JINJA)).isEmpty();
        assertThat(messages.stateTopics()).containsExactly(TopicFilter.of("state"));
    }

    @Test
    void a_json_light_says_all_in_one_object() {
        EntityMessages light = EntityMessages.of(JsonLightEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .supportedColorModes(List.of(ColorMode.RGB, ColorMode.COLOR_TEMP))
                .brightness(true)
                .brightnessScale(100)
                .effect(true)
                .build());
        LightCommand command = LightCommand.builder()
                .on(true)
                .brightness(Brightness.percent(40))
                .tint(new LightTint.Rgb(1, 2, 3))
                .effect("rainbow")
                .transition(Duration.ofMillis(1_500))
                .build();

        assertThat(light.writeCommand(command, JINJA)).containsExactly(new EntityMessage(SET, """
                                {"state":"ON","brightness":40,"color":{"r":1,"g":2,"b":3},"effect":"rainbow",\
                                "transition":1.5}"""));
        assertThat(light.readCommand(
                        SET, light.writeCommand(command, JINJA).get(0).payload()))
                .isEqualTo(command);
        LightState state = LightState.builder()
                .on(true)
                .tint(new LightTint.Temperature(4_000))
                .build();
        assertThat(light.writeState(state))
                .containsExactly(new EntityMessage(
                        TopicName.of("x/state"),
                        "{\"state\":\"ON\",\"color_temp\":250,\"color_mode\":\"color_temp\"}"));
        assertThat(light.readState(
                        TopicName.of("x/state"), light.writeState(state).get(0).payload(), JINJA))
                .containsExactly(state);
    }

    @Test
    void a_basic_light_has_a_topic_for_each_thing() {
        EntityMessages light = EntityMessages.of(BasicLightEntity.builder()
                .commandTopic(SET)
                .payloadOn("1")
                .payloadOff("0")
                .brightnessCommandTopic(TopicName.of("x/dim"))
                .brightnessScale(1_000)
                .rgbCommandTopic(TopicName.of("x/rgb"))
                .rgbStateTopic(STATE)
                .build());

        assertThat(light.readCommand(SET, "0"))
                .isEqualTo(LightCommand.builder().on(false).build());
        assertThat(light.readCommand(TopicName.of("x/rgb"), "255,0,7"))
                .isEqualTo(LightCommand.builder()
                        .tint(new LightTint.Rgb(255, 0, 7))
                        .build());
        assertThat(light.writeCommand(
                        LightCommand.builder()
                                .on(true)
                                .brightness(Brightness.FULL)
                                .tint(new LightTint.Rgb(1, 2, 3))
                                .build(),
                        JINJA))
                .containsExactly(
                        new EntityMessage(TopicName.of("x/rgb"), "1,2,3"),
                        new EntityMessage(TopicName.of("x/dim"), "1000"),
                        new EntityMessage(SET, "1"));
        assertThat(light.readState(TopicName.of("x/state"), "9,8,7", JINJA))
                .containsExactly(
                        LightState.builder().tint(new LightTint.Rgb(9, 8, 7)).build());
    }

    @Test
    void positions_are_percent_open_whatever_stands_for_them() {
        EntityMessages cover = EntityMessages.of(CoverEntity.builder()
                .commandTopic(SET)
                .setPositionTopic(TopicName.of("x/move"))
                .positionTopic(STATE)
                .positionClosed(200)
                .positionOpen(0)
                .build());

        assertThat(cover.readCommand(SET, "STOP")).isEqualTo(new CoverCommand.Stop());
        assertThat(cover.readCommand(TopicName.of("x/move"), "50")).isEqualTo(new CoverCommand.SetPosition(75));
        assertThat(cover.writeCommand(new CoverCommand.SetPosition(75), JINJA))
                .containsExactly(new EntityMessage(TopicName.of("x/move"), "50"));
        assertThat(cover.writeState(CoverState.builder().percentOpen(100).build()))
                .containsExactly(new EntityMessage(TopicName.of("x/state"), "0"));

        EntityMessages valve = EntityMessages.of(ValveEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .reportsPosition(true)
                .build());
        assertThat(valve.readCommand(SET, "30")).isEqualTo(new ValveCommand.SetPosition(30));
        assertThat(valve.readState(TopicName.of("x/state"), "30", JINJA))
                .containsExactly(CoverState.builder().percentOpen(30).build());
        assertThat(valve.readState(TopicName.of("x/state"), "opening", JINJA))
                .containsExactly(
                        CoverState.builder().motion(CoverState.Motion.OPENING).build());
    }

    @Test
    void a_climate_device_is_told_one_thing_at_a_time_and_says_many() {
        EntityMessages climate = EntityMessages.of(ClimateEntity.builder()
                .modeCommandTopic(SET)
                .temperatureCommandTopic(TopicName.of("x/temperature/set"))
                .modeStateTopic(STATE)
                .temperatureStateTopic(TopicFilter.of("x/temperature"))
                .currentTemperatureTopic(TopicFilter.of("x/json"))
                .currentTemperatureTemplate(Template.jsonField("t"))
                .build());

        assertThat(climate.readCommand(SET, "heat")).isEqualTo(new ClimateCommand.SetMode(HvacMode.HEAT));
        assertThat(climate.readCommand(TopicName.of("x/temperature/set"), "21.5"))
                .isEqualTo(new ClimateCommand.SetTemperature(21.5));
        assertThat(climate.writeState(ClimateState.builder()
                        .mode(HvacMode.OFF)
                        .temperature(20)
                        .build()))
                .containsExactly(
                        new EntityMessage(TopicName.of("x/state"), "off"),
                        new EntityMessage(TopicName.of("x/temperature"), "20"));
        assertThat(climate.readState(TopicName.of("x/json"), "{\"t\":19.5}", JINJA))
                .containsExactly(ClimateState.builder().currentTemperature(19.5).build());
    }

    @Test
    void payloads_are_those_that_the_component_names() {
        EntityMessages lock = EntityMessages.of(LockEntity.builder()
                .commandTopic(SET)
                .payloadUnlock("open sesame")
                .build());
        EntityMessages gate = EntityMessages.of(SwitchEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .payloadOn("up")
                .stateOn("is up")
                .build());

        assertThat(lock.readCommand(SET, "open sesame")).isEqualTo(LockCommand.UNLOCK);
        assertThat(lock.readCommand(SET, "LOCK")).isEqualTo(LockCommand.LOCK);
        assertThat(gate.readCommand(SET, "up")).isEqualTo(new EntityCommand.Switch(true));
        assertThat(gate.writeState(EntityState.of(true)))
                .containsExactly(new EntityMessage(TopicName.of("x/state"), "is up"));
        assertThat(gate.readState(TopicName.of("x/state"), "OFF", JINJA)).containsExactly(EntityState.of(false));
        assertThat(gate.readState(TopicName.of("x/state"), "sideways", JINJA)).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_raw_and_never_guessed() {
        EntityMessages templated = EntityMessages.of(SwitchEntity.builder()
                .commandTopic(SET)
                .commandTemplate(Template.of("{{ {'power': value, 'at': now()} | tojson }}"))
                .build());

        assertThat(templated.readCommand(SET, "ON")).isEqualTo(new EntityCommand.Raw(SET, "ON"));
        assertThatExceptionOfType(TemplateEvaluationException.class)
                .isThrownBy(() -> templated.writeCommand(new EntityCommand.Switch(true), JINJA))
                .withMessage(
                        "cannot evaluate \"{{ {'power': value, 'at': now()} | tojson }}\": the function now is not known"
                                + " here");
        assertThat(EntityMessages.of(LockEntity.builder().commandTopic(SET).build())
                        .readCommand(SET, "explode"))
                .isEqualTo(new EntityCommand.Raw(SET, "explode"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> templated.writeState(EntityState.of(true)))
                .withMessage("switch has no topic to say OnOff[on=true]");
    }

    @Test
    void texts_numbers_events_and_sirens() {
        EntityMessages sensor = EntityMessages.of(SensorEntity.builder()
                .stateTopic(TopicFilter.of("+/state"))
                .valueTemplate(Template.of("{{ value_json['a'].b[1] }}"))
                .build());
        assertThat(sensor.readState(TopicName.of("x/state"), "{\"a\":{\"b\":[1,true]}}", JINJA))
                .containsExactly(EntityState.of("True"));
        assertThatIllegalArgumentException().isThrownBy(() -> sensor.writeState(EntityState.of(1.50)));

        EntityMessages plain =
                EntityMessages.of(SensorEntity.builder().stateTopic(STATE).build());
        assertThat(plain.writeState(EntityState.of(1.50)))
                .containsExactly(new EntityMessage(TopicName.of("x/state"), "1.5"));

        EntityMessages event = EntityMessages.of(EventEntity.builder()
                .stateTopic(STATE)
                .eventTypes(List.of("press"))
                .build());
        EntityState.Event pressed = new EntityState.Event(
                "press", JsonObject.builder().put("times", 2).build());
        assertThat(event.writeState(pressed))
                .containsExactly(new EntityMessage(TopicName.of("x/state"), "{\"event_type\":\"press\",\"times\":2}"));
        assertThat(event.readState(TopicName.of("x/state"), "{\"event_type\":\"press\",\"times\":2}", JINJA))
                .containsExactly(pressed);

        EntityMessages siren = EntityMessages.of(SirenEntity.builder()
                .commandTopic(SET)
                .availableTones(List.of("fire"))
                .build());
        SirenCommand alarm =
                new SirenCommand(true, Optional.of("fire"), Optional.of(Duration.ofSeconds(9)), OptionalDouble.of(0.5));
        assertThat(siren.readCommand(
                        SET, siren.writeCommand(alarm, JINJA).get(0).payload()))
                .isEqualTo(alarm);
    }

    @Test
    void what_says_that_a_state_is_not_known_is_unknown_and_what_no_state_is_says_nothing() {
        EntityMessages number = EntityMessages.of(
                SensorEntity.builder().stateTopic(STATE).unitOfMeasurement("W").build());
        EntityMessages text =
                EntityMessages.of(SensorEntity.builder().stateTopic(STATE).build());
        EntityMessages lock = EntityMessages.of(LockEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .stateJammed("stuck")
                .payloadReset("?")
                .build());
        EntityMessages plug = EntityMessages.of(
                SwitchEntity.builder().commandTopic(SET).stateTopic(STATE).build());
        EntityMessages tracker = EntityMessages.of(
                DeviceTrackerEntity.builder().stateTopic(STATE).build());
        EntityMessages event = EntityMessages.of(EventEntity.builder()
                .stateTopic(STATE)
                .eventTypes(List.of("press"))
                .build());
        EntityMessages heater =
                EntityMessages.of(ClimateEntity.builder().modeStateTopic(STATE).build());
        EntityMessages action =
                EntityMessages.of(ClimateEntity.builder().actionTopic(STATE).build());

        assertThat(read(number, "None")).containsExactly(new EntityState.Unknown());
        assertThat(read(number, "1e3")).containsExactly(EntityState.of("1e3"));
        assertThat(read(number, "abc")).isEmpty();
        assertThat(read(number, "")).isEmpty();
        assertThat(read(text, "abc")).containsExactly(EntityState.of("abc"));
        assertThat(read(text, "")).containsExactly(EntityState.of(""));
        assertThat(read(lock, "?")).containsExactly(new EntityState.Unknown());
        assertThat(read(lock, "stuck")).containsExactly(LockState.JAMMED);
        assertThat(read(lock, "foo")).isEmpty();
        assertThat(read(plug, "None")).containsExactly(new EntityState.Unknown());
        assertThat(read(tracker, "None")).containsExactly(new EntityState.Unknown());
        assertThat(read(tracker, "work")).containsExactly(EntityState.of("work"));
        assertThat(read(event, "{\"event_type\":\"fall\"}")).isEmpty();
        assertThat(read(heater, "heat"))
                .containsExactly(
                        ClimateState.builder().mode(new HvacMode("heat")).build());
        assertThat(read(heater, "None")).containsExactly(new EntityState.Unknown());
        assertThat(read(heater, "bogus")).isEmpty();
        assertThat(read(action, "idle"))
                .containsExactly(ClimateState.builder().action("idle").build());
        assertThat(read(action, "None")).containsExactly(ClimateState.unknown(ClimateState.Part.ACTION));
        assertThat(number.writeState(new EntityState.Unknown()))
                .containsExactly(new EntityMessage(TopicName.of("x/state"), "None"));
    }

    @Test
    void an_update_says_versions_as_an_object_or_as_texts() {
        EntityMessages update = EntityMessages.of(UpdateEntity.builder()
                .stateTopic(STATE)
                .latestVersionTopic(TopicFilter.of("x/latest"))
                .build());
        EntityState.Update said = new EntityState.Update(
                Optional.of("1.0"),
                Optional.of("1.1"),
                JsonObject.builder().put("title", "T").build());

        assertThat(read(update, "{\"installed_version\":\"1.0\",\"latest_version\":\"1.1\",\"title\":\"T\"}"))
                .containsExactly(said);
        assertThat(read(update, "0.9"))
                .containsExactly(new EntityState.Update(Optional.of("0.9"), Optional.empty(), JsonObject.empty()));
        assertThat(update.readState(TopicName.of("x/latest"), "2.0", JINJA))
                .singleElement()
                .satisfies(latest -> assertThat(latest.after(said))
                        .isEqualTo(new EntityState.Update(Optional.of("1.0"), Optional.of("2.0"), said.other())));
        assertThat(read(update, update.writeState(said).get(0).payload())).containsExactly(said);
    }

    @Test
    void a_cover_says_its_position_as_a_number_or_as_an_object() {
        EntityMessages cover = EntityMessages.of(CoverEntity.builder()
                .setPositionTopic(TopicName.of("x/set"))
                .positionTopic(STATE)
                .build());

        assertThat(read(cover, "40"))
                .containsExactly(CoverState.builder().percentOpen(40).build());
        assertThat(read(cover, "{\"position\":10,\"tilt_position\":\"20\"}"))
                .containsExactly(
                        CoverState.builder().percentOpen(10).tiltPercent(20).build());
        assertThat(read(cover, "{\"tilt_position\":20}")).isEmpty();
    }

    @Test
    void templates_of_commands_get_what_home_assistant_gives_them() {
        EntityMessages cover = EntityMessages.of(CoverEntity.builder()
                .positionTopic(STATE)
                .setPositionTopic(SET)
                .setPositionTemplate(Template.of("{{ position }} {{ value }} {{ position_open }} {{ tilt_max }}"))
                .positionOpen(10)
                .build());
        EntityMessages alarm = EntityMessages.of(AlarmControlPanelEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .codeArmRequired(false)
                .commandTemplate(Template.of("{{ action }} {{ code }}"))
                .build());
        EntityMessages siren = EntityMessages.of(SirenEntity.builder()
                .commandTopic(SET)
                .availableTones(List.of("fire"))
                .commandTemplate(
                        Template.of("{{ value }} {{ state }} {{ tone }} {{ duration }} {{ volume_level is defined }}"))
                .build());

        assertThat(cover.writeCommand(new CoverCommand.SetPosition(40), JINJA))
                .containsExactly(new EntityMessage(SET, "40 4 10 100"));
        assertThat(alarm.writeCommand(AlarmCommand.ARM_AWAY, JINJA))
                .containsExactly(new EntityMessage(SET, "ARM_AWAY None"));
        assertThat(siren.writeCommand(
                        new SirenCommand(
                                true, Optional.of("fire"), Optional.of(Duration.ofSeconds(9)), OptionalDouble.empty()),
                        JINJA))
                .containsExactly(new EntityMessage(SET, "ON ON fire 9 False"));
    }

    private static List<EntityState> read(EntityMessages messages, String payload) {
        return messages.readState(TopicName.of("x/state"), payload, JINJA);
    }

    @Test
    void every_component_with_command_topics_takes_commands_on_them() {
        for (String variant : ComponentExamples.variants()) {
            Component component = ComponentExamples.fullest(variant);
            long topics = component.toJson().members().keySet().stream()
                    .filter(option -> option.endsWith("command_topic"))
                    .count();
            if (topics > 0) {
                assertThat(EntityMessages.of(component).commandTopics())
                        .as(variant)
                        .hasSizeGreaterThanOrEqualTo((int) topics);
            }
        }
    }
}
