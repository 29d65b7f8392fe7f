package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.style.ValueStyle;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * What a fan is. What is empty is not said.
 *
 * <p>Immutable and safe to share between threads.
 */
@ValueStyle
@Value.Immutable
public abstract non-sealed class FanState implements EntityState {

    FanState() {}

    /** {@return a builder without anything} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether it is on} */
    public abstract Optional<Boolean> on();

    /** {@return the speed, from 0, which is off, to the entity's {@code speed_range_max}} */
    public abstract OptionalInt speed();

    /** {@return the preset} */
    public abstract Optional<String> preset();

    /** {@return whether it oscillates} */
    public abstract Optional<Boolean> oscillating();

    /** {@return whether it turns forward, or in reverse} */
    public abstract Optional<Boolean> forward();

    @Override
    public final EntityState after(EntityState before) {
        return before instanceof FanState known
                ? builder().from(known).from(this).build()
                : this;
    }

    /** Collects what is said. */
    public static final class Builder extends ImmutableFanState.Builder {
        Builder() {}
    }
}
