package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;
import java.util.Set;

/**
 * Something that was announced in an earlier life and is no more.
 *
 * @param topic where it is announced
 * @param componentId which component of the device there it is; empty if the announcement as a whole belongs to nothing
 * @param component the component's name, such as {@code light}; {@code device} for a whole device
 * @param states the topics below {@link HomeAssistantOptions#baseTopic} on which it alone may have left something retained
 */
public record Orphan(DiscoveryTopic topic, Optional<String> componentId, String component, Set<TopicName> states) {

    /**
     * An orphan.
     *
     * @param topic where it is announced
     * @param componentId which component of the device there it is
     * @param component the component's name
     * @param states its own topics
     */
    public Orphan {
        states = Set.copyOf(states);
    }

    /**
     * An orphan without topics of its own.
     *
     * @param topic where it is announced
     * @param componentId which component of the device there it is
     * @param component the component's name
     */
    public Orphan(DiscoveryTopic topic, Optional<String> componentId, String component) {
        this(topic, componentId, component, Set.of());
    }
}
