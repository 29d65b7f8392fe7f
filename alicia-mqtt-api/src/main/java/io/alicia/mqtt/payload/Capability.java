package io.alicia.mqtt.payload;

import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Something that a service can do.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class Capability implements JsonPayload {

    Capability() {}

    /** {@return a builder; {@code name} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this capability's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return what it is called, such as {@code text_to_speech}} */
    public abstract String name();

    /** {@return its version} */
    public abstract Optional<String> version();

    /** {@return what it takes, in the service's own form} */
    public abstract Optional<JsonValue> parameters();

    @Override
    public abstract Map<String, JsonValue> additional();

    /**
     * {@return the capability of that name, without version and parameters}
     *
     * @param name what it is called
     */
    public static Capability of(String name) {
        return builder().name(name).build();
    }

    /** Collects the values of a capability. */
    public static final class Builder extends ImmutableCapability.Builder {
        Builder() {}
    }
}
