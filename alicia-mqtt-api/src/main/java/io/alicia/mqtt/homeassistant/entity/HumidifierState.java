package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.style.ValueStyle;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.immutables.value.Value;

/**
 * What a humidifier is. What is empty is not said, or is said not to be known and then in {@link #unknown()}.
 *
 * <p>Immutable and safe to share between threads.
 */
@ValueStyle
@Value.Immutable
public abstract non-sealed class HumidifierState implements EntityState {

    HumidifierState() {}

    /** {@return a builder without anything} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether it is on} */
    public abstract Optional<Boolean> on();

    /** {@return what it is doing: {@code humidifying}, {@code drying}, {@code idle} or {@code off}} */
    public abstract Optional<String> action();

    /** {@return the target humidity in %} */
    public abstract OptionalDouble humidityPercent();

    /** {@return the humidity that is measured, in %} */
    public abstract OptionalDouble currentHumidityPercent();

    /** {@return the mode} */
    public abstract Optional<String> mode();

    /** {@return what the device has said that it does not know} */
    public abstract Set<Part> unknown();

    /** The state that says nothing but that a part is not known. */
    static HumidifierState unknown(Part part) {
        return builder().addUnknown(part).build();
    }

    @Override
    public final EntityState after(EntityState before) {
        if (!(before instanceof HumidifierState known)) {
            return this;
        }
        Set<Part> unknown = EnumSet.noneOf(Part.class);
        unknown.addAll(known.unknown());
        on().ifPresent(said -> unknown.remove(Part.ON));
        humidityPercent().ifPresent(said -> unknown.remove(Part.HUMIDITY));
        currentHumidityPercent().ifPresent(said -> unknown.remove(Part.CURRENT_HUMIDITY));
        mode().ifPresent(said -> unknown.remove(Part.MODE));
        unknown.addAll(unknown());
        Builder after = builder().from(known).from(this).unknown(unknown);
        if (unknown.contains(Part.ON)) {
            after.on(Optional.empty());
        }
        if (unknown.contains(Part.HUMIDITY)) {
            after.humidityPercent(OptionalDouble.empty());
        }
        if (unknown.contains(Part.CURRENT_HUMIDITY)) {
            after.currentHumidityPercent(OptionalDouble.empty());
        }
        if (unknown.contains(Part.MODE)) {
            after.mode(Optional.empty());
        }
        return after.build();
    }

    /** What a device may say that it does not know. */
    public enum Part {
        /** Whether it is on. */
        ON,
        /** The target humidity. */
        HUMIDITY,
        /** The humidity that is measured. */
        CURRENT_HUMIDITY,
        /** The mode. */
        MODE
    }

    /** Collects what is said. */
    public static final class Builder extends ImmutableHumidifierState.Builder {
        Builder() {}
    }
}
