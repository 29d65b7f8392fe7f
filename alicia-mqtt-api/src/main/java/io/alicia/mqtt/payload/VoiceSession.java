package io.alicia.mqtt.payload;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The voice session that starts or ends; the topic says which.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class VoiceSession implements JsonPayload {

    VoiceSession() {}

    /** {@return a builder; {@code sessionId} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this session's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the voice session} */
    public abstract String sessionId();

    /** {@return when it starts or ends} */
    public abstract Optional<Instant> timestamp();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** Collects the values of a session. */
    public static final class Builder extends ImmutableVoiceSession.Builder {
        Builder() {}
    }
}
