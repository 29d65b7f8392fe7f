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
        temperature().ifPresent(said -> unknown.remove(Part.TEMPERATURE));
        lowTemperature().ifPresent(said -> unknown.remove(Part.LOW_TEMPERATURE));
        highTemperature().ifPresent(said -> unknown.remove(Part.HIGH_TEMPERATURE));
        currentTemperature().ifPresent(said -> unknown.remove(Part.CURRENT_TEMPERATURE));
        humidityPercent().ifPresent(said -> unknown.remove(Part.HUMIDITY));
        currentHumidityPercent().ifPresent(said -> unknown.remove(Part.CURRENT_HUMIDITY));
        unknown.addAll(unknown());
        Builder after = builder().from(known).from(this).unknown(unknown);
        if (unknown.contains(Part.TEMPERATURE)) {
            after.temperature(OptionalDouble.empty());
        }
        if (unknown.contains(Part.LOW_TEMPERATURE)) {
            after.lowTemperature(OptionalDouble.empty());
        }
        if (unknown.contains(Part.HIGH_TEMPERATURE)) {
            after.highTemperature(OptionalDouble.empty());
        }
        if (unknown.contains(Part.CURRENT_TEMPERATURE)) {
            after.currentTemperature(OptionalDouble.empty());
        }
        if (unknown.contains(Part.HUMIDITY)) {
            after.humidityPercent(OptionalDouble.empty());
        }
        if (unknown.contains(Part.CURRENT_HUMIDITY)) {
            after.currentHumidityPercent(OptionalDouble.empty());
        }
        return after.build();
    }

    /** What a device may say that it does not know. */
    public enum Part {
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
        CURRENT_HUMIDITY
    }

    /** Collects what is said. */
    public static final class Builder extends ImmutableClimateState.Builder {
        Builder() {}
    }
}
