package io.alicia.mqtt.homeassistant.entity;

import static io.alicia.mqtt.homeassistant.entity.LightFixture.JINJA;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.SET;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.STATE;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.payloads;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.read;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.said;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.homeassistant.component.BasicLightEntity;
import io.alicia.mqtt.homeassistant.component.ColorMode;
import io.alicia.mqtt.homeassistant.component.OnCommandType;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Lights are told and understood as light/schema_basic.py of Home Assistant does it. */
class BasicLightMessagesTest {

    @Test
    void a_basic_light_is_turned_on_last_first_or_by_its_brightness() {
        LightCommand bright =
                LightCommand.builder().on(true).brightness(new Brightness(1)).build();
        LightCommand on = LightCommand.builder().on(true).build();

        assertThat(told(basic(OnCommandType.LAST), bright)).containsExactly("dim 1", "set ON");
        assertThat(told(basic(OnCommandType.FIRST), bright)).containsExactly("set ON", "dim 1");
        assertThat(told(basic(OnCommandType.BRIGHTNESS), bright)).containsExactly("dim 1");
        assertThat(told(basic(OnCommandType.BRIGHTNESS), on)).containsExactly("dim 100");
        assertThat(told(basic(OnCommandType.LAST), on)).containsExactly("set ON");
        assertThat(told(
                        EntityMessages.of(BasicLightEntity.builder()
                                .commandTopic(SET)
                                .brightnessCommandTopic(TopicName.of("x/dim"))
                                .build()),
                        LightCommand.builder().brightness(Brightness.FULL).build()))
                .as("last is what Home Assistant does unless told otherwise")
                .containsExactly("dim 255", "set ON");
        assertThat(told(
                        basic(OnCommandType.FIRST),
                        LightCommand.builder()
                                .on(false)
                                .brightness(Brightness.FULL)
                                .build()))
                .containsExactly("set OFF");
    }

