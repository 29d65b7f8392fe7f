package io.alicia.mqtt.homeassistant.entity;

import static io.alicia.mqtt.homeassistant.entity.LightFixture.SET;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.STATE;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.json;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.payloads;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.read;
import static io.alicia.mqtt.homeassistant.entity.LightFixture.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.homeassistant.component.ColorMode;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.payload.Brightness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lights are told and understood as light/schema_json.py of Home Assistant does it. */
class JsonLightMessagesTest {

    @Test
    void the_colour_of_a_state_is_the_one_that_color_mode_names() {
        EntityMessages zigbee = json(ColorMode.XY, ColorMode.COLOR_TEMP);
        String both = "\"color\":{\"x\":0.7,\"y\":0.3,\"hue\":0,\"saturation\":100},\"color_temp\":370}";
        String all =
                "\"color\":{\"h\":10,\"s\":20,\"x\":0.5,\"y\":0.4,\"r\":1,\"g\":2,\"b\":3,\"w\":4},\"color_temp\":370}";

        assertThat(tint(zigbee, "{\"state\":\"ON\",\"color_mode\":\"xy\"," + both))
                .isEqualTo(new LightTint.Xy(0.7, 0.3));
        assertThat(tint(zigbee, "{\"state\":\"ON\",\"color_mode\":\"color_temp\"," + both))
                .as("370 mireds, rounded down")
                .isEqualTo(new LightTint.Temperature(2_702));
        assertThat(tint(json(ColorMode.RGBW), "{\"state\":\"ON\",\"color_mode\":\"rgbw\"," + all))
                .isEqualTo(new LightTint.Rgbw(1, 2, 3, 4));
        assertThat(tint(json(ColorMode.HS, ColorMode.XY), "{\"state\":\"ON\",\"color_mode\":\"hs\"," + all))
                .isEqualTo(new LightTint.HueSaturation(10, 20));
        assertThat(tint(
                        json(ColorMode.RGB),
                        "{\"state\":\"ON\",\"color_mode\":\"rgb\",\"color\":{\"r\":\"9\",\"g\":8,\"b\":7}}"))
                .as("a number as a text")
                .isEqualTo(new LightTint.Rgb(9, 8, 7));
    }

    @Test
    void a_colour_that_home_assistant_would_pass_over_is_none() {
        EntityMessages zigbee = json(ColorMode.XY, ColorMode.COLOR_TEMP);
        LightState on = LightState.builder().on(true).build();

        assertThat(read(zigbee, "{\"state\":\"ON\",\"color_temp\":370}"))
                .as("nothing names its mode")
                .containsExactly(on);
        assertThat(read(zigbee, "{\"state\":\"ON\",\"color_mode\":\"hs\",\"color\":{\"h\":1,\"s\":2}}"))
                .as("not a mode of this light")
                .containsExactly(on);
        assertThat(read(zigbee, "{\"state\":\"ON\",\"color_mode\":\"xy\",\"color\":{\"x\":0.1}}"))
                .as("incomplete")
                .containsExactly(on);
    }

    @Test
    void white_is_as_bright_as_the_light_and_keeps_each_step() {
        EntityMessages light = json(ColorMode.RGB, ColorMode.WHITE);
        LightTint.White faint = new LightTint.White(new Brightness(1));

        assertThat(tint(light, "{\"state\":\"ON\",\"color_mode\":\"white\",\"brightness\":1}"))
                .isEqualTo(faint);
        assertThat(light.readCommand(SET, "{\"state\":\"ON\",\"white\":1}"))
                .isEqualTo(LightCommand.builder().on(true).tint(faint).build());
        assertThat(payloads(light.writeState(
                        LightState.builder().on(true).tint(faint).build())))
                .containsExactly("{\"state\":\"ON\",\"white\":1,\"brightness\":1,\"color_mode\":\"white\"}");
        assertThat(new LightTint.White(40).percent()).isEqualTo(40);
    }

