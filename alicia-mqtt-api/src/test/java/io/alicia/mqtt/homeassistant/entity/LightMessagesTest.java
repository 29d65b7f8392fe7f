package io.alicia.mqtt.homeassistant.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.homeassistant.component.BasicLightEntity;
import io.alicia.mqtt.homeassistant.component.ColorMode;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.homeassistant.component.OnCommandType;
import io.alicia.mqtt.homeassistant.component.TemplateLightEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lights are told and understood as light/schema_basic.py, schema_json.py and schema_template.py of Home Assistant do it. */
class LightMessagesTest {

    private static final TopicName SET = TopicName.of("x/set");
    private static final TopicFilter STATE = TopicFilter.of("x/state");
    private static final TemplateEngine JINJA = TemplateEngine.jinja();

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
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json(ColorMode.RGB)
                        .writeState(LightState.builder()
                                .on(true)
                                .colorMode(ColorMode.RGB)
                                .build()))
                .withMessageContaining("its colour says which colour mode it is in");
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

    private static List<String> said(EntityMessages light, LightState state) {
        return light.writeState(state).stream()
                .map(message -> message.topic().value().substring(2) + " " + message.payload())
                .toList();
    }

    private static EntityMessages json(ColorMode... modes) {
        return EntityMessages.of(JsonLightEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .supportedColorModes(List.of(modes))
                .build());
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

    private static LightTint tint(EntityMessages light, String payload) {
        return ((LightState) read(light, payload).get(0)).tint().orElseThrow();
    }

    private static List<EntityState> read(EntityMessages light, String payload) {
        return light.readState(TopicName.of("x/state"), payload, JINJA);
    }

    /** The messages without the {@code x/} of their topics, and for {@code x/set} of JSON lights without the topic. */
    private static List<String> told(EntityMessages light, LightCommand command) {
        return light.writeCommand(command, JINJA).stream()
                .map(message -> message.payload().startsWith("{")
                        ? message.payload()
                        : message.topic().value().substring(2) + " " + message.payload())
                .toList();
    }

    private static List<String> payloads(List<EntityMessage> messages) {
        return messages.stream().map(EntityMessage::payload).toList();
    }
}
