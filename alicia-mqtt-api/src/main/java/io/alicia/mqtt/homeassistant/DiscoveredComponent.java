package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.Entity;
import io.alicia.mqtt.payload.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A component that somebody has announced.
 *
 * @param id by what Home Assistant knows it
 * @param topic the topic of the announcement
 * @param component what it is
 * @param device the device that it belongs to
 * @param unknownOptions what was announced beyond the options that the component has
 * @param hints what Home Assistant takes and complains about later; one sentence each
 */
public record DiscoveredComponent(
        DiscoveryId id,
        DiscoveryTopic topic,
        Component component,
        Optional<Device> device,
        JsonObject unknownOptions,
        List<String> hints) {

    /** {@return the unique id by which Home Assistant knows the entity for good} */
    public Optional<String> uniqueId() {
        return component instanceof Entity entity ? entity.uniqueId() : Optional.empty();
    }
}
