package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.BasicLightEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The states of lights with the schema {@code basic}: a topic for each thing that can be said. */
final class BasicLightStates {

    private BasicLightStates() {}

    static void states(CommandChannels.Table<EntityState> table) {
        table.put(BasicLightEntity.class, BasicLightStates::basic);
    }

    private static Channels<EntityState> basic(BasicLightEntity light) {
        Channels<EntityState> channels = new Channels<>();
        Map<String, Boolean> words = Channels.onOff(
                light.payloadOn().orElse("ON"), true, light.payloadOff().orElse("OFF"), false);
        channels.add(
                light.stateTopic(),
                light.stateValueTemplate(),
                payload -> Optional.ofNullable(words.get(payload))
                        .map(on -> LightState.builder().on(on).build()),
                state -> state instanceof LightState said
                        ? said.on()
                                .flatMap(on -> words.entrySet().stream()
                                        .filter(word -> word.getValue().equals(on))
                                        .map(Map.Entry::getKey)
                                        .findFirst())
                        : Optional.empty());
        int scale = light.brightnessScale().orElse(255);
        channels.number(
                light.brightnessStateTopic(),
                light.brightnessValueTemplate(),
                value -> LightState.builder()
                        .brightness(LightChannels.brightness(value, scale))
                        .build(),
                state -> state instanceof LightState said && said.brightness().isPresent()
                        ? OptionalDouble.of(Math.rint(said.brightness().get().level() * scale / 255.0))
                        : OptionalDouble.empty());
        channels.text(
                light.effectStateTopic(),
                light.effectValueTemplate(),
                effect -> LightState.builder().effect(effect).build(),
                state -> state instanceof LightState said ? said.effect() : Optional.empty());
        tints(channels, light);
        return channels;
    }

    private static void tints(Channels<EntityState> channels, BasicLightEntity light) {
        boolean kelvin = light.colorTempKelvin().orElse(false);
        tint(channels, light.colorTempStateTopic(), light.colorTempValueTemplate(), TintText.temperature(kelvin));
        tint(channels, light.hsStateTopic(), light.hsValueTemplate(), TintText.HS);
        tint(channels, light.xyStateTopic(), light.xyValueTemplate(), TintText.XY);
        tint(channels, light.rgbStateTopic(), light.rgbValueTemplate(), TintText.RGB);
        tint(channels, light.rgbwStateTopic(), light.rgbwValueTemplate(), TintText.RGBW);
        tint(channels, light.rgbwwStateTopic(), light.rgbwwValueTemplate(), TintText.RGBWW);
    }

    private static void tint(
            Channels<EntityState> channels, Optional<?> topic, Optional<Template> template, TintText<?> text) {
        Function<LightTint, EntityState> state =
                tint -> LightState.builder().tint(tint).build();
        channels.add(
                topic,
                template,
                payload -> text.read(payload).map(state),
                said -> said instanceof LightState light ? light.tint().flatMap(text::write) : Optional.empty());
    }
}
