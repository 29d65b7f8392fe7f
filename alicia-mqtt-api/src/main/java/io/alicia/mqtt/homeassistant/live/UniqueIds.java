package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Entity;
import io.alicia.mqtt.homeassistant.component.InvalidComponentException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose the unique ids are, over all devices of a client: Home Assistant knows an entity by its component and this id alone,
 * and refuses a second one.
 */
final class UniqueIds {

    private record Id(String component, String uniqueId) {}

    private record Holder(String device, String entity) {}

    private final Map<Id, Holder> holders = new ConcurrentHashMap<>();

    /**
     * Takes the id of a component, if it has one.
     *
     * @throws InvalidComponentException if an other one has it
     */
    void claim(String device, String entity, Component component) {
        if (component instanceof Entity named && named.uniqueId().isPresent()) {
            Id id = new Id(component.component(), named.uniqueId().get());
            Holder other = holders.putIfAbsent(id, new Holder(device, entity));
            if (other != null) {
                throw new InvalidComponentException("the device " + other.device() + " has a " + id.component() + " "
                        + other.entity() + " with the unique_id " + id.uniqueId() + " already, so that " + entity
                        + (other.device().equals(device) ? "" : " of " + device) + " would be refused");
            }
        }
    }

    /** Gives back the ids of a device that is removed. */
    void release(String device) {
        holders.values().removeIf(holder -> holder.device().equals(device));
    }

    /** Gives back the ids of an entity that is removed. */
    void release(String device, String entity) {
        holders.values().removeIf(new Holder(device, entity)::equals);
    }
}
