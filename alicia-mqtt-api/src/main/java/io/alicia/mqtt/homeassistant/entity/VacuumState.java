package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.style.ValueStyle;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * What a vacuum cleaner is. What is empty is not said.
 *
 * <p>Immutable and safe to share between threads.
 */
@ValueStyle
@Value.Immutable
public abstract non-sealed class VacuumState implements EntityState {

    VacuumState() {}

    /** {@return a builder without anything} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return what it is doing} */
    public abstract Optional<VacuumActivity> activity();

    /** {@return how full its battery is in %, 0 to 100; newer versions of Home Assistant show it by a sensor of its own} */
    public abstract OptionalInt batteryPercent();

    /** {@return the fan speed, one of the entity's} */
    public abstract Optional<String> fanSpeed();

    /** {@return what else is said: {@code segments} and others, a state among them that Home Assistant does not know} */
    @Value.Default
    public JsonObject other() {
        return JsonObject.empty();
    }

    @Override
    public final EntityState after(EntityState before) {
        return before instanceof VacuumState known
                ? builder()
                        .from(known)
                        .from(this)
                        .other(known.other().toBuilder()
                                .putAll(other().members())
                                .build())
                        .build()
                : this;
    }

    /** Collects what is said. */
    public static final class Builder extends ImmutableVacuumState.Builder {
        Builder() {}
    }
}
