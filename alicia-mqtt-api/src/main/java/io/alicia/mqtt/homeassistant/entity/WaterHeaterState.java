package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.WaterHeaterMode;
import io.alicia.mqtt.style.ValueStyle;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/**
 * What a water heater is; temperatures are in the entity's unit. What is empty is not said.
 *
 * <p>Immutable and safe to share between threads.
 */
@ValueStyle
@Value.Immutable
public abstract non-sealed class WaterHeaterState implements EntityState {

    WaterHeaterState() {}

    /** {@return a builder without anything} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the mode} */
    public abstract Optional<WaterHeaterMode> mode();

    /** {@return the target temperature} */
    public abstract OptionalDouble temperature();

    /** {@return the temperature that is measured} */
    public abstract OptionalDouble currentTemperature();

    @Override
    public final EntityState after(EntityState before) {
        return before instanceof WaterHeaterState known
                ? builder().from(known).from(this).build()
                : this;
    }

    /** Collects what is said. */
    public static final class Builder extends ImmutableWaterHeaterState.Builder {
        Builder() {}
    }
}