    @Test
    void what_says_nothing_of_the_state_is_passed_over() {
        EntityMessages light = json(ColorMode.BRIGHTNESS);

        assertThat(read(light, "{\"state\":\"ON\",\"brightness\":0}"))
                .as("a brightness of 0")
                .containsExactly(LightState.builder().on(true).build());
        assertThat(read(light, "{\"brightness\":10}")).as("no state at all").isEmpty();
        assertThat(read(light, "{\"state\":null}")).containsExactly(new EntityState.Unknown());
        assertThat(read(json(ColorMode.ONOFF), "{\"state\":\"OFF\",\"brightness\":10}"))
                .as("a light that cannot be dimmed")
                .containsExactly(LightState.builder().on(false).build());
    }

    @Test
    void a_json_state_without_on_is_refused_or_completed() {
        EntityMessages light = json(ColorMode.BRIGHTNESS);
        LightState half = LightState.builder().brightness(new Brightness(127)).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> light.writeState(half))
                .withMessageContaining("light/json")
                .withMessageContaining("does not say whether the light is on");
        EntityState whole = light.completed(half, LightState.builder().on(true).build());
        assertThat(payloads(light.writeState(whole))).containsExactly("{\"state\":\"ON\",\"brightness\":127}");
    }

    @Test
    void a_json_light_is_told_what_home_assistant_tells_it() {
        EntityMessages light = EntityMessages.of(JsonLightEntity.builder()
                .commandTopic(SET)
                .supportedColorModes(List.of(ColorMode.XY))
                .brightnessScale(100)
                .build());

        assertThat(told(
                        light,
                        LightCommand.builder().brightness(new Brightness(1)).build()))
                .as("never rounded down to 0, and what is set turns it on")
                .containsExactly("{\"state\":\"ON\",\"brightness\":1}");
        assertThat(told(
                        light,
                        LightCommand.builder()
                                .on(false)
                                .brightness(Brightness.FULL)
                                .transition(Duration.ofSeconds(2))
                                .build()))
                .containsExactly("{\"state\":\"OFF\",\"transition\":2}");
        assertThat(told(
                        light,
                        LightCommand.builder().brightness(new Brightness(0)).build()))
                .containsExactly("{\"state\":\"OFF\"}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> told(
                        light,
                        LightCommand.builder().tint(new LightTint.Rgb(1, 2, 3)).build()))
                .withMessage("light/json: the light has no colour mode rgb in supported_color_modes to say "
                        + "Rgb[red=1, green=2, blue=3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> told(
                        json(ColorMode.ONOFF),
                        LightCommand.builder().brightness(Brightness.FULL).build()))
                .withMessageContaining("announces neither brightness nor a colour mode that has it");
    }

    @Test
    void a_json_light_that_announces_no_brightness_is_told_it_by_its_colour() {
        LightCommand.Builder half = LightCommand.builder().brightness(new Brightness(128));
        EntityMessages apart = EntityMessages.of(JsonLightEntity.builder()
                .commandTopic(SET)
                .brightness(true)
                .supportedColorModes(List.of(ColorMode.RGB))
                .build());

        assertThat(told(
                        json(ColorMode.RGB),
                        half.tint(new LightTint.Rgb(255, 0, 100)).build()))
                .containsExactly("{\"state\":\"ON\",\"color\":{\"r\":128,\"g\":0,\"b\":50}}");
        assertThat(told(
                        json(ColorMode.RGBW),
                        half.tint(new LightTint.Rgbw(128, 64, 32, 16)).build()))
                .containsExactly("{\"state\":\"ON\",\"color\":{\"r\":64,\"g\":32,\"b\":16,\"w\":8}}");
        assertThat(told(
                        json(ColorMode.RGBWW),
                        half.tint(new LightTint.Rgbww(128, 64, 32, 16, 8)).build()))
                .containsExactly("{\"state\":\"ON\",\"color\":{\"r\":64,\"g\":32,\"b\":16,\"c\":8,\"w\":4}}");
        assertThat(told(
                        json(ColorMode.XY),
                        half.tint(new LightTint.Xy(0.5, 0.25)).build()))
                .as("a colour without channels")
                .containsExactly("{\"state\":\"ON\",\"brightness\":128,\"color\":{\"x\":0.5,\"y\":0.25}}");
        assertThat(told(apart, half.tint(new LightTint.Rgb(255, 0, 100)).build()))
                .containsExactly("{\"state\":\"ON\",\"brightness\":128,\"color\":{\"r\":255,\"g\":0,\"b\":100}}");
    }

    @Test
    void a_json_light_that_is_to_be_white_is_told_one_brightness() {
        LightCommand white = LightCommand.builder()
                .brightness(new Brightness(50))
                .tint(new LightTint.White(new Brightness(200)))
                .build();
        EntityMessages apart = EntityMessages.of(JsonLightEntity.builder()
                .commandTopic(SET)
                .brightness(true)
                .supportedColorModes(List.of(ColorMode.RGB, ColorMode.WHITE))
                .build());

        assertThat(told(apart, white)).containsExactly("{\"state\":\"ON\",\"white\":50}");
        assertThat(told(json(ColorMode.RGB, ColorMode.WHITE), white))
                .containsExactly("{\"state\":\"ON\",\"white\":50}");
    }

    @Test
    void a_json_light_says_no_brightness_or_effect_that_it_does_not_announce() {
        EntityMessages plug = json(ColorMode.ONOFF);
        LightState on = LightState.builder().on(true).build();
        LightState dimmed =
                LightState.builder().from(on).brightness(new Brightness(9)).build();
        LightState colourful = LightState.builder().from(on).effect("rainbow").build();
        EntityMessages party = EntityMessages.of(JsonLightEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .effect(true)
                .build());

        assertThat(read(plug, "{\"state\":\"ON\",\"brightness\":9,\"effect\":\"rainbow\"}"))
                .containsExactly(on);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plug.writeState(dimmed))
                .withMessage("light/json: the light announces neither brightness nor a colour mode that has it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plug.writeState(colourful))
                .withMessage("light/json: no effect unless effect is true");
        assertThat(read(party, payloads(party.writeState(colourful)).get(0)))
                .as("Home Assistant asks for effect and not for effect_list")
                .containsExactly(colourful);
    }

    @Test
    void a_json_light_is_told_no_effect_flash_or_transition_that_it_does_not_announce() {
        EntityMessages plain = EntityMessages.of(JsonLightEntity.builder()
                .commandTopic(SET)
                .effectList(List.of("rainbow"))
                .flash(false)
                .transition(false)
                .build());

        for (LightCommand command : List.of(
                LightCommand.builder().effect("rainbow").build(),
                LightCommand.builder().flash(Duration.ofSeconds(2)).build(),
                LightCommand.builder()
                        .on(false)
                        .transition(Duration.ofSeconds(1))
                        .build())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> told(plain, command))
                    .withMessageStartingWith("light/json: no ");
        }
        assertThat(told(
                        plain,
                        LightCommand.builder().on(false).effect("rainbow").build()))
                .as("a light that is to be dark is told no effect")
                .containsExactly("{\"state\":\"OFF\"}");
    }

    @Test
    void a_json_light_can_say_that_it_does_not_know() {
        EntityMessages light = json(ColorMode.BRIGHTNESS);

        assertThat(payloads(light.writeState(new EntityState.Unknown()))).containsExactly("{\"state\":null}");
    }

    @Test
    void a_json_light_names_no_colour_mode_without_its_colour() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json(ColorMode.RGB)
                        .writeState(LightState.builder()
                                .on(true)
                                .colorMode(ColorMode.RGB)
                                .build()))
                .withMessageContaining("its colour says which colour mode it is in");
    }

    private static LightTint tint(EntityMessages light, String payload) {
        return ((LightState) read(light, payload).get(0)).tint().orElseThrow();
    }
}
