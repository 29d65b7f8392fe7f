package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.check.CheckResult;
import io.alicia.mqtt.homeassistant.check.CheckedComponent;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.homeassistant.check.Problem;
import io.alicia.mqtt.payload.JsonObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks the checker before a builder gives anything away. */
final class OptionRules {

    static final String DEVICE_MESSAGE = "device message";

    private static final DiscoveryChecker CHECKER = DiscoveryChecker.create();

    private OptionRules() {}

    static void requireComponent(Component component) {
        JsonObject options;
        try {
            options = component.toJson();
        } catch (InvalidComponentException e) {
            throw new InvalidComponentException(label(component) + ": " + e.getMessage());
        }
        CheckedComponent checked = CHECKER.checkComponent(component.component(), options);
        require(label(component), checked.problems());
    }

    private static String label(Component component) {
        return component.componentType().label();
    }

    /** Home Assistant takes empty lists; nobody can choose out of them, and no event has a type that is in them. */
    static void requireSome(Component component, String option, List<?> given) {
        if (given.isEmpty()) {
            throw new InvalidComponentException(label(component) + ": " + option + " is required");
        }
    }

    static void requireDevice(Device device) {
        require("device", CHECKER.checkDevice((JsonObject)
                OptionCodec.of(Device.class).write(device)));
    }

    static void requireOrigin(Origin origin) {
        require("origin", CHECKER.checkOrigin((JsonObject)
                OptionCodec.of(Origin.class).write(origin)));
    }

    static void requireDeviceMessage(DeviceDiscovery device) {
        CheckResult result = CHECKER.check(
                "homeassistant/device/checked/config", device.toJson().toString());
        require(DEVICE_MESSAGE, result.problems());
        requireOwnUniqueIds(device);
        requireNoOtherDevice(device);
        for (CheckedComponent component : result.components()) {
            // The origin is the device's; that components without an entity do not keep it is no loss of theirs.
            List<String> lost = component.dropped().stream()
                    .filter(option -> !option.equals("origin"))
                    .toList();
            if (!lost.isEmpty()) {
                throw new InvalidComponentException(
                        DEVICE_MESSAGE + ": component " + component.id().orElse("") + " ("
                                + component.component() + ") cannot share " + String.join(", ", lost)
                                + "; give it to the components that have the option");
            }
        }
    }

    /** Of two entities of a kind with the same unique id Home Assistant would take the first, and say so in its log alone. */
    private static void requireOwnUniqueIds(DeviceDiscovery device) {
        Map<String, String> owners = new HashMap<>();
        device.components().forEach((id, component) -> {
            Optional<String> uniqueId = component instanceof Entity entity ? entity.uniqueId() : Optional.empty();
            String other =
                    uniqueId.isEmpty() ? null : owners.putIfAbsent(component.component() + " " + uniqueId.get(), id);
            if (other != null) {
                throw new InvalidComponentException(DEVICE_MESSAGE + ": components " + other + " and " + id
                        + " are both a " + component.component() + " with the unique_id " + uniqueId.get());
            }
        });
    }

    /** Home Assistant takes the message's device for all of them, whatever they say. */
    private static void requireNoOtherDevice(DeviceDiscovery message) {
        message.components().forEach((id, component) -> {
            if (own(component).filter(own -> !isSame(own, message.device())).isPresent()) {
                throw new InvalidComponentException(
                        DEVICE_MESSAGE + ": component " + id + " (" + label(component)
                                + ") has another device, with no identifier or connection in common; announce it with that one");
            }
        });
    }

    private static Optional<Device> own(Component component) {
        if (component instanceof DeviceTrigger trigger) {
            return Optional.of(trigger.device());
        }
        if (component instanceof TagScanner scanner) {
            return scanner.device();
        }
        return component instanceof Entity entity ? entity.device() : Optional.empty();
    }

    /** As Home Assistant tells devices apart. */
    private static boolean isSame(Device one, Device other) {
        return !Collections.disjoint(one.identifiers(), other.identifiers())
                || !Collections.disjoint(one.connections(), other.connections());
    }

    private static void require(String what, List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidComponentException(
                    what + ": " + problems.stream().map(Problem::reason).collect(Collectors.joining("; ")));
        }
    }
}
