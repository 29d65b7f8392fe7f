package io.alicia.mqtt.payload;

import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The text of an answer, or why there is none.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class AiAnswer implements JsonPayload {

    AiAnswer() {}

    /** {@return a builder; {@code success} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this answer's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return whether there is an answer} */
    public abstract boolean success();

    /** {@return the answer} */
    public abstract Optional<String> response();

    /** {@return why there is none} */
    public abstract Optional<String> error();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a answer. */
    public static final class Builder extends ImmutableAiAnswer.Builder {
        Builder() {}
    }
}
