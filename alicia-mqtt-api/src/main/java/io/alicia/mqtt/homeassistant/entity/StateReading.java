package io.alicia.mqtt.homeassistant.entity;

import java.util.List;

/**
 * What a message says of an entity. Each option of the component is read by itself, as Home Assistant does: one whose
 * template fails takes nothing from the others.
 *
 * @param states what is said; several things if several options of the component name the topic
 * @param problems why the message, or a part of it, cannot be read; none also where it says nothing on purpose
 */
public record StateReading(List<EntityState> states, List<String> problems) {

    /**
     * A reading.
     *
     * @param states what is said
     * @param problems what cannot be read, and why
     */
    public StateReading {
        states = List.copyOf(states);
        problems = List.copyOf(problems);
    }
}
