package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.DeviceDiscovery;
import io.alicia.mqtt.homeassistant.component.Entity;
import java.util.Map;

/** What a device and its components are in a message, with the availability of their client. */
final class DeviceMessages {

    private final HomeAssistantOptions options;

    DeviceMessages(HomeAssistantOptions options) {
        this.options = options;
    }

    /**
     * The message of a device, which its components share the availability of. Triggers and tag scanners can have none; beside
     * them each entity has it for itself.
     *
     * @param gone the names of components that are to be forgotten, by their ids
     */
    DeviceDiscovery of(Device device, Map<String, Component> components, Map<String, String> gone) {
        DeviceDiscovery.Builder builder = DeviceDiscovery.builder()
                .device(device)
                .origin(options.origin())
                .putAllRemovedComponents(gone);
        if (components.values().stream().allMatch(Entity.class::isInstance)) {
            options.availability().ifPresent(builder::addAvailability);
            builder.putAllComponents(components);
        } else {
            components.forEach((id, component) ->
                    builder.putComponents(id, ClientAvailability.withThatOf(component, options.availabilityTopic())));
        }
        return builder.build();
    }
}
