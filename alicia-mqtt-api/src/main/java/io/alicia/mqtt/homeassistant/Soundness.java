package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.component.BinarySensorEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Entity;
import io.alicia.mqtt.homeassistant.component.EntityCategory;
import io.alicia.mqtt.homeassistant.component.EventEntity;
import io.alicia.mqtt.homeassistant.component.InvalidComponentException;
import io.alicia.mqtt.homeassistant.component.SelectEntity;
import io.alicia.mqtt.homeassistant.component.SensorDeviceClass;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.StateClass;
import io.alicia.mqtt.homeassistant.facts.DeviceClassFacts;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import java.util.Optional;

/**
 * What Home Assistant takes in discovery and does not do justice to later. Others may send it, so it can be read; what is
 * written here has to hold together.
 */
final class Soundness {

    private Soundness() {}

    static void require(Component component) {
        if (component instanceof Entity entity) {
            require(
                    entity.device().isEmpty() || entity.uniqueId().isPresent(),
                    component,
                    "unique_id is required for an entity with a device");
            boolean readOnly = entity instanceof SensorEntity || entity instanceof BinarySensorEntity;
            require(
                    !readOnly
                            || entity.entityCategory()
                                    .filter(EntityCategory.CONFIG::equals)
                                    .isEmpty(),
                    component,
                    "entity_category config is refused when the entity is added");
        }
        if (component instanceof SensorEntity sensor) {
            requireStateClass(sensor);
        }
        // Home Assistant takes empty lists; nobody can choose out of them, and no event has a type that is in them.
        if (component instanceof SelectEntity select) {
            require(!select.options().isEmpty(), component, "options is required");
        }
        if (component instanceof EventEntity event) {
            require(!event.eventTypes().isEmpty(), component, "event_types is required");
        }
    }

    private static void requireStateClass(SensorEntity sensor) {
        Optional<SensorDeviceClass> deviceClass = sensor.deviceClass();
        Optional<StateClass> stateClass = sensor.stateClass();
        if (deviceClass.isEmpty() || stateClass.isEmpty()) {
            return;
        }
        DeviceClassFacts facts =
                DiscoveryFacts.get().sensorClasses().get(deviceClass.get().word());
        require(
                facts == null || facts.stateClasses().contains(stateClass.get().word()),
                sensor,
                "state_class " + stateClass.get().word() + " does not go with device_class "
                        + deviceClass.get().word());
    }

    private static void require(boolean holds, Component component, String rule) {
        if (!holds) {
            throw new InvalidComponentException(component.component() + ": " + rule);
        }
    }
}
