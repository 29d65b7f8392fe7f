package io.alicia.mqtt.payload;

import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Asks speech recognition what was said.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class SttRequest implements JsonPayload {

    SttRequest() {}

    /** {@return a builder; {@code sessionId} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this request's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the voice session} */
    public abstract String sessionId();

    /** {@return the recording; absent where it is streamed} */
    public abstract Optional<AudioData> audioData();

    /** {@return the language spoken, such as {@code en-US}} */
    public abstract Optional<String> language();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a request. */
    public static final class Builder extends ImmutableSttRequest.Builder {
        Builder() {}
    }
}
