package io.alicia.mqtt.payload;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What became of an announcement.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class AnnouncementOutcome implements JsonPayload {

    AnnouncementOutcome() {}

    /** {@return a builder; {@code status} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this outcome's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return how it ended} */
    public abstract Status status();

    /** {@return the speaker} */
    public abstract Optional<String> speaker();

    /** {@return the text that was said} */
    public abstract Optional<String> message();

    /** {@return why it was not said, for a human} */
    public abstract Optional<String> error();

    /** {@return when it ended} */
    public abstract Optional<Instant> timestamp();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** How an announcement ended. */
    public enum Status {
        /** It was said. */
        COMPLETED,
        /** It could not be said. */
        FAILED,
        /** Something went wrong on the way. */
        ERROR
    }

    /** Collects the values of a outcome. */
    public static final class Builder extends ImmutableAnnouncementOutcome.Builder {
        Builder() {}
    }
}
