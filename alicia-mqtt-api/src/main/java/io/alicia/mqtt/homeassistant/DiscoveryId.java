package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;

/**
 * By what Home Assistant knows an announced component.
 *
 * @param component the component's name, such as {@code light}
 * @param id the ids of the topic and, within a device message, of the component, separated by blanks
 */
public record DiscoveryId(String component, String id) {

    /** The component of a message of its own. */
    static DiscoveryId ofSingle(DiscoveryTopic topic) {
        return new DiscoveryId(
                topic.component(), topic.nodeId().map(node -> node + " ").orElse("") + topic.objectId());
    }

    /** A component within a device message. */
    static DiscoveryId ofDevice(DiscoveryTopic topic, String component, String componentId) {
        return new DiscoveryId(
                component,
                topic.objectId() + " " + topic.nodeId().map(node -> node + " ").orElse("") + componentId);
    }
}
