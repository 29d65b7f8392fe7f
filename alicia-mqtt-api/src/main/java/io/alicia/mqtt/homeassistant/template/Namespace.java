package io.alicia.mqtt.homeassistant.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What {@code namespace()} gives: the one value that a template can change, from within loops as well. */
final class Namespace {

    private final Map<String, Object> attributes = new HashMap<>();

    Namespace(Map<?, ?> attributes) {
        attributes.forEach((name, value) -> set(Values.text(name), value));
    }

    Optional<Object> get(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    void set(String name, Object value) {
        attributes.put(name, value);
    }
}
