package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.BasicLightEntity;
import io.alicia.mqtt.homeassistant.component.OnCommandType;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What lights with the schema {@code basic} are told, message by message, in Home Assistant's order: the colour, the
 * brightness, the temperature, the effect, the white, and the word that turns it on before or after all of them, or not at
 * all, as {@code on_command_type} says.
 */
final class BasicLightCommands {

    private final BasicLightEntity light;
    private final TemplateEngine engine;
    private final List<EntityMessage> messages = new ArrayList<>();

    private BasicLightCommands(BasicLightEntity light, TemplateEngine engine) {
        this.light = light;
        this.engine = engine;
    }

    static List<EntityMessage> write(BasicLightEntity light, LightCommand command, TemplateEngine engine) {
        BasicLightCommands commands = new BasicLightCommands(light, engine);
        commands.refuse("transition", command.transition());
        commands.refuse("flash", command.flash());
        if (command.isOff()) {
            commands.add(light.commandTopic(), light.payloadOff().orElse("OFF"));
        } else {
            commands.turnOn(command);
        }
        return List.copyOf(commands.messages);
    }

    /** There is no topic for it, and Home Assistant offers it for no such light. */
    private void refuse(String what, Optional<Duration> time) {
        time.ifPresent(given -> {
            throw new IllegalArgumentException(light.variant() + ": there is no " + what
                    + " for lights with the schema basic, but for those with json and template");
        });
    }

    private void turnOn(LightCommand command) {
        OnCommandType type = light.onCommandType().orElse(OnCommandType.LAST);
        if (type == OnCommandType.FIRST) {
            add(light.commandTopic(), light.payloadOn().orElse("ON"));
        }
        LightTint tint = command.tint().orElse(null);
        if (tint != null) {
            color(tint, command.brightness());
        }
        brightness(command, type);
        if (tint instanceof LightTint.Temperature temperature) {
            long value = (long) LightColors.temperature(
                    temperature.kelvin(), light.colorTempKelvin().orElse(false));
            add(
                    required(light.colorTempCommandTopic(), "color_temp_command_topic", tint),
                    light.colorTempCommandTemplate(),
                    Long.toString(value),
                    Map.of("value", value));
        }
        command.effect().ifPresent(this::effect);
        if (tint instanceof LightTint.White white) {
            int scale = light.whiteScale().orElse(Brightness255.SCALE);
            // How bright the light is to be says how bright its white is to be, and nothing else does.
            add(
                    required(light.whiteCommandTopic(), "white_command_topic", tint),
                    Integer.toString(Brightness255.value(command.brightness().orElse(white.brightness()), scale)));
        }
        if (type == OnCommandType.LAST) {
            add(light.commandTopic(), light.payloadOn().orElse("ON"));
        }
    }

    /**
     * Where nothing but the brightness turns a light on it is told one in any case: full, unless the command says which. A
     * white says itself how bright the light is to be.
     */
    private void brightness(LightCommand command, OnCommandType type) {
        if (command.tint().filter(LightTint.White.class::isInstance).isPresent()) {
            return;
        }
        Optional<Brightness> given = command.brightness();
        if (given.isEmpty() && type == OnCommandType.BRIGHTNESS) {
            given = Optional.of(Brightness.FULL);
        }
        if (given.isEmpty()) {
            return;
        }
        if (light.brightnessCommandTopic().isPresent()) {
            int value = Brightness255.lit(given.get(), light.brightnessScale().orElse(Brightness255.SCALE));
            add(
                    light.brightnessCommandTopic().get(),
                    light.brightnessCommandTemplate(),
                    Integer.toString(value),
                    Map.of("value", value));
            return;
        }
        Optional<LightTint> full =
                type == OnCommandType.BRIGHTNESS && command.tint().isEmpty() ? full() : Optional.empty();
        if (full.isPresent()) {
            color(full.get(), given);
        } else if (command.brightness().isPresent() && !isScaled(command)) {
            throw new IllegalArgumentException(
                    light.variant()
                            + ": the light has no brightness_command_topic, so that its brightness is said by a colour: say one, too");
        }
    }

    /** The colour whose brightness turns on a light that hears its brightness by its colour alone. */
    private Optional<LightTint> full() {
        int on = Brightness255.SCALE;
        if (light.rgbCommandTopic().isPresent()) {
            return Optional.of(new LightTint.Rgb(on, on, on));
        }
        if (light.rgbwCommandTopic().isPresent()) {
            return Optional.of(new LightTint.Rgbw(on, on, on, on));
        }
        return light.rgbwwCommandTopic().isPresent()
                ? Optional.of(new LightTint.Rgbww(on, on, on, on, on))
                : Optional.empty();
    }

