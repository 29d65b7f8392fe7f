package io.alicia.mqtt.payload;

import java.util.Map;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * How far an enveloped message has come, so that it does not circle for ever.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class Routing implements JsonPayload {

    /** Not forwarded yet, and to be forwarded ten times at most, as the house's services start. */
    public static final Routing START = builder().hops(0).maxHops(10).build();

    Routing() {}

    /** {@return a builder; nothing is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this routing's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return how often it was forwarded, at least 0} */
    public abstract OptionalInt hops();

    /** {@return how often it may be forwarded, at least 0} */
    public abstract OptionalInt maxHops();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** {@return whether it may be forwarded: its hops have not reached their maximum, or it has none} */
    public boolean mayBeForwarded() {
        return maxHops().isEmpty() || hops().orElse(0) < maxHops().getAsInt();
    }

    /** {@return the routing after one more hop, if hops can be counted so far} */
    public Routing forwarded() {
        return toBuilder()
                .hops(Math.min(hops().orElse(0), Integer.MAX_VALUE - 1) + 1)
                .build();
    }

    @Value.Check
    void check() {
        Ranges.between("hops", hops(), 0, Integer.MAX_VALUE, "hops");
        Ranges.between("maxHops", maxHops(), 0, Integer.MAX_VALUE, "hops");
    }

    /** Collects the values of a routing. {@code build} refuses values out of their range. */
    public static final class Builder extends ImmutableRouting.Builder {
        Builder() {}
    }
}
