package io.alicia.mqtt.payload;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * How a service fares.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class HealthReport implements JsonPayload {

    HealthReport() {}

    /** {@return a builder; {@code serviceName} and {@code status} are required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this report's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the service} */
    public abstract String serviceName();

    /** {@return how it fares} */
    public abstract Status status();

    /** {@return how long it has been running, at least 0} */
    public abstract Optional<Duration> uptime();

    /** {@return how many messages it has dealt with since it started, at least 0} */
    public abstract OptionalLong messagesProcessed();

    /** {@return how many of them failed, at least 0} */
    public abstract OptionalLong errors();

    /** {@return when it was so} */
    public abstract Optional<Instant> timestamp();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** How a service fares. */
    public enum Status {
        /** It does what it is there for. */
        HEALTHY,
        /** It does not. */
        UNHEALTHY
    }

    @Value.Check
    void check() {
        Ranges.notNegative("uptime", uptime());
        Ranges.notNegative("messagesProcessed", messagesProcessed());
        Ranges.notNegative("errors", errors());
    }

    /** Collects the values of a report. {@code build} refuses values out of their range. */
    public static final class Builder extends ImmutableHealthReport.Builder {
        Builder() {}
    }
}
