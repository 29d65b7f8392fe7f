package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Entity;
import java.util.Optional;

/** What may take an entity's place, so that Home Assistant takes it for the same one. */
final class Replacement {

    private Replacement() {}

    /** @throws IllegalArgumentException if Home Assistant would take it for another entity */
    static void requireSame(String device, String entity, Component before, Component after) {
        if (!before.variant().equals(after.variant())) {
            throw new IllegalArgumentException("the " + before.variant() + " " + entity + " of the device " + device
                    + " cannot become a " + after.variant() + "; remove it and add another one");
        }
        if (!uniqueId(before).equals(uniqueId(after))) {
            throw new IllegalArgumentException("the unique_id of the entity " + entity + " of the device " + device
                    + " is " + uniqueId(before).orElse("not given") + " and not "
                    + uniqueId(after).orElse("left out")
                    + ": it is what Home Assistant knows the entity by; remove it and add another one");
        }
    }

    private static Optional<String> uniqueId(Component component) {
        return component instanceof Entity entity ? entity.uniqueId() : Optional.empty();
    }
}
