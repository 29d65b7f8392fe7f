package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.topic.TopicName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The topics on which an entity hears commands, and what it is for who speaks there. One that has become something else hears
 * on the topics of what it was as well, until that is announced: Home Assistant speaks there as long as it knows of nothing else.
 *
 * @param shapes what it is, by topic
 */
record HeardTopics(Map<TopicName, EntityShape> shapes) {

    static HeardTopics of(EntityShape shape) {
        return new HeardTopics(Map.of()).and(shape);
    }

    /** These, and those of what the entity is now. */
    HeardTopics and(EntityShape now) {
        Map<TopicName, EntityShape> all = new LinkedHashMap<>(shapes);
        now.commandTopics().forEach(topic -> all.put(topic, now));
        return new HeardTopics(Map.copyOf(all));
    }

    Set<TopicName> topics() {
        return shapes.keySet();
    }

    Optional<EntityShape> on(TopicName topic) {
        return Optional.ofNullable(shapes.get(topic));
    }

    boolean isOnly(EntityShape shape) {
        return shapes.values().stream().allMatch(shape::equals);
    }
}
