package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.check.CheckResult;
import io.alicia.mqtt.homeassistant.check.CheckedComponent;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.check.Problem;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Components;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.InvalidComponentException;
import io.alicia.mqtt.payload.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message that Home Assistant takes at least in part, read into the types.
 *
 * @param components what it announces
 * @param removed what it names with nothing but its platform, so that Home Assistant drops it
 * @param problems why it does not take the rest; an earlier announcement of that stays
 */
record Announcement(List<DiscoveredComponent> components, List<DiscoveryId> removed, List<Problem> problems) {

    static Announcement of(String text, CheckResult result) {
        DiscoveryTopic topic = result.topic().orElseThrow(() -> new IllegalArgumentException(text + " is no topic"));
        List<DiscoveredComponent> components = new ArrayList<>();
        List<DiscoveryId> removed = new ArrayList<>();
        List<Problem> problems = new ArrayList<>(result.problems());
        for (CheckedComponent checked : result.components()) {
            DiscoveryId id = checked.id()
                    .map(componentId -> DiscoveryId.ofDevice(topic, checked.component(), componentId))
                    .orElseGet(() -> DiscoveryId.ofSingle(topic));
            if (checked.removal()) {
                removed.add(id);
            } else if (checked.kept().isPresent()) {
                try {
                    components.add(read(topic, id, checked, checked.kept().get(), result.hints()));
                } catch (InvalidComponentException e) {
                    problems.add(new Problem(
                            "payload",
                            checked.id()
                                            .map(componentId -> "component " + componentId + ": ")
                                            .orElse("")
                                    + e.getMessage()));
                }
            }
        }
        return new Announcement(components, removed, problems);
    }

    private static DiscoveredComponent read(
            DiscoveryTopic topic, DiscoveryId id, CheckedComponent checked, JsonObject kept, List<String> hints) {
        String variant = checked.variant().orElse(checked.component());
        Component component = Components.read(variant, kept);
        Optional<Device> device = kept.get("device").map(value -> Components.readDevice((JsonObject) value));
        JsonObject.Builder unknown = JsonObject.builder();
        checked.given().members().forEach((name, value) -> {
            if (!Components.hasOption(variant, name)) {
                unknown.put(name, value);
            }
        });
        return new DiscoveredComponent(id, topic, component, device, unknown.build(), hints);
    }
}
