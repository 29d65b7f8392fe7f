package io.alicia.mqtt.homeassistant;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The components of a home, found by discovery id, by topic and by unique id without a look at all of them. */
final class DiscoveredComponents {

    private final Map<DiscoveryId, DiscoveredComponent> byId = new LinkedHashMap<>();
    private final Map<String, Set<DiscoveryId>> byTopic = new HashMap<>();
    private final Map<String, DiscoveryId> byUniqueId = new HashMap<>();

    /** What stays the same of a component when its topic changes. */
    static String identity(DiscoveredComponent component) {
        return component.component().component() + " "
                + component.uniqueId().orElse(component.id().id());
    }

    private static String topic(DiscoveredComponent component) {
        return component.topic().topicName().value();
    }

    List<DiscoveredComponent> all() {
        return List.copyOf(byId.values());
    }

    List<DiscoveredComponent> on(String topic) {
        return byTopic.getOrDefault(topic, Set.of()).stream()
                .map(id -> Objects.requireNonNull(byId.get(id)))
                .toList();
    }

    @Nullable
    DiscoveredComponent getOrNull(DiscoveryId id) {
        return byId.get(id);
    }

    /** The component of the same kind with the same unique id, if the given one has one. */
    @Nullable
    DiscoveredComponent ofSameUniqueIdOrNull(DiscoveredComponent component) {
        DiscoveryId id = component.uniqueId().isEmpty() ? null : byUniqueId.get(identity(component));
        return id == null ? null : byId.get(id);
    }

    /** Takes the component, and gives the one that had its id before. */
    @Nullable
    DiscoveredComponent putOrNull(DiscoveredComponent component) {
        DiscoveredComponent before = byId.put(component.id(), component);
        if (before != null) {
            forget(before);
        }
        byTopic.computeIfAbsent(topic(component), unused -> new LinkedHashSet<>())
                .add(component.id());
        if (component.uniqueId().isPresent()) {
            byUniqueId.put(identity(component), component.id());
        }
        return before;
    }

    void remove(DiscoveredComponent component) {
        byId.remove(component.id());
        forget(component);
    }

    private void forget(DiscoveredComponent component) {
        byTopic.computeIfPresent(topic(component), (unused, ids) -> {
            ids.remove(component.id());
            return ids.isEmpty() ? null : ids;
        });
        byUniqueId.remove(identity(component), component.id());
    }
}
