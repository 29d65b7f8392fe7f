package io.alicia.mqtt.payload;

import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Where the voice router sends a spoken command.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class VoiceRoute implements JsonPayload {

    VoiceRoute() {}

    /** {@return a builder; {@code sessionId} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this route's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the voice session} */
    public abstract String sessionId();

    /** {@return what was said} */
    public abstract Optional<String> text();

    /** {@return who is to deal with it} */
    public abstract Optional<String> target();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a route. */
    public static final class Builder extends ImmutableVoiceRoute.Builder {
        Builder() {}
    }
}
