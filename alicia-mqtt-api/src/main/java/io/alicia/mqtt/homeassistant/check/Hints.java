package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.payload.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Home Assistant takes and complains about later, or what does something else than was likely meant. */
final class Hints {

    private Hints() {}

    /** Hints about the topic alone. */
    static List<String> of(DiscoveryTopic topic, String text) {
        return of(topic, text, List.of());
    }

    static List<String> of(DiscoveryTopic topic, String text, List<CheckedComponent> components) {
        List<String> hints = new ArrayList<>();
        if (!text.equals(topic.topicName().value())) {
            hints.add("topic: Home Assistant does not subscribe to " + text + ", only to " + topic.topicName());
        }
        for (CheckedComponent component : components) {
            if (component.kept().isPresent() && !component.removal()) {
                hints.addAll(new ComponentHints(component).all());
            }
        }
        hints.addAll(blankIds(topic, components));
        hints.addAll(sharedUniqueIds(components));
        return List.copyOf(hints);
    }

    /** Hints about the message of one component, whatever else is to be said of it. */
    static List<String> of(DiscoveryTopic topic, String text, JsonObject payload, CheckedComponent component) {
        List<String> hints = of(topic, text, List.of(component));
        if (!payload.members().isEmpty()) {
            return hints;
        }
        List<String> more = new ArrayList<>(hints);
        more.add("payload: Home Assistant forgets what it has from " + topic.topicName()
                + " by {} as well; who means that sends no bytes, retained");
        return List.copyOf(more);
    }

    /** Home Assistant finds the components of a device by their discovery ids, which it cuts at blanks. */
    private static List<String> blankIds(DiscoveryTopic topic, List<CheckedComponent> components) {
        return components.stream()
                .filter(component -> component.kept().isPresent() && !component.removal())
                .flatMap(component -> component.id().stream())
                .filter(id -> topic.nodeId().isEmpty() && id.contains(" "))
                .map(id ->
                        "components." + id + ": a component id with a blank is not found when its device is removed by"
                                + " an empty message; it has to be named with its platform alone before")
                .toList();
    }

    private static List<String> sharedUniqueIds(List<CheckedComponent> components) {
        List<String> hints = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        for (CheckedComponent component : components) {
            String id = component.id().orElse("");
            UniqueIds.identity(component)
                    .map(identity -> owners.putIfAbsent(identity, id))
                    .ifPresent(other -> hints.add(id + ".unique_id: "
                            + UniqueIds.uniqueId(component).orElse("") + " is that of the " + component.component()
                            + " " + other + " already, Home Assistant takes only the first"));
        }
        return hints;
    }
}
