package io.alicia.mqtt.payload;

import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Asks the assistant for an answer.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class AiRequest implements JsonPayload {

    AiRequest() {}

    /** {@return a builder; {@code text} and {@code sessionId} are required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this request's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return what was said} */
    public abstract String text();

    /** {@return the voice session} */
    public abstract String sessionId();

    /** {@return what was said before, in the assistant's own form} */
    public abstract Optional<JsonValue> context();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a request. */
    public static final class Builder extends ImmutableAiRequest.Builder {
        Builder() {}
    }
}
