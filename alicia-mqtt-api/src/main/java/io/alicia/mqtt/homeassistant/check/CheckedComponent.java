package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.payload.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * One component of a message, as Home Assistant sees it.
 *
 * @param component its name, such as {@code light}
 * @param variant the component with its variant ({@code light/json}), or the component's name if it has none; empty if
 *     the message names no variant that exists
 * @param id the component's id within a device message; empty in a message of its own
 * @param given its options by their full names, with whole topics and with what a device message shares
 * @param kept the options that Home Assistant keeps, in its form; empty if it refuses the component
 * @param problems why it is refused
 * @param dropped keys that Home Assistant drops without a word
 * @param removal whether the component is only named to be removed
 */
public record CheckedComponent(
        String component,
        Optional<String> variant,
        Optional<String> id,
        JsonObject given,
        Optional<JsonObject> kept,
        List<Problem> problems,
        List<String> dropped,
        boolean removal) {}
