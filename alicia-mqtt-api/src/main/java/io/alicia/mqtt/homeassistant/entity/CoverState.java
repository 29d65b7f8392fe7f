package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.style.ValueStyle;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * What a cover or valve is. What is empty is not said.
 *
 * <p>Immutable and safe to share between threads.
 */
@ValueStyle
@Value.Immutable
public abstract non-sealed class CoverState implements EntityState {

    CoverState() {}

    /** {@return a builder without anything} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether it is open, closed or on the way} */
    public abstract Optional<Motion> motion();

    /** {@return how far it is open: 0 is closed, 100 is open} */
    public abstract OptionalInt percentOpen();

    /** {@return how far it is tilted open: 0 is closed, 100 is open} */
    public abstract OptionalInt tiltPercent();

    @Override
    public final EntityState after(EntityState before) {
        return before instanceof CoverState known
                ? builder().from(known).from(this).build()
                : this;
    }

    /** Where a cover stands or goes. */
    public enum Motion {
        /** Open. */
        OPEN,
        /** On the way to be open. */
        OPENING,
        /** Closed. */
        CLOSED,
        /** On the way to be closed. */
        CLOSING,
        /** Stopped on the way; Home Assistant decides by the last direction. */
        STOPPED
    }

    /** Collects what is said. */
    public static final class Builder extends ImmutableCoverState.Builder {
        Builder() {}
    }
}
