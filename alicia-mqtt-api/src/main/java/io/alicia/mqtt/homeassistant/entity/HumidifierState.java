package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.style.ValueStyle;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/**
 * What a humidifier is. What is empty is not said.
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

    @Override
    public final EntityState after(EntityState before) {
        return before instanceof HumidifierState known
                ? builder().from(known).from(this).build()
                : this;
    }

    /** Collects what is said. */
    public static final class Builder extends ImmutableHumidifierState.Builder {
        Builder() {}
    }
}
