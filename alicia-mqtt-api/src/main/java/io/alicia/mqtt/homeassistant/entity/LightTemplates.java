package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.TemplateLightEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.payload.Brightness;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lights with the schema {@code template}: one template makes a message out of all that the light is told, and several take its
 * state out of one message. There is no way back through a template, so that such a light is used and not played.
 *
 * @param light the light
 */
record LightTemplates(TemplateLightEntity light) {

    /** Home Assistant's lights flash for 2 or for 10 seconds. */
    private static final Duration LONG_FLASH = Duration.ofSeconds(10);

    static void commands(CommandChannels.Table<EntityCommand> table) {
        table.put(
                TemplateLightEntity.class,
                light -> new Channels<EntityCommand>()
                        .add(
                                Optional.of(light.commandTopic()),
                                Optional.of(light.commandOnTemplate()),
                                payload -> Optional.empty(),
                                command -> Optional.empty()));
    }

    static Channels<EntityState> states(TemplateLightEntity light) {
        return new Channels<EntityState>()
                .add(light.stateTopic(), Optional.empty(), payload -> Optional.empty(), state -> Optional.empty());
    }

    /** Why its state cannot be said, and what to do about it. */
    static String noWayBack(TemplateLightEntity light) {
        return light.stateTopic()
                .map(topic -> light.variant()
                        + ": the light takes its state out of messages with its own templates, such as state_template, through"
                        + " which there is no way back; publish such a message on " + topic + " yourself")
                .orElseGet(() -> light.variant() + ": the light has no state_topic to say what it is");
    }

    /**
     * The message that tells the light something.
     *
     * @throws IllegalArgumentException if it announces nothing by which Home Assistant would know that it has a part of it
     */
    EntityMessage write(LightCommand command, TemplateEngine engine) {
        boolean off = command.isOff();
        Map<String, Object> variables = new HashMap<>();
        variables.put("state", !off);
        command.transition().ifPresent(time -> variables.put("transition", time.toMillis() / 1_000.0));
        command.flash().ifPresent(time -> variables.put("flash", time.compareTo(LONG_FLASH) < 0 ? "short" : "long"));
        if (!off) {
            command.brightness().ifPresent(brightness -> {
                require(isDimmed(), "brightness_template");
                variables.put("brightness", brightness.level());
            });
            command.effect().ifPresent(effect -> {
                require(light.effectList() != null, "effect_list");
                variables.put("effect", effect);
            });
            command.tint().ifPresent(tint -> put(variables, tint, command.brightness()));
        }
        Template template = off ? light.commandOffTemplate() : light.commandOnTemplate();
        return new EntityMessage(light.commandTopic(), engine.evaluate(template, variables));
    }

    /** Every kind of colour has a brightness as well. */
    private boolean isDimmed() {
        return light.brightnessTemplate().isPresent()
                || light.colorTempTemplate().isPresent()
                || isColored();
    }

    private boolean isColored() {
        return light.redTemplate().isPresent()
                && light.greenTemplate().isPresent()
                && light.blueTemplate().isPresent();
    }

    private void put(Map<String, Object> variables, LightTint tint, Optional<Brightness> brightness) {
        if (tint instanceof LightTint.Temperature temperature) {
            require(light.colorTempTemplate().isPresent(), "color_temp_template");
            variables.put("color_temp", (long) LightColors.temperature(
                    temperature.kelvin(), light.colorTempKelvin().orElse(false)));
            return;
        }
        require(isColored(), "red_template, green_template and blue_template");
        // A light that does not hear its brightness apart is told it by its channels.
        Brightness level =
                light.brightnessTemplate().isPresent() ? Brightness.FULL : brightness.orElse(Brightness.FULL);
        if (tint instanceof LightTint.Rgb rgb) {
            put(variables, DimmedTint.of(rgb, level), HueAndChannels.hueSaturation(rgb));
        } else if (tint instanceof LightTint.HueSaturation hs) {
            put(variables, HueAndChannels.rgb(hs, level), hs);
        } else {
            throw new IllegalArgumentException(light.variant() + " has no way to say " + tint);
        }
    }

    /** Home Assistant says a colour in both ways, and the template takes the one that it knows. */
    private static void put(Map<String, Object> variables, LightTint.Rgb rgb, LightTint.HueSaturation hs) {
        variables.put("red", rgb.red());
        variables.put("green", rgb.green());
        variables.put("blue", rgb.blue());
        variables.put("hue", hs.hue());
        variables.put("sat", hs.saturation());
    }

    private void require(boolean holds, String option) {
        if (!holds) {
            throw new IllegalArgumentException(light.variant() + ": the light has no " + option
                    + ", without which Home Assistant sets no such thing");
        }
    }

    /** What a message says of the light, template by template; nothing if it says nothing. */
    void read(Readings readings) {
        LightState.Builder state = LightState.builder();
        Optional<String> on = text(light.stateTemplate(), readings);
        if (on.filter("None"::equals).isPresent()) {
            readings.add(new EntityState.Unknown());
            return;
        }
        on.filter(said -> said.equals("on") || said.equals("off")).ifPresent(said -> state.on(said.equals("on")));
        // Home Assistant passes over a brightness of 0, here as elsewhere.
        number(light.brightnessTemplate(), readings)
                .filter(level -> level != 0)
                .ifPresent(level -> state.brightness(Brightness255.of(level, Brightness255.SCALE)));
        number(light.colorTempTemplate(), readings)
                .ifPresent(value -> state.tint(new LightTint.Temperature(
                        LightColors.kelvin(value, light.colorTempKelvin().orElse(false)))));
        Optional<Double> red = number(light.redTemplate(), readings);
        Optional<Double> green = number(light.greenTemplate(), readings);
        Optional<Double> blue = number(light.blueTemplate(), readings);
        if (red.isPresent() && green.isPresent() && blue.isPresent()) {
            state.tint(new LightTint.Rgb(
                    red.get().intValue(), green.get().intValue(), blue.get().intValue()));
        }
        List<String> effects = light.effectList();
        text(light.effectTemplate(), readings)
                .filter(effect -> effects != null && effects.contains(effect))
                .ifPresent(state::effect);
        LightState read = state.build();
        if (read.equals(LightState.builder().build())) {
            readings.addNothing();
        } else {
            readings.add(read);
        }
    }

    private static Optional<String> text(Optional<Template> template, Readings readings) {
        return template.flatMap(given -> readings.text(Optional.of(given)));
    }

    private static Optional<Double> number(Optional<Template> template, Readings readings) {
        return text(template, readings).flatMap(Channels::decimal).map(number -> number.doubleValue());
    }
}
