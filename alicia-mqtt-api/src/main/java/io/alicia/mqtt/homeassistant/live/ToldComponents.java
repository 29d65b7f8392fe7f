package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.component.Component;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which components of each device Home Assistant has been told of. It keeps what a device's message merely leaves out, so that
 * what is gone has to be named once with its platform alone. Safe for several threads.
 */
final class ToldComponents {

    /** A component is another one for Home Assistant under the same id with another platform. */
    private record Part(String id, String platform) {}

    private final Map<String, Set<Part>> devices = new HashMap<>();

    /** Home Assistant is told of all that the device has. */
    synchronized void tell(String device, Map<String, Component> components) {
        devices.computeIfAbsent(device, unused -> new LinkedHashSet<>()).addAll(parts(components));
    }

    /**
     * What was told and is none of the components that there are: platforms by the ids of components, and more than one if an id has had several.
     */
    synchronized List<Map<String, String>> gone(String device, Map<String, Component> components) {
        Set<Part> gone = new LinkedHashSet<>(devices.getOrDefault(device, Set.of()));
        gone.removeAll(parts(components));
        List<Map<String, String>> messages = new ArrayList<>();
        for (Part part : gone) {
            messages.stream()
                    .filter(message -> !message.containsKey(part.id()))
                    .findFirst()
                    .orElseGet(() -> {
                        messages.add(new LinkedHashMap<>());
                        return messages.get(messages.size() - 1);
                    })
                    .put(part.id(), part.platform());
        }
        return messages;
    }

    /** Home Assistant is told that these are gone. */
    synchronized void forget(String device, Map<String, String> gone) {
        Set<Part> told = devices.getOrDefault(device, new LinkedHashSet<>());
        gone.forEach((id, platform) -> told.remove(new Part(id, platform)));
    }

    /** Home Assistant has not heard that these are gone. */
    synchronized void restore(String device, Map<String, String> gone) {
        Set<Part> told = devices.computeIfAbsent(device, unused -> new LinkedHashSet<>());
        gone.forEach((id, platform) -> told.add(new Part(id, platform)));
    }

    private static Set<Part> parts(Map<String, Component> components) {
        Set<Part> parts = new LinkedHashSet<>();
        components.forEach((id, component) -> parts.add(new Part(id, component.component())));
        return parts;
    }
}
