package io.alicia.mqtt.homeassistant.facts;

import io.alicia.mqtt.payload.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about one component, or one variant of a component that has several ({@code light/json}).
 *
 * @param key the name in the facts: the component, with its variant behind a slash
 * @param component the name in topics
 * @param variant what distinguishes it from others of the same component
 * @param entity whether it makes an entity; tags and device triggers do not
 * @param keepsUnknown whether Home Assistant keeps unknown keys instead of dropping them
 * @param options all options by their full name
 * @param rules relations between options, as in the facts
 */
public record ComponentFacts(
        String key,
        String component,
        Optional<Variant> variant,
        boolean entity,
        boolean keepsUnknown,
        Map<String, OptionFacts> options,
        List<JsonObject> rules) {

    /**
     * How a variant is chosen.
     *
     * @param option the option that chooses, {@code schema}
     * @param value the value that stands for the variant
     */
    public record Variant(String option, String value) {}

    /**
     * {@return the option's facts}
     *
     * @param name the full name
     */
    public Optional<OptionFacts> option(String name) {
        return Optional.ofNullable(options.get(name));
    }
}
