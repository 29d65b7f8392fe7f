package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.homeassistant.facts.ComponentFacts;
import io.alicia.mqtt.homeassistant.facts.DeviceClassFacts;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hints about one component that Home Assistant takes. */
final class ComponentHints {

    private static final Set<String> READ_ONLY = Set.of("sensor", "binary_sensor");
    private static final Map<String, String> REMOVED = Map.of(
            "object_id", "was removed in 2026.4, use default_entity_id",
            "obj_id", "was removed in 2026.4, use def_ent_id");

    private final CheckedComponent component;
    private final JsonObject kept;
    private final boolean entity;
    private final List<String> hints = new ArrayList<>();

    ComponentHints(CheckedComponent component) {
        this.component = component;
        this.kept = component.kept().orElse(JsonObject.empty());
        ComponentFacts facts =
                DiscoveryFacts.get().components().get(component.variant().orElse(component.component()));
        this.entity = facts != null && facts.entity();
    }

    List<String> all() {
        if (entity) {
            identity();
        }
        dropped();
        switch (component.component()) {
            case "sensor" -> sensor();
            case "number" -> deviceClassUnit(DiscoveryFacts.get().numberClasses());
            case "scene" ->
                hintIf(kept.get("payload_on").isEmpty(), "payload_on", "Home Assistant has no fallback for it");
            default -> {
                // No further hints for other components.
            }
        }
        return hints;
    }

    private void identity() {
        boolean device = kept.get("device").isPresent();
        hintIf(
                kept.get("unique_id").isEmpty(),
                "unique_id",
                device
                        ? "without it the entity is not tied to its device and cannot be changed in the user interface"
                        : "without it the entity cannot be changed in the user interface");
        text("default_entity_id")
                .filter(id -> !id.startsWith(component.component() + "."))
                .ifPresent(id -> hint("default_entity_id", "takes " + component.component() + ".NAME, not " + id));
        Optional<String> name = text("name").filter(text -> !text.isBlank());
        Optional<String> deviceName = kept.get("device")
                .flatMap(value -> UnitRules.text((JsonObject) value, "name"))
                .filter(text -> !text.isBlank());
        hintIf(
                name.isPresent() && deviceName.isPresent() && name.get().startsWith(deviceName.get()),
                "name",
                "repeats the device's name, which Home Assistant puts before it");
        hintIf(
                READ_ONLY.contains(component.component())
                        && text("entity_category").filter("config"::equals).isPresent(),
                "entity_category",
                "config is refused for a " + component.component() + " when the entity is added");
    }

    private void dropped() {
        for (String key : component.dropped()) {
            if (REMOVED.containsKey(key)) {
                hint(key, REMOVED.get(key));
            }
        }
        hintIf(
                component.given().get(Migration.OPTION).isPresent(),
                Migration.OPTION,
                "is only a request to migrate if it is true and stands alone");
    }

    private void sensor() {
        Optional<String> stateClass = text("state_class");
        Optional<DeviceClassFacts> facts = deviceClass(DiscoveryFacts.get().sensorClasses());
        if (facts.isEmpty()) {
            return;
        }
        String name = text("device_class").orElse("");
        if (stateClass.isPresent() && !facts.get().stateClasses().contains(stateClass.get())) {
            hint(
                    "state_class",
                    "device_class " + name + " goes with "
                            + (facts.get().stateClasses().isEmpty()
                                    ? "none"
                                    : String.join(
                                            " or ",
                                            facts.get().stateClasses().stream()
                                                    .sorted()
                                                    .toList()))
                            + ", not with " + stateClass.get());
        }
        if (!facts.get().numeric() && text("unit_of_measurement").isPresent()) {
            hint("unit_of_measurement", "device_class " + name + " has none");
        }
        deviceClassUnit(DiscoveryFacts.get().sensorClasses());
    }

    private void deviceClassUnit(Map<String, DeviceClassFacts> classes) {
        deviceClass(classes).ifPresent(facts -> {
            Set<String> units = facts.units().orElse(Set.of());
            Optional<String> unit = text("unit_of_measurement");
            String name = text("device_class").orElse("");
            hintIf(
                    unit.isEmpty() && !facts.unitless() && !units.isEmpty(),
                    "unit_of_measurement",
                    "device_class " + name + " needs one of " + String.join(", ", units));
            hintIf(
                    unit.isPresent() && facts.units().isPresent() && !units.contains(unit.get()),
                    "unit_of_measurement",
                    "device_class " + name + " does not go with " + unit.orElse(""));
        });
    }

    private Optional<DeviceClassFacts> deviceClass(Map<String, DeviceClassFacts> classes) {
        return text("device_class").map(classes::get);
    }

    private Optional<String> text(String key) {
        return kept.get(key).filter(JsonString.class::isInstance).map(value -> ((JsonString) value).value());
    }

    private void hintIf(boolean applies, String option, String text) {
        if (applies) {
            hint(option, text);
        }
    }

    private void hint(String option, String text) {
        hints.add(component.id().map(id -> id + "." + option).orElse(option) + ": " + text);
    }
}
