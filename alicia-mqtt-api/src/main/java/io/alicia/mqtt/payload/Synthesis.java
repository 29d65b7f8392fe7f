package io.alicia.mqtt.payload;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * Where the audio of a text is, or why there is none.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class Synthesis implements JsonPayload {

    Synthesis() {}

    /** {@return a builder; {@code success} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this synthesis's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return whether there is audio} */
    public abstract boolean success();

    /** {@return where the audio is} */
    public abstract Optional<String> audioPath();

    /** {@return its sample rate in Hz, at least 1} */
    public abstract OptionalInt sampleRateHertz();

    /** {@return the voice that speaks} */
    public abstract Optional<String> voice();

    /** {@return who synthesised it} */
    public abstract Optional<String> engine();

    /** {@return why there is none} */
    public abstract Optional<String> error();

    /** {@return how long it took to make, at least 0} */
    public abstract Optional<Duration> processingTime();

    @Override
    public abstract Map<String, JsonValue> additional();

    @Value.Check
    void check() {
        Ranges.between("sampleRateHertz", sampleRateHertz(), 1, Integer.MAX_VALUE, "Hz");
        Ranges.notNegative("processingTime", processingTime());
    }

    /** Collects the values of a synthesis. {@code build} refuses values out of their range. */
    public static final class Builder extends ImmutableSynthesis.Builder {
        Builder() {}
    }
}
