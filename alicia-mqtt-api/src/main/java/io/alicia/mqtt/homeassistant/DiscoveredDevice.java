package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.component.Device;
import java.util.List;

/**
 * A device of which components are announced, in one message or in several.
 *
 * @param device what is known of it: all identifiers and connections by which it was announced, and of everything else
 *     what was said last
 * @param components what it has, in the order of appearance; at least one
 */
public record DiscoveredDevice(Device device, List<DiscoveredComponent> components) {

    /** Copies the list. */
    public DiscoveredDevice {
        components = List.copyOf(components);
    }
}
