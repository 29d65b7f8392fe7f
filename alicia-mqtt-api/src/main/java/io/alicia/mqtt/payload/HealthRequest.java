package io.alicia.mqtt.payload;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Asks services for a {@link HealthReport}.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class HealthRequest implements JsonPayload {

    HealthRequest() {}

    /** {@return a builder; nothing is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this request's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the service that is asked; all of them if absent} */
    public abstract Optional<String> serviceName();

    /** {@return when it was asked} */
    public abstract Optional<Instant> timestamp();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a request. */
    public static final class Builder extends ImmutableHealthRequest.Builder {
        Builder() {}
    }
}
