package io.alicia.mqtt.homeassistant.component;

/**
 * An address of a device.
 *
 * @param type what kind of address; Home Assistant knows {@code mac}, {@code bluetooth}, {@code zigbee} and {@code upnp}
 * @param address the address
 */
public record Connection(String type, String address) {

    /**
     * {@return a MAC address}
     *
     * @param address six bytes in hexadecimal, with colons
     */
    public static Connection mac(String address) {
        return new Connection("mac", address);
    }
}
