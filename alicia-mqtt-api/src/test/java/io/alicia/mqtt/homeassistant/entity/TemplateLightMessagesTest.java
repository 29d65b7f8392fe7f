package io.alicia.mqtt.homeassistant.entity;

import static io.alicia.mqtt.homeassistant.entity.LightFixture.JINJA;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.SET;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.STATE;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.read;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.homeassistant.component.TemplateLightEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lights are told and understood as light/schema_template.py of Home Assistant does it. */
class TemplateLightMessagesTest {

    private static final Template ANY = Template.of("{{ value }}");

    @Test
    void a_light_made_of_templates_is_told_no_more_than_it_announces() {
        TemplateLightEntity.Builder plug = light();
        LightCommand dim = LightCommand.builder().brightness(new Brightness(9)).build();
        LightCommand warm =
                LightCommand.builder().tint(new LightTint.Temperature(2_700)).build();
        LightCommand red =
                LightCommand.builder().tint(new LightTint.Rgb(255, 0, 0)).build();

        refused(plug, dim, "brightness_template");
        refused(plug, warm, "color_temp_template");
        refused(plug.redTemplate(ANY).greenTemplate(ANY), red, "red_template, green_template and blue_template");
        refused(plug, LightCommand.builder().effect("rainbow").build(), "effect_list");
        assertThat(told(
                        EntityMessages.of(light().colorTempTemplate(ANY).build()),
                        LightCommand.builder().from(warm).from(dim).build()))
                .as("what has a colour temperature has a brightness")
                .containsExactly("set 9 370");
        assertThat(told(
                        EntityMessages.of(light().effectList(List.of("rainbow")).build()),
                        LightCommand.builder().effect("storm").build()))
                .as("Home Assistant asks for the list and not for what is in it")
                .containsExactly("set storm");
    }

    @Test
    void a_light_made_of_templates_is_told_a_colour_by_its_hue_and_by_its_channels() {
        TemplateLightEntity.Builder light =
                light().redTemplate(ANY).greenTemplate(ANY).blueTemplate(ANY);
        LightCommand.Builder half = LightCommand.builder().brightness(new Brightness(128));

        assertThat(told(
                        EntityMessages.of(light.build()),
                        LightCommand.builder()
                                .tint(new LightTint.HueSaturation(210, 50))
                                .build()))
                .containsExactly("set 128 191 255 210.0 50.0");
        assertThat(told(
                        EntityMessages.of(light.build()),
                        half.tint(new LightTint.Rgb(255, 0, 100)).build()))
                .as("without a template for its brightness it is told it by its channels")
                .containsExactly("set 128 128 0 50 336.471 100.0");
        assertThat(told(
                        EntityMessages.of(light.brightnessTemplate(ANY).build()),
                        half.tint(new LightTint.HueSaturation(360, 100)).build()))
                .containsExactly("set 128 255 0 0 360.0 100.0");
    }

    @Test
    void a_light_made_of_templates_is_turned_off_by_a_brightness_of_zero() {
        EntityMessages light = EntityMessages.of(light().brightnessTemplate(ANY).build());

        assertThat(told(
                        light,
                        LightCommand.builder().brightness(new Brightness(0)).build()))
                .containsExactly("set off");
    }

    @Test
    void a_light_made_of_templates_cannot_be_played_and_says_why() {
        TemplateLightEntity.Builder light = TemplateLightEntity.builder()
                .commandTopic(SET)
                .commandOnTemplate(Template.of("on"))
                .commandOffTemplate(Template.of("off"));
        LightState on = LightState.builder().on(true).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntityMessages.of(light.build()).writeState(on))
                .withMessage("light/template: the light has no state_topic to say what it is");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntityMessages.of(light.stateTopic(STATE)
                                .stateTemplate(Template.of("{{ value_json.s }}"))
                                .build())
                        .writeState(on))
                .withMessageContaining("takes its state out of messages with its own templates")
                .withMessageEndingWith("publish such a message on x/state yourself");
    }

    @Test
    void a_light_made_of_templates_passes_over_a_brightness_of_zero() {
        EntityMessages light = EntityMessages.of(TemplateLightEntity.builder()
                .commandTopic(SET)
                .commandOnTemplate(Template.of("on"))
                .commandOffTemplate(Template.of("off"))
                .stateTopic(STATE)
                .stateTemplate(Template.of("{{ value_json.s }}"))
                .brightnessTemplate(Template.of("{{ value_json.b }}"))
                .build());

        assertThat(read(light, "{\"s\":\"on\",\"b\":0}"))
                .containsExactly(LightState.builder().on(true).build());
        assertThat(read(light, "{\"s\":\"on\",\"b\":1}"))
                .containsExactly(LightState.builder()
                        .on(true)
                        .brightness(new Brightness(1))
                        .build());
    }

    @Test
    void a_light_made_of_templates_keeps_what_its_other_templates_say() {
        EntityMessages light = EntityMessages.of(TemplateLightEntity.builder()
                .commandTopic(SET)
                .commandOnTemplate(Template.of("on"))
                .commandOffTemplate(Template.of("off"))
                .stateTopic(STATE)
                .stateTemplate(Template.of("{{ value_json.state }}"))
                .brightnessTemplate(Template.of("{{ now() }}"))
                .build());

        StateReading reading = light.read(TopicName.of("x/state"), "{\"state\":\"on\"}", JINJA);

        assertThat(reading.states())
                .containsExactly(LightState.builder().on(true).build());
        assertThat(reading.problems()).singleElement().asString().contains("now");
    }

    private static TemplateLightEntity.Builder light() {
        return TemplateLightEntity.builder()
                .commandTopic(SET)
                .commandOnTemplate(
                        Template.of(
                                "{{ [brightness, color_temp, effect, red, green, blue, hue, sat] | select('defined') | join(' ') }}"))
                .commandOffTemplate(Template.of("off"));
    }

    private static void refused(TemplateLightEntity.Builder light, LightCommand command, String option) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> told(EntityMessages.of(light.build()), command))
                .withMessageStartingWith("light/template: the light has no " + option + ",");
    }
}
