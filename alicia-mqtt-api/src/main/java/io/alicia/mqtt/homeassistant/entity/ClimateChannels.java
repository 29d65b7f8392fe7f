package io.alicia.mqtt.homeassistant.entity;

import static io.alicia.mqtt.homeassistant.entity.Channels.onOff;

import io.alicia.mqtt.homeassistant.component.ClimateEntity;
import io.alicia.mqtt.homeassistant.component.FanEntity;
import io.alicia.mqtt.homeassistant.component.HumidifierEntity;
import io.alicia.mqtt.homeassistant.component.HvacMode;
import io.alicia.mqtt.homeassistant.component.WaterHeaterEntity;
import io.alicia.mqtt.homeassistant.component.WaterHeaterMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** Commands for what makes the air and the water warm, wet and move: one topic for each thing that can be set. */
final class ClimateChannels {

    private ClimateChannels() {}

    static void commands(CommandChannels.Table<EntityCommand> table) {
        table.put(ClimateEntity.class, ClimateChannels::climate);
        table.put(FanEntity.class, ClimateChannels::fan);
        table.put(HumidifierEntity.class, ClimateChannels::humidifier);
        table.put(WaterHeaterEntity.class, ClimateChannels::waterHeater);
    }

    private static Channels<EntityCommand> climate(ClimateEntity entity) {
        return new Channels<EntityCommand>()
                .words(
                        entity.powerCommandTopic(),
                        entity.powerCommandTemplate(),
                        onOff(
                                entity.payloadOn().orElse("ON"),
                                new ClimateCommand.Power(true),
                                entity.payloadOff().orElse("OFF"),
                                new ClimateCommand.Power(false)))
                .text(
                        entity.modeCommandTopic(),
                        entity.modeCommandTemplate(),
                        mode -> new ClimateCommand.SetMode(new HvacMode(mode)),
                        text(ClimateCommand.SetMode.class, set -> set.mode().word()))
                .number(
                        entity.temperatureCommandTopic(),
                        entity.temperatureCommandTemplate(),
                        ClimateCommand.SetTemperature::new,
                        number(ClimateCommand.SetTemperature.class, ClimateCommand.SetTemperature::temperature))
                .number(
                        entity.temperatureLowCommandTopic(),
                        entity.temperatureLowCommandTemplate(),
                        ClimateCommand.SetLowTemperature::new,
                        number(ClimateCommand.SetLowTemperature.class, ClimateCommand.SetLowTemperature::temperature))
                .number(
                        entity.temperatureHighCommandTopic(),
                        entity.temperatureHighCommandTemplate(),
                        ClimateCommand.SetHighTemperature::new,
                        number(ClimateCommand.SetHighTemperature.class, ClimateCommand.SetHighTemperature::temperature))
                .number(
                        entity.targetHumidityCommandTopic(),
                        entity.targetHumidityCommandTemplate(),
                        ClimateCommand.SetHumidity::new,
                        number(ClimateCommand.SetHumidity.class, ClimateCommand.SetHumidity::percent))
                .text(
                        entity.fanModeCommandTopic(),
                        entity.fanModeCommandTemplate(),
                        ClimateCommand.SetFanMode::new,
                        text(ClimateCommand.SetFanMode.class, ClimateCommand.SetFanMode::mode))
                .text(
                        entity.presetModeCommandTopic(),
                        entity.presetModeCommandTemplate(),
                        ClimateCommand.SetPreset::new,
                        text(ClimateCommand.SetPreset.class, ClimateCommand.SetPreset::preset))
                .text(
                        entity.swingModeCommandTopic(),
                        entity.swingModeCommandTemplate(),
                        ClimateCommand.SetSwingMode::new,
                        text(ClimateCommand.SetSwingMode.class, ClimateCommand.SetSwingMode::mode))
                .text(
                        entity.swingHorizontalModeCommandTopic(),
                        entity.swingHorizontalModeCommandTemplate(),
                        ClimateCommand.SetHorizontalSwingMode::new,
                        text(ClimateCommand.SetHorizontalSwingMode.class, ClimateCommand.SetHorizontalSwingMode::mode));
    }

