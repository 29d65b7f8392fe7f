package io.alicia.mqtt.payload;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * Something for a speaker to say or play: a message, an audio file, or both.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class Announcement implements JsonPayload {

    /** The language that speakers take for an announcement without one. */
    public static final String DEFAULT_LANGUAGE = "en";

    Announcement() {}

    /** {@return a builder; {@code message} or {@code audioUrl} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this announcement's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the speaker; all of them if absent} */
    public abstract Optional<String> speaker();

    /** {@return the text to say} */
    public abstract Optional<String> message();

    /** {@return the language of the text; if absent, {@value #DEFAULT_LANGUAGE} is understood} */
    public abstract Optional<String> language();

    /** {@return how loud, in %, 0 to 100; as the speaker is set if absent} */
    public abstract OptionalInt volumePercent();

    /** {@return the audio file to play} */
    public abstract Optional<String> audioUrl();

    @Override
    public abstract Map<String, JsonValue> additional();

    @Value.Check
    void check() {
        Ranges.percent("volumePercent", volumePercent());
        if (message().isEmpty() && audioUrl().isEmpty()) {
            throw new IllegalArgumentException("neither message nor audioUrl is there: an announcement needs one");
        }
    }

    /** Collects the values of a announcement. {@code build} refuses values out of their range. */
    public static final class Builder extends ImmutableAnnouncement.Builder {
        Builder() {}
    }
}
