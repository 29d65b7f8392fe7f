package io.alicia.mqtt.payload;

import java.util.Map;
import org.immutables.value.Value;

/**
 * What all payloads that are JSON objects have in common. Implemented by the payload types of this package; they declare
 * {@link #additional()} again as their last attribute, so that it comes last where they are printed.
 */
public interface JsonPayload {

    /**
     * {@return the fields that this SDK has no name for, by their names on the wire, in order; kept when decoding,
     * written when encoding}
     */
    Map<String, JsonValue> additional();

    /** {@return how it was spelled when it was decoded; no part of the value} */
    @Value.Auxiliary
    @Value.Default
    @Value.Redacted
    default WireForm wireForm() {
        return WireForm.none();
    }
}
