package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.WaterHeaterMode;
import io.alicia.mqtt.style.ValueStyle;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.immutables.value.Value;

/**
 * What a water heater is; temperatures are in the entity's unit. What is empty is not said, or is
 * said not to be known and then in {@link #unknown()}.
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

    /** {@return what the device has said that it does not know} */
    public abstract Set<Part> unknown();

    /** The state that says nothing but that a part is not known. */
    static WaterHeaterState unknown(Part part) {
        return builder().addUnknown(part).build();
    }

    @Override
    public final EntityState after(EntityState before) {
        if (!(before instanceof WaterHeaterState known)) {
            return this;
        }
        Set<Part> unknown = EnumSet.noneOf(Part.class);
        unknown.addAll(known.unknown());
        temperature().ifPresent(said -> unknown.remove(Part.TEMPERATURE));
        currentTemperature().ifPresent(said -> unknown.remove(Part.CURRENT_TEMPERATURE));
        unknown.addAll(unknown());
        Builder after = builder().from(known).from(this).unknown(unknown);
        if (unknown.contains(Part.TEMPERATURE)) {
            after.temperature(OptionalDouble.empty());
        }
        if (unknown.contains(Part.CURRENT_TEMPERATURE)) {
            after.currentTemperature(OptionalDouble.empty());
        }
        return after.build();
    }

    /** What a device may say that it does not know. */
    public enum Part {
        /** The target temperature. */
        TEMPERATURE,
        /** The temperature that is measured. */
        CURRENT_TEMPERATURE
    }

    /** Collects what is said. */
    public static final class Builder extends ImmutableWaterHeaterState.Builder {
        Builder() {}
    }
}
