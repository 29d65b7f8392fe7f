package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.DiscoveredComponent;
import io.alicia.mqtt.homeassistant.DiscoveredHome;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.topic.TopicName;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The topics of their own that orphans may have left states on: below the base topic, which others leave alone, and named by
 * nothing that is still announced.
 */
final class OrphanStates {

    private final HomeAssistantOptions options;
    private final DiscoveredHome home;

    OrphanStates(Collection<ApplicationMessage> retained, HomeAssistantOptions options) {
        this.options = options;
        this.home = DiscoveredHome.withPrefix(options.discoveryPrefix());
        retained.forEach(
                message -> home.apply(message.topic().value(), message.payload().toByteArray()));
    }

    /** The orphans, each with those topics. */
    List<Orphan> with(Collection<Orphan> orphans) {
        Map<DiscoveryTopic, List<Orphan>> byTopic = orphans.stream().collect(Collectors.groupingBy(Orphan::topic));
        Map<Orphan, Set<TopicName>> own = new LinkedHashMap<>();
        orphans.forEach(orphan -> own.put(orphan, new HashSet<>()));
        Set<TopicName> others = new HashSet<>();
        for (DiscoveredComponent component : home.components()) {
            byTopic.getOrDefault(component.topic(), List.of()).stream()
                    .filter(orphan -> isOf(component, orphan))
                    .map(own::get)
                    .findFirst()
                    .orElse(others)
                    .addAll(topics(component));
        }
        return own.entrySet().stream()
                .map(entry -> with(entry.getKey(), entry.getValue(), others))
                .toList();
    }

    private Orphan with(Orphan orphan, Set<TopicName> topics, Set<TopicName> others) {
        Set<TopicName> states = topics.stream()
                .filter(topic -> topic.value().startsWith(base(orphan)) && !others.contains(topic))
                .collect(Collectors.toSet());
        return new Orphan(orphan.topic(), orphan.componentId(), orphan.component(), states);
    }

    private static Set<TopicName> topics(DiscoveredComponent component) {
        return new EntityShape(component.component()).said();
    }

    private static boolean isOf(DiscoveredComponent component, Orphan orphan) {
        return component.topic().equals(orphan.topic())
                && orphan.componentId()
                        .map(id -> component.id().id().equals(orphan.topic().objectId() + " " + id))
                        .orElse(true);
    }

    /** As {@link LinkedDevice#topics} makes it; of an entity that is announced apart the device is the node. */
    private String base(Orphan orphan) {
        String device = orphan.topic().nodeId().map(node -> node + "/").orElse("")
                + orphan.topic().objectId() + "/";
        return options.baseTopic() + "/" + device
                + orphan.componentId().map(id -> id + "/").orElse("");
    }
}
