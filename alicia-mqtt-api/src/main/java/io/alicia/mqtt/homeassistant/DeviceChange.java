package io.alicia.mqtt.homeassistant;

/** What a message on a discovery topic has changed of a device. */
public sealed interface DeviceChange {

    /**
     * A device is there of which nothing was announced before.
     *
     * @param device the device
     */
    record Appeared(DiscoveredDevice device) implements DeviceChange {}

    /**
     * A device has other components, or something else is said of it or of one of them.
     *
     * @param before what it was
     * @param after what it is
     */
    record Changed(DiscoveredDevice before, DiscoveredDevice after) implements DeviceChange {}

    /**
     * The last component of a device is gone, and the device with it.
     *
     * @param device what it was
     */
    record Vanished(DiscoveredDevice device) implements DeviceChange {}
}
