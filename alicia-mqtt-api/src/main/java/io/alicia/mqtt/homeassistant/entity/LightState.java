package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.ColorMode;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.style.ValueStyle;
import java.util.EnumMap;
import java.util.Map;
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

    /**
     * {@return the colour mode that it is in, where a light of the schema {@code basic} says so on a topic of its own; elsewhere
     * the colour says it}
     */
    public abstract Optional<ColorMode> colorMode();

    /**
     * {@return the last colour of each mode, which a light goes back to when it says that it is in that mode; no part of what is
     * compared}
     */
    @Value.Auxiliary
    public abstract Map<ColorMode, LightTint> tints();

    /** {@return the effect that it shows} */
    public abstract Optional<String> effect();

    @Override
    public final EntityState after(EntityState before) {
        if (!(before instanceof LightState known)) {
            return this;
        }
        LightState whole = builder().from(known).from(this).build();
        return whole.colorMode().map(mode -> whole.in(mode, known, this)).orElse(whole);
    }

    /** The same, with the colour that was said last in a mode; white is as bright as the light. */
    private LightState in(ColorMode mode, LightState... said) {
        Map<ColorMode, LightTint> all = new EnumMap<>(ColorMode.class);
        for (LightState state : said) {
            all.putAll(state.tints());
            state.tint().ifPresent(tint -> all.put(tint.mode(), tint));
        }
        Optional<LightTint> tint =
                mode == ColorMode.WHITE ? brightness().map(LightTint.White::new) : Optional.ofNullable(all.get(mode));
        return builder().from(this).tint(tint).tints(all).build();
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
