package io.alicia.mqtt.homeassistant.entity;

import static io.alicia.mqtt.homeassistant.entity.AirflowStates.oneOf;

import io.alicia.mqtt.homeassistant.component.ClimateEntity;
import io.alicia.mqtt.homeassistant.component.HvacMode;
import io.alicia.mqtt.homeassistant.component.OptionWord;
import io.alicia.mqtt.homeassistant.component.WaterHeaterEntity;
import io.alicia.mqtt.homeassistant.component.WaterHeaterMode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** States of what makes the air and the water warm: one topic for each thing that can be said. */
final class AirStates {

    private static final String NONE = "None";
    private static final Set<String> ACTIONS =
            Set.of("off", "preheating", "heating", "cooling", "drying", "idle", "fan", "defrosting");

    private AirStates() {}

    static void states(CommandChannels.Table<EntityState> table) {
        table.put(ClimateEntity.class, AirStates::climate);
        table.put(WaterHeaterEntity.class, AirStates::waterHeater);
    }

    /** Home Assistant takes two words for no preset, whatever was announced. */
    private static Function<String, Optional<? extends EntityState>> preset(ClimateEntity entity) {
        EntityState none = ClimateState.builder().preset(KnownModes.NO_PRESET).build();
        return AirflowStates.reset(
                NONE,
                none,
                AirflowStates.reset(
                        KnownModes.NO_PRESET,
                        none,
                        oneOf(
                                KnownModes.presets(entity),
                                preset -> ClimateState.builder().preset(preset).build())));
    }

