package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.style.ValueStyle;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.immutables.value.Value;

/**
 * What a fan is. What is empty is not said, or is said not to be known and then in {@link #unknown()}.
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

    /** {@return what the device has said that it does not know} */
    public abstract Set<Part> unknown();

    /** The state that says nothing but that a part is not known. */
    static FanState unknown(Part part) {
        return builder().addUnknown(part).build();
    }

    @Override
    public final EntityState after(EntityState before) {
        if (!(before instanceof FanState known)) {
            return this;
        }
        Set<Part> unknown = EnumSet.noneOf(Part.class);
        unknown.addAll(known.unknown());
        on().ifPresent(said -> unknown.remove(Part.ON));
        speed().ifPresent(said -> unknown.remove(Part.SPEED));
        preset().ifPresent(said -> unknown.remove(Part.PRESET));
        unknown.addAll(unknown());
        Builder after = builder().from(known).from(this).unknown(unknown);
        if (unknown.contains(Part.ON)) {
            after.on(Optional.empty());
        }
        if (unknown.contains(Part.SPEED)) {
            after.speed(OptionalInt.empty());
        }
        if (unknown.contains(Part.PRESET)) {
            after.preset(Optional.empty());
        }
        return after.build();
    }

    /** What a device may say that it does not know. */
    public enum Part {
        /** Whether it is on. */
        ON,
        /** The speed. */
        SPEED,
        /** The preset. */
        PRESET
    }

    /** Collects what is said. */
    public static final class Builder extends ImmutableFanState.Builder {
        Builder() {}
    }
}
