package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.payload.JsonObject;

/** How a device with its components stands in a message. */
final class DeviceJson {

    private static final OptionTable<DeviceDiscovery> SHARED = OptionTable.of(
            DeviceDiscovery.class,
            DeviceDiscovery::builder,
            DiscoveryFacts.get().sharedOptions());

    private DeviceJson() {}

    static JsonObject of(DeviceDiscovery device) {
        JsonObject.Builder components = JsonObject.builder();
        device.components().forEach((id, component) -> components.put(id, component(component)));
        device.removedComponents()
                .forEach((id, name) -> components.put(
                        id, JsonObject.builder().put("platform", name).build()));
        return JsonObject.builder()
                .put("device", OptionCodec.of(Device.class).write(device.device()))
                .put("origin", OptionCodec.of(Origin.class).write(device.origin()))
                .put("components", components.build())
                .putAll(SHARED.toJson(device).members())
                .build();
    }

    private static JsonObject component(Component component) {
        return JsonObject.builder()
                .put("platform", component.component())
                .putAll(component.toJson().members())
                .remove("device")
                .remove("origin")
                .build();
    }
}