    @Test
    void a_basic_light_without_a_topic_for_its_brightness_is_told_it_by_its_colour() {
        EntityMessages light = EntityMessages.of(BasicLightEntity.builder()
                .commandTopic(SET)
                .rgbCommandTopic(TopicName.of("x/rgb"))
                .rgbCommandTemplate(Template.of("{{ red }}/{{ green }}/{{ blue }}"))
                .build());

        assertThat(told(
                        light,
                        LightCommand.builder()
                                .brightness(new Brightness(51))
                                .tint(new LightTint.Rgb(255, 100, 0))
                                .build()))
                .containsExactly("rgb 51/20/0", "set ON");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> told(
                        light,
                        LightCommand.builder().brightness(Brightness.FULL).build()))
                .withMessageContaining("no brightness_command_topic");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        told(light, LightCommand.builder().effect("rainbow").build()))
                .withMessageContaining("effect_list has no rainbow");
    }

    @Test
    void a_light_that_its_brightness_turns_on_is_told_it_by_white_if_it_has_no_topic_for_it() {
        TopicName color = TopicName.of("x/color");
        BasicLightEntity.Builder rgb = BasicLightEntity.builder().rgbCommandTopic(color);
        BasicLightEntity.Builder rgbw = BasicLightEntity.builder().rgbwCommandTopic(color);
        BasicLightEntity.Builder rgbww = BasicLightEntity.builder().rgbwwCommandTopic(color);
        LightCommand on = LightCommand.builder().on(true).build();
        LightCommand dim = LightCommand.builder().brightness(new Brightness(51)).build();

        assertThat(told(turnedOnByBrightness(rgb), on)).containsExactly("color 255,255,255");
        assertThat(told(turnedOnByBrightness(rgb), dim)).containsExactly("color 51,51,51");
        assertThat(told(turnedOnByBrightness(rgbw), on)).containsExactly("color 255,255,255,255");
        assertThat(told(turnedOnByBrightness(rgbww), on)).containsExactly("color 255,255,255,255,255");
        assertThat(told(
                        turnedOnByBrightness(rgb),
                        LightCommand.builder().tint(new LightTint.Rgb(9, 8, 7)).build()))
                .as("a colour turns it on by itself")
                .containsExactly("color 9,8,7");
    }

    @Test
    void a_basic_light_that_is_to_be_white_is_told_one_brightness() {
        EntityMessages light = EntityMessages.of(BasicLightEntity.builder()
                .commandTopic(SET)
                .brightnessCommandTopic(TopicName.of("x/dim"))
                .whiteCommandTopic(TopicName.of("x/white"))
                .build());
        LightCommand.Builder white = LightCommand.builder().tint(new LightTint.White(new Brightness(200)));

        assertThat(told(light, white.build())).containsExactly("white 200", "set ON");
        assertThat(told(light, white.brightness(new Brightness(50)).build())).containsExactly("white 50", "set ON");
    }

    @Test
    void a_basic_light_is_in_the_colour_mode_that_it_says() {
        EntityMessages light = EntityMessages.of(colourful().build());
        LightState warm = known(light, "x/rgb", "1,2,3", "x/temp", "250", "x/mode", "color_temp");

        assertThat(warm.tint()).contains(new LightTint.Temperature(4_000));
        assertThat(known(light, warm, "x/rgb", "4,5,6").tint())
                .as("a colour of another mode is kept for later")
                .contains(new LightTint.Temperature(4_000));
        assertThat(known(light, warm, "x/rgb", "4,5,6", "x/mode", "rgb").tint()).contains(new LightTint.Rgb(4, 5, 6));
        assertThat(known(light, warm, "x/dim", "40", "x/mode", "white").tint())
                .as("white is as bright as the light")
                .contains(new LightTint.White(new Brightness(40)));
        assertThat(known(light, warm, "x/mode", "brightness").tint()).isEmpty();
        assertThat(light.read(TopicName.of("x/mode"), "purple", JINJA).problems())
                .isNotEmpty();
    }

    @Test
    void a_basic_light_says_its_colour_mode_with_its_colour() {
        EntityMessages light = EntityMessages.of(colourful().build());

        assertThat(said(
                        light,
                        LightState.builder().tint(new LightTint.Rgb(1, 2, 3)).build()))
                .containsExactly("mode rgb", "rgb 1,2,3");
        assertThat(said(
                        light,
                        LightState.builder()
                                .tint(new LightTint.White(new Brightness(7)))
                                .build()))
                .containsExactly("dim 7", "mode white");
        assertThat(said(
                        light,
                        LightState.builder().colorMode(ColorMode.BRIGHTNESS).build()))
                .containsExactly("mode brightness");
    }

    @Test
    void a_basic_light_passes_over_a_brightness_of_zero_and_may_not_know() {
        EntityMessages light = EntityMessages.of(BasicLightEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .brightnessStateTopic(TopicFilter.of("x/brightness"))
                .brightnessScale(100)
                .build());

        assertThat(light.readState(TopicName.of("x/brightness"), "0", JINJA)).isEmpty();
        assertThat(light.readState(TopicName.of("x/brightness"), "40", JINJA))
                .containsExactly(
                        LightState.builder().brightness(Brightness.percent(40)).build());
        assertThat(read(light, "None")).containsExactly(new EntityState.Unknown());
        assertThat(payloads(light.writeState(LightState.builder()
                        .on(false)
                        .brightness(new Brightness(0))
                        .build())))
                .as("off, and no brightness that says nothing")
                .containsExactly("OFF");
    }

    @Test
    void a_basic_light_is_told_no_transition_and_no_flash() {
        EntityMessages light = basic(OnCommandType.LAST);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> told(
                        light,
                        LightCommand.builder().transition(Duration.ofSeconds(1)).build()))
                .withMessageStartingWith("light/default: there is no transition for lights with the schema basic");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> told(
                        light,
                        LightCommand.builder()
                                .on(false)
                                .flash(Duration.ofSeconds(2))
                                .build()))
                .withMessageStartingWith("light/default: there is no flash ");
    }

    private static BasicLightEntity.Builder colourful() {
        return BasicLightEntity.builder()
                .commandTopic(SET)
                .brightnessStateTopic(TopicFilter.of("x/dim"))
                .colorModeStateTopic(TopicFilter.of("x/mode"))
                .colorTempStateTopic(TopicFilter.of("x/temp"))
                .rgbStateTopic(TopicFilter.of("x/rgb"));
    }

    /** What is known after messages, each a topic and a payload. */
    private static LightState known(EntityMessages light, String... messages) {
        return known(light, LightState.builder().build(), messages);
    }

    private static LightState known(EntityMessages light, LightState before, String... messages) {
        EntityState known = before;
        for (int m = 0; m < messages.length; m += 2) {
            for (EntityState state : light.readState(TopicName.of(messages[m]), messages[m + 1], JINJA)) {
                known = state.after(known);
            }
        }
        return (LightState) known;
    }

    private static EntityMessages basic(OnCommandType type) {
        return EntityMessages.of(BasicLightEntity.builder()
                .commandTopic(SET)
                .brightnessCommandTopic(TopicName.of("x/dim"))
                .brightnessScale(100)
                .onCommandType(type)
                .build());
    }

    private static EntityMessages turnedOnByBrightness(BasicLightEntity.Builder light) {
        return EntityMessages.of(
                light.commandTopic(SET).onCommandType(OnCommandType.BRIGHTNESS).build());
    }
}
