package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.EventEntity;
import io.alicia.mqtt.homeassistant.component.UpdateEntity;

/** Why Home Assistant passes over a payload that is no state of a component, for whoever would have published it. */
final class ExpectedStates {

    private ExpectedStates() {}

    /**
     * Says what is wrong with it.
     *
     * @param topic where it would have been published; some components have other topics beside the one of their state
     */
    static String reason(Component component, String topic) {
        if (component instanceof EventEntity event) {
            return "it is no object with an event_type that is one of " + String.join(", ", event.eventTypes());
        }
        if (component instanceof UpdateEntity update
                && update.stateTopic().value().equals(topic)) {
            return UpdateJson.EXPECTED;
        }
        return TextStates.of(component).expected();
    }
}
