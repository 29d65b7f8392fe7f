package io.alicia.mqtt.payload;

import java.util.Map;
import org.immutables.value.Value;

/**
 * The answer of the assistant.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class AiResponse implements JsonPayload {

    AiResponse() {}

    /** {@return a builder; {@code sessionId} and {@code answer} are required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this response's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the voice session} */
    public abstract String sessionId();

    /** {@return the answer} */
    public abstract AiAnswer answer();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a response. */
    public static final class Builder extends ImmutableAiResponse.Builder {
        Builder() {}
    }
}
