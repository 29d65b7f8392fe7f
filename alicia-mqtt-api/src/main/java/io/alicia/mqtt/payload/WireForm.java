package io.alicia.mqtt.payload;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that a payload was decoded from, so that it can be encoded as it came: services of the house spell the same
 * thing in several ways ({@code volume} or {@code volume_percent}, three shapes of timestamp), and a payload that is
 * passed on should reach them in the spelling they know.
 *
 * <p>It is no part of the value: payloads that differ in it alone are equal. What was changed since decoding is written
 * anew; the rest keeps its spelling and order. Payloads made by hand have none and are written as the contract says.
 */
public final class WireForm {

    private static final WireForm NONE = new WireForm(null);

    private final @Nullable JsonObject decodedFrom;

    private WireForm(@Nullable JsonObject decodedFrom) {
        this.decodedFrom = decodedFrom;
    }

    /** {@return the form of a payload made by hand} */
    public static WireForm none() {
        return NONE;
    }

    /**
     * {@return the form of a payload that was decoded}
     *
     * @param json what it was decoded from
     */
    public static WireForm of(JsonObject json) {
        return new WireForm(json);
    }

    /** {@return what the payload was decoded from; empty for one made by hand} */
    public Optional<JsonObject> decodedFrom() {
        return Optional.ofNullable(decodedFrom);
    }

    @Override
    public String toString() {
        return decodedFrom == null ? "none" : "as decoded";
    }
}
