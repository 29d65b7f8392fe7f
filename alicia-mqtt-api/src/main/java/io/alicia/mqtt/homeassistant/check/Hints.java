package io.alicia.mqtt.homeassistant.check;

import java.util.ArrayList;
import java.util.List;

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
        return List.copyOf(hints);
    }
}
