package io.alicia.mqtt.payload;

import io.alicia.mqtt.topic.DeviceId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What became of a command. A result that failed says why in {@link #error()}.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class CommandResult implements JsonPayload {

    CommandResult() {}

    /** {@return a builder; {@code success} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this result's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return whether the command was carried out} */
    public abstract boolean success();

    /** {@return the name of the command} */
    public abstract Optional<String> command();

    /** {@return the device that was commanded} */
    public abstract Optional<DeviceId> deviceId();

    /** {@return the message id of the command, where MQTT 5 Correlation Data is not in use} */
    public abstract Optional<String> requestId();

    /** {@return a remark for a human} */
    public abstract Optional<String> message();

    /** {@return why it failed, for a human} */
    public abstract Optional<String> error();

    /** {@return when it was carried out} */
    public abstract Optional<Instant> timestamp();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a result. */
    public static final class Builder extends ImmutableCommandResult.Builder {
        Builder() {}
    }
}
