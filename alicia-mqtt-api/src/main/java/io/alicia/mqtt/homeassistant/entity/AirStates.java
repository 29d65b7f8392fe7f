package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.ClimateEntity;
import io.alicia.mqtt.homeassistant.component.FanEntity;
import io.alicia.mqtt.homeassistant.component.HumidifierEntity;
import io.alicia.mqtt.homeassistant.component.HvacMode;
import io.alicia.mqtt.homeassistant.component.OptionWord;
import io.alicia.mqtt.homeassistant.component.WaterHeaterEntity;
import io.alicia.mqtt.homeassistant.component.WaterHeaterMode;
import io.alicia.mqtt.homeassistant.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** States of what makes the air and the water warm, wet and move: one topic for each thing that can be said. */
final class AirStates {

    private static final Set<String> MODES = Set.of("auto", "off", "cool", "heat", "dry", "fan_only");
    private static final Set<String> ACTIONS =
            Set.of("off", "preheating", "heating", "cooling", "drying", "idle", "fan", "defrosting");

    private AirStates() {}

    static void states(CommandChannels.Table<EntityState> table) {
        table.put(ClimateEntity.class, AirStates::climate);
        table.put(FanEntity.class, AirStates::fan);
        table.put(HumidifierEntity.class, AirStates::humidifier);
        table.put(WaterHeaterEntity.class, AirStates::waterHeater);
    }

    /** The topics of one type of state; a state of another type says nothing there. */
    private static final class Said<S extends EntityState> {

        private final Class<S> type;
        private final Channels<EntityState> channels = new Channels<>();

        Said(Class<S> type) {
            this.type = type;
        }

        Said<S> text(
                Optional<?> topic,
                Optional<Template> template,
                Function<String, S> reader,
                Function<S, Optional<String>> part) {
            channels.text(topic, template, reader, state -> of(state).flatMap(part));
            return this;
        }

        Said<S> read(
                Optional<?> topic,
                Optional<Template> template,
                Function<String, Optional<? extends EntityState>> reader,
                Function<S, Optional<String>> part) {
            channels.add(topic, template, reader, state -> of(state).flatMap(part));
            return this;
        }

        Said<S> number(
                Optional<?> topic,
                Optional<Template> template,
                Function<Double, S> reader,
                Function<S, OptionalDouble> part) {
            channels.number(
                    topic, template, reader::apply, state -> of(state).map(part).orElse(OptionalDouble.empty()));
            return this;
        }

        Said<S> words(
                Optional<?> topic,
                Optional<Template> template,
                String yes,
                String no,
                Function<Boolean, S> reader,
                Function<S, Optional<Boolean>> part) {
            Map<String, Boolean> words = Channels.onOff(yes, true, no, false);
            channels.add(
                    topic,
                    template,
                    payload -> Optional.ofNullable(words.get(payload)).map(reader),
                    state -> of(state).flatMap(part).map(on -> on ? yes : no));
            return this;
        }

        private Optional<S> of(EntityState state) {
            return type.isInstance(state) ? Optional.of(type.cast(state)) : Optional.empty();
        }

        Channels<EntityState> channels() {
            return channels;
        }
    }

    /** The mode is what Home Assistant takes for the state of the whole device. */
    private static Optional<EntityState> mode(ClimateEntity entity, String payload) {
        if (payload.equals("None")) {
            return Optional.of(new EntityState.Unknown());
        }
        HvacMode mode = new HvacMode(payload);
        List<HvacMode> modes = entity.modes();
        boolean known = modes == null ? MODES.contains(payload) : modes.contains(mode);
        return known ? Optional.of(ClimateState.builder().mode(mode).build()) : Optional.empty();
    }

    private static Channels<EntityState> climate(ClimateEntity entity) {
        return new Said<>(ClimateState.class)
                .read(
                        entity.modeStateTopic(),
                        entity.modeStateTemplate().or(entity::valueTemplate),
                        payload -> mode(entity, payload),
                        state -> state.mode().map(OptionWord::word))
                .read(
                        entity.actionTopic(),
                        entity.actionTemplate().or(entity::valueTemplate),
                        action -> ACTIONS.contains(action)
                                ? Optional.of(
                                        ClimateState.builder().action(action).build())
                                : Optional.empty(),
                        ClimateState::action)
                .number(
                        entity.temperatureStateTopic(),
                        entity.temperatureStateTemplate().or(entity::valueTemplate),
                        value -> ClimateState.builder().temperature(value).build(),
                        ClimateState::temperature)
                .number(
                        entity.temperatureLowStateTopic(),
                        entity.temperatureLowStateTemplate().or(entity::valueTemplate),
                        value -> ClimateState.builder().lowTemperature(value).build(),
                        ClimateState::lowTemperature)
                .number(
                        entity.temperatureHighStateTopic(),
                        entity.temperatureHighStateTemplate().or(entity::valueTemplate),
                        value -> ClimateState.builder().highTemperature(value).build(),
                        ClimateState::highTemperature)
                .number(
                        entity.currentTemperatureTopic(),
                        entity.currentTemperatureTemplate().or(entity::valueTemplate),
                        value ->
                                ClimateState.builder().currentTemperature(value).build(),
                        ClimateState::currentTemperature)
                .number(
                        entity.targetHumidityStateTopic(),
                        entity.targetHumidityStateTemplate().or(entity::valueTemplate),
                        value -> ClimateState.builder().humidityPercent(value).build(),
                        ClimateState::humidityPercent)
                .number(
                        entity.currentHumidityTopic(),
                        entity.currentHumidityTemplate().or(entity::valueTemplate),
                        value -> ClimateState.builder()
                                .currentHumidityPercent(value)
                                .build(),
                        ClimateState::currentHumidityPercent)
                .text(
                        entity.fanModeStateTopic(),
                        entity.fanModeStateTemplate().or(entity::valueTemplate),
                        mode -> ClimateState.builder().fanMode(mode).build(),
                        ClimateState::fanMode)
                .text(
                        entity.presetModeStateTopic(),
                        entity.presetModeValueTemplate().or(entity::valueTemplate),
                        mode -> ClimateState.builder().preset(mode).build(),
                        ClimateState::preset)
                .text(
                        entity.swingModeStateTopic(),
                        entity.swingModeStateTemplate().or(entity::valueTemplate),
                        mode -> ClimateState.builder().swingMode(mode).build(),
                        ClimateState::swingMode)
                .text(
                        entity.swingHorizontalModeStateTopic(),
                        entity.swingHorizontalModeStateTemplate().or(entity::valueTemplate),
                        mode -> ClimateState.builder().horizontalSwingMode(mode).build(),
                        ClimateState::horizontalSwingMode)
                .channels();
    }

