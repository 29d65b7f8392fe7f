package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.style.ValueStyle;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What a light is. What is empty is not said; a light with the schema {@code json} has to say in each message whether it is
 * on.
 *
 * <p>Immutable and safe to share between threads.
 */
@ValueStyle
@Value.Immutable
public abstract non-sealed class LightState implements EntityState {

    LightState() {}

    /** {@return a builder without anything} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether it is on} */
    public abstract Optional<Boolean> on();

    /** {@return how bright it is} */
    public abstract Optional<Brightness> brightness();

    /** {@return its colour} */
    public abstract Optional<LightTint> tint();

    /** {@return the effect that it shows} */
    public abstract Optional<String> effect();

    @Override
    public final EntityState after(EntityState before) {
        return before instanceof LightState known
                ? builder().from(known).from(this).build()
                : this;
    }

    /**
     * The whole that is to be said in one message. A white that comes alone says how bright the light is: what was said of
     * that before holds no longer.
     */
    final EntityState completed(EntityState before) {
        boolean whiteAlone = brightness().isEmpty()
                && tint().filter(LightTint.White.class::isInstance).isPresent();
        return whiteAlone && after(before) instanceof LightState whole
                ? builder().from(whole).brightness(Optional.empty()).build()
                : after(before);
    }

    /** Collects what is said. */
    public static final class Builder extends ImmutableLightState.Builder {
        Builder() {}
    }
}
