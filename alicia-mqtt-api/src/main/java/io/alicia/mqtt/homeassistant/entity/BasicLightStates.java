package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.BasicLightEntity;
import io.alicia.mqtt.homeassistant.component.ColorMode;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.payload.Brightness;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

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
                        .<EntityState>map(on -> LightState.builder().on(on).build())
                        .or(() -> payload.equals("None") ? Optional.of(new EntityState.Unknown()) : Optional.empty()),
                state -> state instanceof EntityState.Unknown
                        ? Optional.of("None")
                        : part(state, LightState::on)
                                .flatMap(on -> words.entrySet().stream()
                                        .filter(word -> word.getValue().equals(on))
                                        .map(Map.Entry::getKey)
                                        .findFirst()));
        int scale = light.brightnessScale().orElse(Brightness255.SCALE);
        channels.add(
                light.brightnessStateTopic(),
                light.brightnessValueTemplate(),
                payload -> Channels.decimal(payload)
                        .filter(value -> value.signum() != 0)
                        .map(value -> LightState.builder()
                                .brightness(Brightness255.of(value.doubleValue(), scale))
                                .build()),
                state -> part(state, said -> brightness(light, said))
                        .filter(brightness -> brightness.level() > 0)
                        .map(brightness -> Integer.toString(Brightness255.lit(brightness, scale))));
        channels.add(
                light.effectStateTopic(),
                light.effectValueTemplate(),
                effect -> effect.isEmpty()
                        ? Optional.empty()
                        : Optional.of(LightState.builder().effect(effect).build()),
                state -> part(state, LightState::effect));
        channels.add(
                light.colorModeStateTopic(),
                light.colorModeValueTemplate(),
                payload -> Stream.of(ColorMode.values())
                        .filter(mode -> mode.word().equals(payload))
                        .findFirst()
                        .map(mode -> LightState.builder().colorMode(mode).build()),
                state -> part(
                                state,
                                said -> said.colorMode().or(() -> said.tint().map(LightTint::mode)))
                        .map(ColorMode::word));
        tints(channels, light);
        return channels;
    }

    /** A white is said by the mode and the brightness. */
    private static Optional<Brightness> brightness(BasicLightEntity light, LightState said) {
        return said.brightness()
                .or(() -> said.tint()
                        .filter(tint -> light.colorModeStateTopic().isPresent())
                        .flatMap(tint -> tint instanceof LightTint.White white
                                ? Optional.of(white.brightness())
                                : Optional.empty()));
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
                said -> part(said, LightState::tint).flatMap(text::writeIf));
    }

    private static <V> Optional<V> part(EntityState state, Function<LightState, Optional<V>> part) {
        return state instanceof LightState said ? part.apply(said) : Optional.empty();
    }
}
