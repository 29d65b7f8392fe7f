package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.HvacMode;
import io.alicia.mqtt.style.ValueStyle;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.immutables.value.Value;

/**
 * What a climate device is; temperatures are in the entity's unit. What is empty is not said, or is
 * said not to be known and then in {@link #unknown()}.
 *
 * <p>Immutable and safe to share between threads.
 */
@ValueStyle
@Value.Immutable
public abstract non-sealed class ClimateState implements EntityState {

    ClimateState() {}

    /** {@return a builder without anything} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the mode} */
    public abstract Optional<HvacMode> mode();

    /** {@return what it is doing: {@code heating}, {@code cooling}, {@code idle} or another action that Home Assistant knows} */
    public abstract Optional<String> action();

    /** {@return the target temperature} */
    public abstract OptionalDouble temperature();

    /** {@return the lower target temperature} */
    public abstract OptionalDouble lowTemperature();

    /** {@return the upper target temperature} */
    public abstract OptionalDouble highTemperature();

    /** {@return the temperature that is measured} */
    public abstract OptionalDouble currentTemperature();

    /** {@return the target humidity in %} */
    public abstract OptionalDouble humidityPercent();

    /** {@return the humidity that is measured, in %} */
    public abstract OptionalDouble currentHumidityPercent();

    /** {@return the fan mode} */
    public abstract Optional<String> fanMode();

    /** {@return the preset} */
    public abstract Optional<String> preset();

    /** {@return the swing mode} */
    public abstract Optional<String> swingMode();

    /** {@return the horizontal swing mode} */
    public abstract Optional<String> horizontalSwingMode();

    /** {@return what the device has said that it does not know} */
    public abstract Set<Part> unknown();

    /** The state that says nothing but that a part is not known. */
    static ClimateState unknown(Part part) {
        return builder().addUnknown(part).build();
    }

    @Override
    public final EntityState after(EntityState before) {
        if (!(before instanceof ClimateState known)) {
            return this;
        }
        Set<Part> unknown = EnumSet.noneOf(Part.class);
        unknown.addAll(known.unknown());
        unknown.removeAll(said());
        unknown.addAll(unknown());
        Builder after = builder().from(known).from(this).unknown(unknown);
        unknown.forEach(part -> forget(after, part));
        return after.build();
    }

    private Set<Part> said() {
        Set<Part> said = EnumSet.noneOf(Part.class);
        action().ifPresent(given -> said.add(Part.ACTION));
        temperature().ifPresent(given -> said.add(Part.TEMPERATURE));
        lowTemperature().ifPresent(given -> said.add(Part.LOW_TEMPERATURE));
        highTemperature().ifPresent(given -> said.add(Part.HIGH_TEMPERATURE));
        currentTemperature().ifPresent(given -> said.add(Part.CURRENT_TEMPERATURE));
        humidityPercent().ifPresent(given -> said.add(Part.HUMIDITY));
        currentHumidityPercent().ifPresent(given -> said.add(Part.CURRENT_HUMIDITY));
        fanMode().ifPresent(given -> said.add(Part.FAN_MODE));
        swingMode().ifPresent(given -> said.add(Part.SWING_MODE));
        horizontalSwingMode().ifPresent(given -> said.add(Part.HORIZONTAL_SWING_MODE));
        return said;
    }

    private static void forget(Builder state, Part part) {
        Builder unused = switch (part) {
            case ACTION -> state.action(Optional.empty());
            case TEMPERATURE -> state.temperature(OptionalDouble.empty());
            case LOW_TEMPERATURE -> state.lowTemperature(OptionalDouble.empty());
            case HIGH_TEMPERATURE -> state.highTemperature(OptionalDouble.empty());
            case CURRENT_TEMPERATURE -> state.currentTemperature(OptionalDouble.empty());
            case HUMIDITY -> state.humidityPercent(OptionalDouble.empty());
            case CURRENT_HUMIDITY -> state.currentHumidityPercent(OptionalDouble.empty());
            case FAN_MODE -> state.fanMode(Optional.empty());
            case SWING_MODE -> state.swingMode(Optional.empty());
            case HORIZONTAL_SWING_MODE -> state.horizontalSwingMode(Optional.empty());
        };
    }

    /**
     * What a device may say that it does not know. That the mode is not known is said of the device as a whole, by {@link
     * EntityState.Unknown}; a device without a preset has the preset {@code none}.
     */
    public enum Part {
        /** What it is doing. */
        ACTION,
        /** The target temperature. */
        TEMPERATURE,
        /** The lower target temperature. */
        LOW_TEMPERATURE,
        /** The upper target temperature. */
        HIGH_TEMPERATURE,
        /** The temperature that is measured. */
        CURRENT_TEMPERATURE,
        /** The target humidity. */
        HUMIDITY,
        /** The humidity that is measured. */
        CURRENT_HUMIDITY,
        /** The fan mode. */
        FAN_MODE,
        /** The swing mode. */
        SWING_MODE,
        /** The horizontal swing mode. */
        HORIZONTAL_SWING_MODE
    }

    /** Collects what is said. */
    public static final class Builder extends ImmutableClimateState.Builder {
        Builder() {}
    }
}
