package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every answer may add for people who read it; the encoder leaves it out where the receiver asked for that or it
 * does not fit (MQTT 5 §3.1.2.11.4, §3.1.2.11.7).
 *
 * @param reasonString for diagnosis, not to be parsed (MQTT 5 §4.13)
 * @param userProperties in their order
 */
public record ReasonProperties(@Nullable String reasonString, List<UserProperty> userProperties) {

    /** Nothing to add. */
    public static final ReasonProperties NONE = new ReasonProperties(null, List.of());

    /** Keeps its own copy of the list. */
    public ReasonProperties {
        userProperties = List.copyOf(userProperties);
    }

    /** A Reason String alone. */
    public static ReasonProperties ofReason(String reasonString) {
        return new ReasonProperties(reasonString, List.of());
    }

    boolean isEmpty() {
        return reasonString == null && userProperties.isEmpty();
    }
}