    private static Channels<EntityState> fan(FanEntity entity) {
        return new Said<>(FanState.class)
                .words(
                        entity.stateTopic(),
                        entity.stateValueTemplate(),
                        entity.payloadOn().orElse("ON"),
                        entity.payloadOff().orElse("OFF"),
                        on -> FanState.builder().on(on).build(),
                        FanState::on)
                .number(
                        entity.percentageStateTopic(),
                        entity.percentageValueTemplate(),
                        value -> FanState.builder()
                                .speed((int) Math.round(value))
                                .build(),
                        state -> decimal(state.speed()))
                .text(
                        entity.presetModeStateTopic(),
                        entity.presetModeValueTemplate(),
                        preset -> FanState.builder().preset(preset).build(),
                        FanState::preset)
                .words(
                        entity.oscillationStateTopic(),
                        entity.oscillationValueTemplate(),
                        entity.payloadOscillationOn().orElse("oscillate_on"),
                        entity.payloadOscillationOff().orElse("oscillate_off"),
                        on -> FanState.builder().oscillating(on).build(),
                        FanState::oscillating)
                .words(
                        entity.directionStateTopic(),
                        entity.directionValueTemplate(),
                        "forward",
                        "reverse",
                        forward -> FanState.builder().forward(forward).build(),
                        FanState::forward)
                .channels();
    }

    private static OptionalDouble decimal(OptionalInt number) {
        return number.stream().mapToDouble(value -> value).findFirst();
    }

    private static Channels<EntityState> humidifier(HumidifierEntity entity) {
        return new Said<>(HumidifierState.class)
                .words(
                        entity.stateTopic(),
                        entity.stateValueTemplate(),
                        entity.payloadOn().orElse("ON"),
                        entity.payloadOff().orElse("OFF"),
                        on -> HumidifierState.builder().on(on).build(),
                        HumidifierState::on)
                .text(
                        entity.actionTopic(),
                        entity.actionTemplate(),
                        action -> HumidifierState.builder().action(action).build(),
                        HumidifierState::action)
                .number(
                        entity.targetHumidityStateTopic(),
                        entity.targetHumidityStateTemplate(),
                        value ->
                                HumidifierState.builder().humidityPercent(value).build(),
                        HumidifierState::humidityPercent)
                .number(
                        entity.currentHumidityTopic(),
                        entity.currentHumidityTemplate(),
                        value -> HumidifierState.builder()
                                .currentHumidityPercent(value)
                                .build(),
                        HumidifierState::currentHumidityPercent)
                .text(
                        entity.modeStateTopic(),
                        entity.modeStateTemplate(),
                        mode -> HumidifierState.builder().mode(mode).build(),
                        HumidifierState::mode)
                .channels();
    }

    private static Channels<EntityState> waterHeater(WaterHeaterEntity entity) {
        return new Said<>(WaterHeaterState.class)
                .text(
                        entity.modeStateTopic(),
                        entity.modeStateTemplate().or(entity::valueTemplate),
                        mode -> WaterHeaterState.builder()
                                .mode(new WaterHeaterMode(mode))
                                .build(),
                        state -> state.mode().map(OptionWord::word))
                .number(
                        entity.temperatureStateTopic(),
                        entity.temperatureStateTemplate().or(entity::valueTemplate),
                        value -> WaterHeaterState.builder().temperature(value).build(),
                        WaterHeaterState::temperature)
                .number(
                        entity.currentTemperatureTopic(),
                        entity.currentTemperatureTemplate().or(entity::valueTemplate),
                        value -> WaterHeaterState.builder()
                                .currentTemperature(value)
                                .build(),
                        WaterHeaterState::currentTemperature)
                .channels();
    }
}
