package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.FanEntity;
import io.alicia.mqtt.homeassistant.component.HumidifierEntity;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** States of fans and humidifiers, which may say of each thing by itself that it is not known. */
final class AirflowStates {

    private static final String NONE = "None";
    private static final Set<String> ACTIONS = Set.of("off", "humidifying", "drying", "idle");

    private AirflowStates() {}

    static void states(CommandChannels.Table<EntityState> table) {
        table.put(FanEntity.class, AirflowStates::fan);
        table.put(HumidifierEntity.class, AirflowStates::humidifier);
    }

    private static Channels<EntityState> fan(FanEntity entity) {
        String noSpeed = entity.payloadResetPercentage().orElse(NONE);
        String noPreset = entity.payloadResetPresetMode().orElse(NONE);
        return new Said<>(FanState.class)
                .state(
                        entity.stateTopic(),
                        entity.stateValueTemplate(),
                        words(
                                entity.payloadOn().orElse("ON"),
                                entity.payloadOff().orElse("OFF"),
                                on -> FanState.builder().on(on).build(),
                                FanState.unknown(FanState.Part.ON)),
                        state -> said(
                                state.unknown().contains(FanState.Part.ON),
                                NONE,
                                state.on()
                                        .map(on -> on
                                                ? entity.payloadOn().orElse("ON")
                                                : entity.payloadOff().orElse("OFF"))))
                .read(
                        entity.percentageStateTopic(),
                        entity.percentageValueTemplate(),
                        reset(
                                noSpeed,
                                FanState.unknown(FanState.Part.SPEED),
                                payload -> speed(entity, payload)
                                        .map(speed ->
                                                FanState.builder().speed(speed).build())),
                        state -> said(
                                state.unknown().contains(FanState.Part.SPEED),
                                noSpeed,
                                state.speed().stream()
                                        .mapToObj(Integer::toString)
                                        .findFirst()))
                .read(
                        entity.presetModeStateTopic(),
                        entity.presetModeValueTemplate(),
                        reset(
                                noPreset,
                                FanState.unknown(FanState.Part.PRESET),
                                oneOf(
                                        entity.presetModes(),
                                        preset -> FanState.builder()
                                                .preset(preset)
                                                .build())),
                        state -> said(state.unknown().contains(FanState.Part.PRESET), noPreset, state.preset()))
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

    private static Channels<EntityState> humidifier(HumidifierEntity entity) {
        String noHumidity = entity.payloadResetHumidity().orElse(NONE);
        String noMode = entity.payloadResetMode().orElse(NONE);
        return new Said<>(HumidifierState.class)
                .state(
                        entity.stateTopic(),
                        entity.stateValueTemplate(),
                        words(
                                entity.payloadOn().orElse("ON"),
                                entity.payloadOff().orElse("OFF"),
                                on -> HumidifierState.builder().on(on).build(),
                                HumidifierState.unknown(HumidifierState.Part.ON)),
                        state -> said(
                                state.unknown().contains(HumidifierState.Part.ON),
                                NONE,
                                state.on()
                                        .map(on -> on
                                                ? entity.payloadOn().orElse("ON")
                                                : entity.payloadOff().orElse("OFF"))))
                .read(
                        entity.actionTopic(),
                        entity.actionTemplate(),
                        oneOf(
                                ACTIONS,
                                action ->
                                        HumidifierState.builder().action(action).build()),
                        HumidifierState::action)
                .read(
                        entity.targetHumidityStateTopic(),
                        entity.targetHumidityStateTemplate(),
                        reset(
                                noHumidity,
                                HumidifierState.unknown(HumidifierState.Part.HUMIDITY),
                                within(
                                        entity.minHumidity().orElse(0),
                                        entity.maxHumidity().orElse(100),
                                        value -> HumidifierState.builder()
                                                .humidityPercent(value)
                                                .build())),
                        state -> said(
                                state.unknown().contains(HumidifierState.Part.HUMIDITY),
                                noHumidity,
                                plain(state.humidityPercent())))
                .read(
                        entity.currentHumidityTopic(),
                        entity.currentHumidityTemplate(),
                        reset(
                                noHumidity,
                                HumidifierState.unknown(HumidifierState.Part.CURRENT_HUMIDITY),
                                within(
                                        0,
                                        100,
                                        value -> HumidifierState.builder()
                                                .currentHumidityPercent(value)
                                                .build())),
                        state -> said(
                                state.unknown().contains(HumidifierState.Part.CURRENT_HUMIDITY),
                                noHumidity,
                                plain(state.currentHumidityPercent())))
                .read(
                        entity.modeStateTopic(),
                        entity.modeStateTemplate(),
                        reset(
                                noMode,
                                HumidifierState.unknown(HumidifierState.Part.MODE),
                                oneOf(
                                        entity.modes(),
                                        mode -> HumidifierState.builder()
                                                .mode(mode)
                                                .build())),
                        state -> said(state.unknown().contains(HumidifierState.Part.MODE), noMode, state.mode()))
                .channels();
    }

    /** Home Assistant takes whole numbers from one below the lowest speed, which is off, to the highest. */
    private static Optional<Integer> speed(FanEntity entity, String payload) {
        return Channels.decimal(payload)
                .filter(number -> number.scale() == 0)
                .map(BigDecimal::doubleValue)
                .filter(speed -> speed >= entity.speedRangeMin().orElse(1) - 1
                        && speed <= entity.speedRangeMax().orElse(100))
                .map(Double::intValue);
    }

    /** On, off or not known; the device's own words come first. */
    private static Function<String, Optional<? extends EntityState>> words(
            String on, String off, Function<Boolean, EntityState> reader, EntityState unknown) {
        Map<String, EntityState> words = Channels.onOff(on, reader.apply(true), off, reader.apply(false));
        words.putIfAbsent(NONE, unknown);
        return payload -> Optional.ofNullable(words.get(payload));
    }

    static Function<String, Optional<? extends EntityState>> reset(
            String reset, EntityState unknown, Function<String, Optional<? extends EntityState>> reader) {
        return payload -> payload.equals(reset) ? Optional.of(unknown) : reader.apply(payload);
    }

    /** Home Assistant rounds a humidity before it holds it against its range. */
    private static Function<String, Optional<? extends EntityState>> within(
            double min, double max, DoubleFunction<EntityState> reader) {
        return payload -> Channels.decimal(payload)
                .map(BigDecimal::doubleValue)
                .filter(number -> Math.rint(number) >= min && Math.rint(number) <= max)
                .map(reader::apply);
    }

    /** Home Assistant takes no other word than those that were announced. */
    static Function<String, Optional<? extends EntityState>> oneOf(
            @Nullable Collection<String> known, Function<String, EntityState> reader) {
        Set<String> words = known == null ? Set.of() : Set.copyOf(known);
        return payload -> words.contains(payload) ? Optional.of(reader.apply(payload)) : Optional.empty();
    }

    private static Optional<String> said(boolean unknown, String reset, Optional<String> value) {
        return unknown ? Optional.of(reset) : value;
    }

    private static Optional<String> plain(OptionalDouble number) {
        return number.isPresent() ? Optional.of(Channels.plain(number.getAsDouble())) : Optional.empty();
    }
}
