package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.style.ValueStyle;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What a light is told. What is empty stays as it is, but for the light itself: as in Home Assistant, whatever is to be set
 * turns it on, a brightness of 0 turns it off, and a light that is turned off is told no colour, brightness or effect.
 *
 * <p>Immutable and safe to share between threads.
 */
@ValueStyle
@Value.Immutable
public abstract non-sealed class LightCommand implements EntityCommand {

    LightCommand() {}

    /** {@return a builder without anything} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether it is to be on; a command that does not say turns it on} */
    public abstract Optional<Boolean> on();

    /** {@return how bright} */
    public abstract Optional<Brightness> brightness();

    /** {@return the colour} */
    public abstract Optional<LightTint> tint();

    /** {@return the effect, one of the entity's {@code effect_list}} */
    public abstract Optional<String> effect();

    /** {@return over which time the change is made; for lights with the schema {@code json} or {@code template}} */
    public abstract Optional<Duration> transition();

    /** {@return for how long it is to flash; for lights with the schema {@code json} or {@code template}} */
    public abstract Optional<Duration> flash();

    final boolean isOff() {
        return on().filter(on -> !on).isPresent()
                || brightness().filter(brightness -> brightness.level() == 0).isPresent();
    }

    /** Collects what the light is told. */
    public static final class Builder extends ImmutableLightCommand.Builder {
        Builder() {}
    }
}