    private static Channels<EntityState> climate(ClimateEntity entity) {
        return new Said<>(ClimateState.class)
                .state(
                        entity.modeStateTopic(),
                        entity.modeStateTemplate().or(entity::valueTemplate),
                        AirflowStates.reset(
                                NONE,
                                new EntityState.Unknown(),
                                oneOf(
                                        KnownModes.of(entity),
                                        mode -> ClimateState.builder()
                                                .mode(new HvacMode(mode))
                                                .build())),
                        state -> state.mode().map(OptionWord::word))
                .word(
                        entity.actionTopic(),
                        entity.actionTemplate().or(entity::valueTemplate),
                        oneOf(
                                ACTIONS,
                                action -> ClimateState.builder().action(action).build()),
                        ClimateState::action,
                        ClimateState.unknown(ClimateState.Part.ACTION),
                        state -> state.unknown().contains(ClimateState.Part.ACTION))
                .number(
                        entity.temperatureStateTopic(),
                        entity.temperatureStateTemplate().or(entity::valueTemplate),
                        value -> ClimateState.builder().temperature(value).build(),
                        ClimateState::temperature,
                        ClimateState.unknown(ClimateState.Part.TEMPERATURE),
                        state -> state.unknown().contains(ClimateState.Part.TEMPERATURE))
                .number(
                        entity.temperatureLowStateTopic(),
                        entity.temperatureLowStateTemplate().or(entity::valueTemplate),
                        value -> ClimateState.builder().lowTemperature(value).build(),
                        ClimateState::lowTemperature,
                        ClimateState.unknown(ClimateState.Part.LOW_TEMPERATURE),
                        state -> state.unknown().contains(ClimateState.Part.LOW_TEMPERATURE))
                .number(
                        entity.temperatureHighStateTopic(),
                        entity.temperatureHighStateTemplate().or(entity::valueTemplate),
                        value -> ClimateState.builder().highTemperature(value).build(),
                        ClimateState::highTemperature,
                        ClimateState.unknown(ClimateState.Part.HIGH_TEMPERATURE),
                        state -> state.unknown().contains(ClimateState.Part.HIGH_TEMPERATURE))
                .number(
                        entity.currentTemperatureTopic(),
                        entity.currentTemperatureTemplate().or(entity::valueTemplate),
                        value ->
                                ClimateState.builder().currentTemperature(value).build(),
                        ClimateState::currentTemperature,
                        ClimateState.unknown(ClimateState.Part.CURRENT_TEMPERATURE),
                        state -> state.unknown().contains(ClimateState.Part.CURRENT_TEMPERATURE))
                .number(
                        entity.targetHumidityStateTopic(),
                        entity.targetHumidityStateTemplate().or(entity::valueTemplate),
                        value -> ClimateState.builder().humidityPercent(value).build(),
                        ClimateState::humidityPercent,
                        ClimateState.unknown(ClimateState.Part.HUMIDITY),
                        state -> state.unknown().contains(ClimateState.Part.HUMIDITY))
                .number(
                        entity.currentHumidityTopic(),
                        entity.currentHumidityTemplate().or(entity::valueTemplate),
                        value -> ClimateState.builder()
                                .currentHumidityPercent(value)
                                .build(),
                        ClimateState::currentHumidityPercent,
                        ClimateState.unknown(ClimateState.Part.CURRENT_HUMIDITY),
                        state -> state.unknown().contains(ClimateState.Part.CURRENT_HUMIDITY))
                .word(
                        entity.fanModeStateTopic(),
                        entity.fanModeStateTemplate().or(entity::valueTemplate),
                        oneOf(
                                KnownModes.fan(entity),
                                mode -> ClimateState.builder().fanMode(mode).build()),
                        ClimateState::fanMode,
                        ClimateState.unknown(ClimateState.Part.FAN_MODE),
                        state -> state.unknown().contains(ClimateState.Part.FAN_MODE))
                .read(
                        entity.presetModeStateTopic(),
                        entity.presetModeValueTemplate().or(entity::valueTemplate),
                        preset(entity),
                        ClimateState::preset)
                .word(
                        entity.swingModeStateTopic(),
                        entity.swingModeStateTemplate().or(entity::valueTemplate),
                        oneOf(
                                KnownModes.swing(entity),
                                mode -> ClimateState.builder().swingMode(mode).build()),
                        ClimateState::swingMode,
                        ClimateState.unknown(ClimateState.Part.SWING_MODE),
                        state -> state.unknown().contains(ClimateState.Part.SWING_MODE))
                .word(
                        entity.swingHorizontalModeStateTopic(),
                        entity.swingHorizontalModeStateTemplate().or(entity::valueTemplate),
                        oneOf(
                                KnownModes.horizontalSwing(entity),
                                mode -> ClimateState.builder()
                                        .horizontalSwingMode(mode)
                                        .build()),
                        ClimateState::horizontalSwingMode,
                        ClimateState.unknown(ClimateState.Part.HORIZONTAL_SWING_MODE),
                        state -> state.unknown().contains(ClimateState.Part.HORIZONTAL_SWING_MODE))
                .channels();
    }

    private static Channels<EntityState> waterHeater(WaterHeaterEntity entity) {
        return new Said<>(WaterHeaterState.class)
                .state(
                        entity.modeStateTopic(),
                        entity.modeStateTemplate().or(entity::valueTemplate),
                        AirflowStates.reset(
                                NONE,
                                new EntityState.Unknown(),
                                oneOf(
                                        KnownModes.of(entity),
                                        mode -> WaterHeaterState.builder()
                                                .mode(new WaterHeaterMode(mode))
                                                .build())),
                        state -> state.mode().map(OptionWord::word))
                .number(
                        entity.temperatureStateTopic(),
                        entity.temperatureStateTemplate().or(entity::valueTemplate),
                        value -> WaterHeaterState.builder().temperature(value).build(),
                        WaterHeaterState::temperature,
                        WaterHeaterState.unknown(WaterHeaterState.Part.TEMPERATURE),
                        state -> state.unknown().contains(WaterHeaterState.Part.TEMPERATURE))
                .number(
                        entity.currentTemperatureTopic(),
                        entity.currentTemperatureTemplate().or(entity::valueTemplate),
                        value -> WaterHeaterState.builder()
                                .currentTemperature(value)
                                .build(),
                        WaterHeaterState::currentTemperature,
                        WaterHeaterState.unknown(WaterHeaterState.Part.CURRENT_TEMPERATURE),
                        state -> state.unknown().contains(WaterHeaterState.Part.CURRENT_TEMPERATURE))
                .channels();
    }
}