    /** Whether the colour says how bright the light is to be. */
    private static boolean isScaled(LightCommand command) {
        return command.tint()
                .filter(tint -> tint instanceof LightTint.Rgb
                        || tint instanceof LightTint.Rgbw
                        || tint instanceof LightTint.Rgbww)
                .isPresent();
    }

    private void effect(String effect) {
        List<String> effects = light.effectList();
        if (effects == null || !effects.contains(effect)) {
            throw new IllegalArgumentException(light.variant() + ": effect_list has no " + effect);
        }
        add(
                required(light.effectCommandTopic(), "effect_command_topic", effect),
                light.effectCommandTemplate(),
                effect,
                Map.of("value", effect));
    }

    private void color(LightTint tint, Optional<Brightness> brightness) {
        if (tint instanceof LightTint.HueSaturation hs) {
            add(
                    required(light.hsCommandTopic(), "hs_command_topic", tint),
                    light.hsCommandTemplate(),
                    TintText.HS.write(hs),
                    Map.of("hue", hs.hue(), "sat", hs.saturation()));
        } else if (tint instanceof LightTint.Xy xy) {
            add(
                    required(light.xyCommandTopic(), "xy_command_topic", tint),
                    light.xyCommandTemplate(),
                    TintText.XY.write(xy),
                    Map.of("x", xy.x(), "y", xy.y()));
        } else if (tint instanceof LightTint.Rgb rgb) {
            LightTint.Rgb said = new LightTint.Rgb(
                    scaled(rgb.red(), brightness), scaled(rgb.green(), brightness), scaled(rgb.blue(), brightness));
            add(
                    required(light.rgbCommandTopic(), "rgb_command_topic", tint),
                    light.rgbCommandTemplate(),
                    TintText.RGB.write(said),
                    Map.of("red", said.red(), "green", said.green(), "blue", said.blue()));
        } else if (tint instanceof LightTint.Rgbw rgbw) {
            LightTint.Rgbw said = new LightTint.Rgbw(
                    scaled(rgbw.red(), brightness),
                    scaled(rgbw.green(), brightness),
                    scaled(rgbw.blue(), brightness),
                    scaled(rgbw.white(), brightness));
            add(
                    required(light.rgbwCommandTopic(), "rgbw_command_topic", tint),
                    light.rgbwCommandTemplate(),
                    TintText.RGBW.write(said),
                    Map.of("red", said.red(), "green", said.green(), "blue", said.blue(), "white", said.white()));
        } else if (tint instanceof LightTint.Rgbww all) {
            LightTint.Rgbww said = new LightTint.Rgbww(
                    scaled(all.red(), brightness),
                    scaled(all.green(), brightness),
                    scaled(all.blue(), brightness),
                    scaled(all.coldWhite(), brightness),
                    scaled(all.warmWhite(), brightness));
            add(
                    required(light.rgbwwCommandTopic(), "rgbww_command_topic", tint),
                    light.rgbwwCommandTemplate(),
                    TintText.RGBWW.write(said),
                    Map.of(
                            "red", said.red(),
                            "green", said.green(),
                            "blue", said.blue(),
                            "cold_white", said.coldWhite(),
                            "warm_white", said.warmWhite()));
        }
    }

    /** A light without a topic for its brightness is told it with its colour. */
    private int scaled(int channel, Optional<Brightness> brightness) {
        boolean apart = light.brightnessCommandTopic().isPresent();
        return apart ? channel : channel * brightness.orElse(Brightness.FULL).level() / Brightness255.SCALE;
    }

    private TopicName required(Optional<TopicName> topic, String option, Object said) {
        return topic.orElseThrow(() ->
                new IllegalArgumentException(light.variant() + ": the light has no " + option + " to say " + said));
    }

    private void add(TopicName topic, String payload) {
        messages.add(new EntityMessage(topic, payload));
    }

    private void add(TopicName topic, Optional<Template> template, String payload, Map<String, ?> variables) {
        Map<String, Object> all = new HashMap<>(variables);
        all.putIfAbsent("value", payload);
        add(topic, template.map(given -> engine.evaluate(given, all)).orElse(payload));
    }
}
