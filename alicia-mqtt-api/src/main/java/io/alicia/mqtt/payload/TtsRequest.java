package io.alicia.mqtt.payload;

import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Asks for a text to be spoken.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class TtsRequest implements JsonPayload {

    TtsRequest() {}

    /** {@return a builder; {@code text} and {@code sessionId} are required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this request's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return what to speak} */
    public abstract String text();

    /** {@return with which voice} */
    public abstract Optional<String> voice();

    /** {@return the voice session} */
    public abstract String sessionId();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a request. */
    public static final class Builder extends ImmutableTtsRequest.Builder {
        Builder() {}
    }
}