    private static Channels<EntityCommand> fan(FanEntity entity) {
        return new Channels<EntityCommand>()
                .words(
                        Optional.of(entity.commandTopic()),
                        entity.commandTemplate(),
                        onOff(
                                entity.payloadOn().orElse("ON"),
                                new FanCommand.Power(true),
                                entity.payloadOff().orElse("OFF"),
                                new FanCommand.Power(false)))
                .whole(
                        entity.percentageCommandTopic(),
                        entity.percentageCommandTemplate(),
                        FanCommand.SetSpeed::new,
                        whole(FanCommand.SetSpeed.class, FanCommand.SetSpeed::speed))
                .text(
                        entity.presetModeCommandTopic(),
                        entity.presetModeCommandTemplate(),
                        FanCommand.SetPreset::new,
                        text(FanCommand.SetPreset.class, FanCommand.SetPreset::preset))
                .words(
                        entity.oscillationCommandTopic(),
                        entity.oscillationCommandTemplate(),
                        onOff(
                                entity.payloadOscillationOn().orElse("oscillate_on"),
                                new FanCommand.Oscillate(true),
                                entity.payloadOscillationOff().orElse("oscillate_off"),
                                new FanCommand.Oscillate(false)))
                .words(
                        entity.directionCommandTopic(),
                        entity.directionCommandTemplate(),
                        Map.of(
                                "forward",
                                new FanCommand.SetDirection(true),
                                "reverse",
                                new FanCommand.SetDirection(false)));
    }

    private static Channels<EntityCommand> humidifier(HumidifierEntity entity) {
        return new Channels<EntityCommand>()
                .words(
                        Optional.of(entity.commandTopic()),
                        entity.commandTemplate(),
                        onOff(
                                entity.payloadOn().orElse("ON"),
                                new HumidifierCommand.Power(true),
                                entity.payloadOff().orElse("OFF"),
                                new HumidifierCommand.Power(false)))
                .number(
                        Optional.of(entity.targetHumidityCommandTopic()),
                        entity.targetHumidityCommandTemplate(),
                        HumidifierCommand.SetHumidity::new,
                        number(HumidifierCommand.SetHumidity.class, HumidifierCommand.SetHumidity::percent))
                .text(
                        entity.modeCommandTopic(),
                        entity.modeCommandTemplate(),
                        HumidifierCommand.SetMode::new,
                        text(HumidifierCommand.SetMode.class, HumidifierCommand.SetMode::mode));
    }

    private static Channels<EntityCommand> waterHeater(WaterHeaterEntity entity) {
        return new Channels<EntityCommand>()
                .words(
                        entity.powerCommandTopic(),
                        entity.powerCommandTemplate(),
                        onOff(
                                entity.payloadOn().orElse("ON"),
                                new WaterHeaterCommand.Power(true),
                                entity.payloadOff().orElse("OFF"),
                                new WaterHeaterCommand.Power(false)))
                .text(
                        entity.modeCommandTopic(),
                        entity.modeCommandTemplate(),
                        mode -> new WaterHeaterCommand.SetMode(new WaterHeaterMode(mode)),
                        text(WaterHeaterCommand.SetMode.class, set -> set.mode().word()))
                .number(
                        entity.temperatureCommandTopic(),
                        entity.temperatureCommandTemplate(),
                        WaterHeaterCommand.SetTemperature::new,
                        number(
                                WaterHeaterCommand.SetTemperature.class,
                                WaterHeaterCommand.SetTemperature::temperature));
    }

    private static <K extends EntityCommand> Function<EntityCommand, Optional<String>> text(
            Class<K> type, Function<K, String> value) {
        return command -> CommandChannels.written(type, value, command);
    }

    private static <K extends EntityCommand> Function<EntityCommand, OptionalDouble> number(
            Class<K> type, ToDoubleFunction<K> value) {
        return command -> type.isInstance(command)
                ? OptionalDouble.of(value.applyAsDouble(type.cast(command)))
                : OptionalDouble.empty();
    }

    private static <K extends EntityCommand> Function<EntityCommand, OptionalInt> whole(
            Class<K> type, ToIntFunction<K> value) {
        return command ->
                type.isInstance(command) ? OptionalInt.of(value.applyAsInt(type.cast(command))) : OptionalInt.empty();
    }
}
