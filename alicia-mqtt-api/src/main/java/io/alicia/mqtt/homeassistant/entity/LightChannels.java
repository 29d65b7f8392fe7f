package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.BasicLightEntity;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.homeassistant.component.SirenEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import java.util.Map;
import java.util.Optional;
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

    /** Read here, topic by topic; {@link BasicLightCommands} writes, in the order that such lights need. */
    private static Channels<EntityCommand> basic(BasicLightEntity light) {
        Channels<EntityCommand> channels = new Channels<>();
        Map<String, Boolean> words = Channels.onOff(
                light.payloadOn().orElse("ON"), true, light.payloadOff().orElse("OFF"), false);
        read(
                channels,
                Optional.of(light.commandTopic()),
                Optional.empty(),
                payload -> Optional.ofNullable(words.get(payload))
                        .map(on -> LightCommand.builder().on(on).build()));
        int scale = light.brightnessScale().orElse(Brightness255.SCALE);
        read(
                channels,
                light.brightnessCommandTopic(),
                light.brightnessCommandTemplate(),
                payload -> Channels.decimal(payload)
                        .map(value -> LightCommand.builder()
                                .brightness(Brightness255.of(value.doubleValue(), scale))
                                .build()));
        read(
                channels,
                light.effectCommandTopic(),
                light.effectCommandTemplate(),
                effect -> Optional.of(LightCommand.builder().effect(effect).build()));
        tint(
                channels,
                light.colorTempCommandTopic(),
                light.colorTempCommandTemplate(),
                TintText.temperature(light.colorTempKelvin().orElse(false)));
        tint(
                channels,
                light.whiteCommandTopic(),
                Optional.empty(),
                TintText.white(light.whiteScale().orElse(Brightness255.SCALE)));
        tint(channels, light.hsCommandTopic(), light.hsCommandTemplate(), TintText.HS);
        tint(channels, light.xyCommandTopic(), light.xyCommandTemplate(), TintText.XY);
        tint(channels, light.rgbCommandTopic(), light.rgbCommandTemplate(), TintText.RGB);
        tint(channels, light.rgbwCommandTopic(), light.rgbwCommandTemplate(), TintText.RGBW);
        tint(channels, light.rgbwwCommandTopic(), light.rgbwwCommandTemplate(), TintText.RGBWW);
        return channels;
    }

    private static void read(
            Channels<EntityCommand> channels,
            Optional<?> topic,
            Optional<Template> template,
            Function<String, Optional<? extends EntityCommand>> reader) {
        channels.add(topic, template, reader, command -> Optional.empty());
    }

    private static void tint(
            Channels<EntityCommand> channels, Optional<?> topic, Optional<Template> template, TintText<?> text) {
        read(
                channels,
                topic,
                template,
                payload -> text.read(payload)
                        .map(tint -> LightCommand.builder().tint(tint).build()));
    }
}
