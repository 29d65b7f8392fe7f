package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.check.Problem;
import java.util.List;

/** What a message on a discovery topic has changed. */
public sealed interface DiscoveryChange {

    /**
     * A component is there that was not.
     *
     * @param component the component
     */
    record Appeared(DiscoveredComponent component) implements DiscoveryChange {}

    /**
     * A component was announced anew and is not what it was.
     *
     * @param before what it was
     * @param after what it is
     */
    record Changed(DiscoveredComponent before, DiscoveredComponent after) implements DiscoveryChange {}

    /**
     * A component is no longer there.
     *
     * @param component what it was
     */
    record Vanished(DiscoveredComponent component) implements DiscoveryChange {}

    /**
     * A message, or a component of it, is not taken.
     *
     * @param topic the topic of the message
     * @param problems why
     */
    record Refused(String topic, List<Problem> problems) implements DiscoveryChange {}
}
