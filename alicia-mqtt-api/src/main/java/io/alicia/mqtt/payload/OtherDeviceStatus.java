package io.alicia.mqtt.payload;

import io.alicia.mqtt.topic.DeviceId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The status of a device of a type that this SDK has no words for: all it says is in {@link #additional()}.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract non-sealed class OtherDeviceStatus implements DeviceStatus {

    OtherDeviceStatus() {}

    /** {@return a builder; {@code deviceId} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this status's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the device} */
    @Override
    public abstract DeviceId deviceId();

    /** {@return what kind of device it is} */
    @Override
    public abstract Optional<String> deviceType();

    /** {@return when it was so} */
    @Override
    public abstract Optional<Instant> timestamp();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a status. */
    public static final class Builder extends ImmutableOtherDeviceStatus.Builder {
        Builder() {}
    }
}
