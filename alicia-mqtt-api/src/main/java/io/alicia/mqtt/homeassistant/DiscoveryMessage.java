package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.payload.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A message for Home Assistant's discovery, to be published retained.
 *
 * @param topic where to
 * @param content the payload; empty for the empty payload, which removes
 * @param hints what Home Assistant takes and complains about later; one sentence each
 */
public record DiscoveryMessage(DiscoveryTopic topic, Optional<JsonObject> content, List<String> hints) {

    /** {@return the payload in UTF-8; no bytes for a removal} */
    public byte[] payload() {
        return content.map(JsonObject::toString).orElse("").getBytes(StandardCharsets.UTF_8);
    }

    /** {@return whether it removes what was announced on its topic} */
    public boolean isRemoval() {
        return content.isEmpty();
    }
}
