package io.alicia.mqtt.payload;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A service tells that it is there and what it can do.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class ServiceRegistration implements JsonPayload {

    ServiceRegistration() {}

    /** {@return a builder; {@code serviceName} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this registration's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the service} */
    public abstract String serviceName();

    /** {@return that it is online} */
    public abstract Optional<Availability> status();

    /** {@return when it came} */
    public abstract Optional<Instant> timestamp();

    /** {@return what it can do; empty if it did not tell} */
    public abstract List<Capability> capabilities();

    /** {@return the version of the service} */
    public abstract Optional<String> version();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a registration. */
    public static final class Builder extends ImmutableServiceRegistration.Builder {
        Builder() {}
    }
}
