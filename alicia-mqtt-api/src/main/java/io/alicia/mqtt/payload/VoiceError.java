package io.alicia.mqtt.payload;

import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Why a stage of the voice pipeline, or the pipeline as a whole, has no answer.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class VoiceError implements JsonPayload {

    VoiceError() {}

    /** {@return a builder; {@code error} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this error's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return what went wrong, for a human} */
    public abstract String error();

    /** {@return the voice session} */
    public abstract Optional<String> sessionId();

    /** {@return the request as it was received} */
    public abstract Optional<JsonObject> originalRequest();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a error. */
    public static final class Builder extends ImmutableVoiceError.Builder {
        Builder() {}
    }
}
