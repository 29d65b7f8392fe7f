package io.alicia.mqtt.payload;

import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What speech recognition understood.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class SttResponse implements JsonPayload {

    SttResponse() {}

    /** {@return a builder; {@code sessionId} and {@code transcription} are required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this response's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the voice session} */
    public abstract String sessionId();

    /** {@return what was understood} */
    public abstract Transcription transcription();

    /** {@return the request as it was received} */
    public abstract Optional<JsonObject> originalRequest();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a response. */
    public static final class Builder extends ImmutableSttResponse.Builder {
        Builder() {}
    }
}
