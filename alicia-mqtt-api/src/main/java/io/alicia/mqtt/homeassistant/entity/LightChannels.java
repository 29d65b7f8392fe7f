package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.BasicLightEntity;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.homeassistant.component.SirenEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.payload.Brightness;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Lights and sirens: a JSON object on one topic, or a topic for each thing that can be set. */
final class LightChannels {

    private LightChannels() {}

    static void commands(CommandChannels.Table<EntityCommand> table) {
        table.put(
                JsonLightEntity.class,
                light -> new Channels<EntityCommand>()
                        .add(
                                Optional.of(light.commandTopic()),
                                Optional.empty(),
                                LightJson.of(light)::command,
                                command -> command instanceof LightCommand said
                                        ? Optional.of(LightJson.of(light).text(said))
                                        : Optional.empty()));
        table.put(BasicLightEntity.class, LightChannels::basic);
        LightTemplates.commands(table);
        table.put(SirenEntity.class, SirenJson::commands);
    }

    private static Channels<EntityCommand> basic(BasicLightEntity light) {
        Channels<EntityCommand> channels = new Channels<>();
        Map<String, Boolean> words = Channels.onOff(
                light.payloadOn().orElse("ON"), true, light.payloadOff().orElse("OFF"), false);
        channels.add(
                Optional.of(light.commandTopic()),
                Optional.empty(),
                payload -> Optional.ofNullable(words.get(payload))
                        .map(on -> LightCommand.builder().on(on).build()),
                command -> command instanceof LightCommand said
                        ? said.on()
                                .flatMap(on -> words.entrySet().stream()
                                        .filter(word -> word.getValue().equals(on))
                                        .map(Map.Entry::getKey)
                                        .findFirst())
                        : Optional.empty());
        int scale = light.brightnessScale().orElse(255);
        channels.number(
                light.brightnessCommandTopic(),
                light.brightnessCommandTemplate(),
                value -> LightCommand.builder()
                        .brightness(brightness(value, scale))
                        .build(),
                command -> command instanceof LightCommand said
                                && said.brightness().isPresent()
                        ? OptionalDouble.of(Math.rint(said.brightness().get().level() * scale / 255.0))
                        : OptionalDouble.empty());
        channels.text(
                light.effectCommandTopic(),
                light.effectCommandTemplate(),
                effect -> LightCommand.builder().effect(effect).build(),
                command -> command instanceof LightCommand said ? said.effect() : Optional.empty());
        tint(
                channels,
                light.colorTempCommandTopic(),
                light.colorTempCommandTemplate(),
                TintText.temperature(light.colorTempKelvin().orElse(false)));
        tint(
                channels,
                light.whiteCommandTopic(),
                Optional.empty(),
                TintText.white(light.whiteScale().orElse(255)));
        tint(channels, light.hsCommandTopic(), light.hsCommandTemplate(), TintText.HS);
        tint(channels, light.xyCommandTopic(), light.xyCommandTemplate(), TintText.XY);
        tint(channels, light.rgbCommandTopic(), light.rgbCommandTemplate(), TintText.RGB);
        tint(channels, light.rgbwCommandTopic(), light.rgbwCommandTemplate(), TintText.RGBW);
        tint(channels, light.rgbwwCommandTopic(), light.rgbwwCommandTemplate(), TintText.RGBWW);
        return channels;
    }

    private static void tint(
            Channels<EntityCommand> channels, Optional<?> topic, Optional<Template> template, TintText<?> text) {
        Function<LightTint, EntityCommand> command =
                tint -> LightCommand.builder().tint(tint).build();
        channels.add(
                topic,
                template,
                payload -> text.read(payload).map(command),
                said -> said instanceof LightCommand light ? light.tint().flatMap(text::write) : Optional.empty());
    }

    static Brightness brightness(double value, int scale) {
        return new Brightness((int) Math.round(Math.min(255, Math.max(0, value * 255 / scale))));
    }
}
