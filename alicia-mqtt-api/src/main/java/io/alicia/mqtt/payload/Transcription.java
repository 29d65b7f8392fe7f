package io.alicia.mqtt.payload;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/**
 * The text of a recording, or why there is none.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class Transcription implements JsonPayload {

    Transcription() {}

    /** {@return a builder; {@code success} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this transcription's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return whether anything was understood} */
    public abstract boolean success();

    /** {@return what was said} */
    public abstract Optional<String> text();

    /** {@return the language that was recognised} */
    public abstract Optional<String> language();

    /** {@return how sure the engine is, 0 to 1} */
    public abstract OptionalDouble confidence();

    /** {@return who recognised it, such as {@code whisper}} */
    public abstract Optional<String> engine();

    /** {@return why nothing was understood} */
    public abstract Optional<String> error();

    @Override
    public abstract Map<String, JsonValue> additional();

    @Value.Check
    void check() {
        Ranges.between("confidence", confidence(), 0, 1, "(a share)");
    }

    /** Collects the values of a transcription. {@code build} refuses values out of their range. */
    public static final class Builder extends ImmutableTranscription.Builder {
        Builder() {}
    }
}
