package io.alicia.mqtt.payload;

import java.util.Map;
import org.immutables.value.Value;

/**
 * The audio of a spoken text.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class TtsResponse implements JsonPayload {

    TtsResponse() {}

    /** {@return a builder; {@code sessionId} and {@code synthesis} are required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this response's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the voice session} */
    public abstract String sessionId();

    /** {@return the audio} */
    public abstract Synthesis synthesis();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a response. */
    public static final class Builder extends ImmutableTtsResponse.Builder {
        Builder() {}
    }
}
