package io.alicia.mqtt.payload;

import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * An answer for the voice assistant to speak.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class SpokenAnswer implements JsonPayload {

    SpokenAnswer() {}

    /** {@return a builder; {@code text} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this answer's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return what to speak} */
    public abstract String text();

    /** {@return the voice session} */
    public abstract Optional<String> sessionId();

    /** {@return the language of the answer} */
    public abstract Optional<String> language();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a answer. */
    public static final class Builder extends ImmutableSpokenAnswer.Builder {
        Builder() {}
    }
}
