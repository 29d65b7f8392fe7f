package io.alicia.mqtt.payload;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/**
 * A spoken command as it was understood.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class SpokenCommand implements JsonPayload {

    SpokenCommand() {}

    /** {@return a builder; {@code text} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this command's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return what was said} */
    public abstract String text();

    /** {@return the voice session} */
    public abstract Optional<String> sessionId();

    /** {@return the language spoken} */
    public abstract Optional<String> language();

    /** {@return how sure the assistant is that it understood, 0 to 1} */
    public abstract OptionalDouble confidence();

    @Override
    public abstract Map<String, JsonValue> additional();

    @Value.Check
    void check() {
        Ranges.between("confidence", confidence(), 0, 1, "(a share)");
    }

    /** Collects the values of a command. {@code build} refuses values out of their range. */
    public static final class Builder extends ImmutableSpokenCommand.Builder {
        Builder() {}
    }
}
