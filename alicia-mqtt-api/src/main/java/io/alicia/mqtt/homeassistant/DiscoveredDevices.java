package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.component.Device;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The devices to which announced components belong: feed it with all that a {@link DiscoveredHome} says has changed.
 *
 * <pre>{@code
 * DiscoveredHome home = DiscoveredHome.create();
 * DiscoveredDevices devices = DiscoveredDevices.create();
 * List<DeviceChange> changes = devices.apply(home.apply(topic, payload));
 * }</pre>
 *
 * <p>It follows Home Assistant's device registry: components belong to the same device if they name one of its identifiers,
 * or else one of its connections (MAC addresses however they are written); what they say of the device is put together; a
 * device that has lost its last component is gone. A component that is announced anew for another device moves at once; Home
 * Assistant does the same when it starts the next time. Components without a device are not here.
 *
 * <p>For one thread at a time.
 */
public final class DiscoveredDevices {

    private final Set<KnownDevice> devices = new LinkedHashSet<>();
    private final Map<DiscoveryId, KnownDevice> byComponent = new HashMap<>();
    private final Map<Object, KnownDevice> byAddress = new HashMap<>();

    private DiscoveredDevices() {}

    /** {@return no devices} */
    public static DiscoveredDevices create() {
        return new DiscoveredDevices();
    }

    /** {@return the devices that are there, in the order of appearance} */
    public List<DiscoveredDevice> all() {
        return devices.stream().flatMap(device -> device.shown().stream()).toList();
    }

    /**
     * Takes what has changed of the components.
     *
     * @param changes what one message has changed, all of it
     * @return what that changes of the devices, one for each device
     */
    public List<DeviceChange> apply(Collection<DiscoveryChange> changes) {
        Map<KnownDevice, Optional<DiscoveredDevice>> before = new LinkedHashMap<>();
        for (DiscoveryChange change : changes) {
            if (change instanceof DiscoveryChange.Appeared appeared) {
                put(appeared.component(), before);
            } else if (change instanceof DiscoveryChange.Changed changed) {
                changed(changed.before().id(), changed.after(), before);
            } else if (change instanceof DiscoveryChange.Vanished vanished) {
                remove(vanished.component().id(), before);
            }
        }
        List<DeviceChange> changed = new ArrayList<>();
        before.forEach((device, shown) -> settled(device, shown).ifPresent(changed::add));
        return changed;
    }

    private void changed(
            DiscoveryId was, DiscoveredComponent now, Map<KnownDevice, Optional<DiscoveredDevice>> before) {
        KnownDevice device = now.device().map(this::known).orElse(null);
        if (!was.equals(now.id()) || byComponent.get(was) != device) {
            remove(was, before);
        }
        put(now, before);
    }

    private void put(DiscoveredComponent component, Map<KnownDevice, Optional<DiscoveredDevice>> before) {
        component.device().ifPresent(said -> {
            KnownDevice device = known(said);
            before.putIfAbsent(device, device.shown());
            device.put(component, said);
            KnownDevice.addresses(said).forEach(address -> byAddress.putIfAbsent(address, device));
            byComponent.put(component.id(), device);
            devices.add(device);
        });
    }

    private void remove(DiscoveryId component, Map<KnownDevice, Optional<DiscoveredDevice>> before) {
        KnownDevice device = byComponent.remove(component);
        if (device != null) {
            before.putIfAbsent(device, device.shown());
            device.remove(component);
        }
    }

    /** The device with one of the identifiers or, failing that, connections; a new one if there is none. */
    private KnownDevice known(Device said) {
        return KnownDevice.addresses(said).stream()
                .flatMap(address -> Optional.ofNullable(byAddress.get(address)).stream())
                .findFirst()
                .orElseGet(KnownDevice::new);
    }

    private Optional<DeviceChange> settled(KnownDevice device, Optional<DiscoveredDevice> before) {
        Optional<DiscoveredDevice> after = device.shown();
        if (after.isEmpty()) {
            devices.remove(device);
            device.addresses().forEach(address -> byAddress.remove(address, device));
            return before.map(DeviceChange.Vanished::new);
        }
        return Optional.of(before.<DeviceChange>map(was -> new DeviceChange.Changed(was, after.get()))
                .orElseGet(() -> new DeviceChange.Appeared(after.get())));
    }
}
