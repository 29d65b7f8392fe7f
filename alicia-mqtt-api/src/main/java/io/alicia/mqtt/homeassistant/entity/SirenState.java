package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.style.ValueStyle;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/**
 * What a siren is. What is empty is not said.
 *
 * <p>Immutable and safe to share between threads.
 */
@ValueStyle
@Value.Immutable
public abstract non-sealed class SirenState implements EntityState {

    SirenState() {}

    /** {@return a builder without anything} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether it sounds} */
    public abstract Optional<Boolean> on();

    /** {@return its tone, one of those that it announces, or a number of its own} */
    public abstract Optional<String> tone();

    /** {@return for how long it sounds, in whole seconds} */
    public abstract Optional<Duration> duration();

    /** {@return how loud it is, 0 to 1} */
    public abstract OptionalDouble volume();

    @Override
    public final EntityState after(EntityState before) {
        return before instanceof SirenState known
                ? builder().from(known).from(this).build()
                : this;
    }

    /** Collects what is said. */
    public static final class Builder extends ImmutableSirenState.Builder {
        Builder() {}
    }
}
