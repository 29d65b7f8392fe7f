package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Components;
import io.alicia.mqtt.homeassistant.component.DeviceDiscovery;
import io.alicia.mqtt.payload.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options of a device's components as each of them is announced for itself, with what they share in the device's message. */
final class SingleOptions {

    private SingleOptions() {}

    static Map<String, JsonObject> of(DeviceDiscovery device) {
        JsonObject shared = device.toJson().toBuilder().remove("components").build();
        Map<String, JsonObject> options = new LinkedHashMap<>();
        device.components().forEach((id, component) -> options.put(id, of(component, shared)));
        return options;
    }

    private static JsonObject of(Component component, JsonObject shared) {
        JsonObject own = component.toJson();
        JsonObject.Builder options = own.toBuilder();
        shared.members().forEach((name, value) -> {
            // A device is one for all; what a component says otherwise of itself stays.
            boolean fromDevice = name.equals("device")
                    || name.equals("origin")
                    || !own.members().containsKey(name);
            if (fromDevice && Components.hasOption(component.variant(), name)) {
                options.put(name, value);
            }
        });
        return options.build();
    }
}
