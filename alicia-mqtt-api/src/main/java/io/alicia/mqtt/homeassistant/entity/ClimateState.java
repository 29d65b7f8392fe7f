package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.HvacMode;
import io.alicia.mqtt.style.ValueStyle;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/**
 * What a climate device is; temperatures are in the entity's unit. What is empty is not said.
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

    @Override
    public final EntityState after(EntityState before) {
        return before instanceof ClimateState known
                ? builder().from(known).from(this).build()
                : this;
    }

    /** Collects what is said. */
    public static final class Builder extends ImmutableClimateState.Builder {
        Builder() {}
    }
}
