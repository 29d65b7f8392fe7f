package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import java.util.Optional;

/**
 * Something that was announced in an earlier life and is no more.
 *
 * @param topic where it is announced
 * @param componentId which component of the device there it is; empty if the announcement as a whole belongs to nothing
 * @param component the component's name, such as {@code light}; {@code device} for a whole device
 */
public record Orphan(DiscoveryTopic topic, Optional<String> componentId, String component) {}
