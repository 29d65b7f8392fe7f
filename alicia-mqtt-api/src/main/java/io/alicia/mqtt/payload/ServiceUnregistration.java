package io.alicia.mqtt.payload;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A service tells that it is about to go.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class ServiceUnregistration implements JsonPayload {

    ServiceUnregistration() {}

    /** {@return a builder; {@code serviceName} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this message's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the service} */
    public abstract String serviceName();

    /** {@return that it is offline} */
    public abstract Optional<Availability> status();

    /** {@return when it goes} */
    public abstract Optional<Instant> timestamp();

    /** {@return why, for a human} */
    public abstract Optional<String> reason();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a message. */
    public static final class Builder extends ImmutableServiceUnregistration.Builder {
        Builder() {}
    }
}
