package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.component.Connection;
import io.alicia.mqtt.homeassistant.component.Device;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A device with what was said of it, and its components. */
final class KnownDevice {

    private static final String MAC = "mac";

    private final Map<DiscoveryId, DiscoveredComponent> components = new LinkedHashMap<>();
    private @Nullable Device device;
    private @Nullable DiscoveredDevice shown;

    /** Identifiers first, as Home Assistant looks for them. */
    static List<Object> addresses(Device device) {
        return Stream.concat(
                        device.identifiers().stream(),
                        device.connections().stream().map(KnownDevice::normal))
                .toList();
    }

    /** A MAC address is written with colons, dashes, dots or nothing between its digits. */
    private static Connection normal(Connection connection) {
        if (!connection.type().equals(MAC)) {
            return connection;
        }
        String digits = connection.address().replaceAll("[:.-]", "").toLowerCase(Locale.ROOT);
        return digits.length() == 12 ? Connection.mac(digits.replaceAll("(..)(?!$)", "$1:")) : connection;
    }

    /** All by which it was announced so far. */
    List<Object> addresses() {
        return device == null ? List.of() : addresses(device);
    }

    void put(DiscoveredComponent component, Device said) {
        if (!said.equals(device)) {
            device = merged(device == null ? said : device, said);
        }
        components.put(component.id(), component);
        shown = null;
    }

    void remove(DiscoveryId component) {
        components.remove(component);
        shown = null;
    }

    /** The device as it is to be seen; empty if nothing of it is announced. */
    Optional<DiscoveredDevice> shown() {
        if (shown == null && device != null && !components.isEmpty()) {
            shown = new DiscoveredDevice(device, List.copyOf(components.values()));
        }
        return Optional.ofNullable(shown);
    }

    /** Addresses are collected; of everything else the last that was said holds. */
    private static Device merged(Device known, Device said) {
        Set<String> identifiers = new LinkedHashSet<>(known.identifiers());
        identifiers.addAll(said.identifiers());
        Set<Connection> connections = new LinkedHashSet<>();
        Stream.of(known, said)
                .flatMap(each -> each.connections().stream())
                .map(KnownDevice::normal)
                .forEach(connections::add);
        return Device.builder()
                .from(known)
                .from(said)
                .identifiers(identifiers)
                .connections(connections)
                .build();
    }
}
