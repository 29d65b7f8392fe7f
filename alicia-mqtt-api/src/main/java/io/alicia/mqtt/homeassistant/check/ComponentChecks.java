package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.homeassistant.facts.ComponentFacts;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.homeassistant.facts.OptionFacts;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The checks of all components, and the choice of the variant where a component has several. */
final class ComponentChecks {

    private final Map<String, List<ComponentCheck>> byComponent = new LinkedHashMap<>();

    ComponentChecks(DiscoveryFacts facts, OptionChecks checks) {
        for (String name : facts.componentNames()) {
            byComponent.put(
                    name,
                    facts.variants(name).stream()
                            .map(component -> new ComponentCheck(component, facts, checks))
                            .toList());
        }
    }

    /**
     * Checks options by their full names.
     *
     * @param id the component's id in a device message
     */
    CheckedComponent check(String component, Optional<String> id, JsonObject given) {
        List<ComponentCheck> variants = byComponent.get(component);
        if (variants == null) {
            throw new IllegalArgumentException("Home Assistant has no component " + component);
        }
        Optional<ComponentCheck> chosen = variants.stream()
                .filter(variant -> isChosen(variant.component(), given))
                .findFirst();
        if (chosen.isEmpty()) {
            return new CheckedComponent(
                    component,
                    Optional.empty(),
                    id,
                    given,
                    Optional.empty(),
                    List.of(noVariant(variants, given)),
                    List.of(),
                    false);
        }
        ComponentCheck check = chosen.get();
        Outcome outcome = check.check(given);
        Optional<JsonObject> kept = outcome instanceof Outcome.Kept value && value.value() instanceof JsonObject object
                ? Optional.of(object)
                : Optional.empty();
        List<Problem> problems = outcome instanceof Outcome.Refused refused ? refused.problems() : List.of();
        return new CheckedComponent(
                component,
                Optional.of(check.component().key()),
                id,
                given,
                kept,
                problems,
                kept.isPresent() ? check.dropped(given) : List.of(),
                false);
    }

    private static boolean isChosen(ComponentFacts component, JsonObject given) {
        if (component.variant().isEmpty()) {
            return true;
        }
        ComponentFacts.Variant variant = component.variant().get();
        Optional<OptionFacts> option = component.option(variant.option());
        Optional<JsonValue> value = given.get(variant.option()).or(() -> option.flatMap(OptionFacts::defaultValue));
        boolean anyCase = option.map(OptionFacts::caseInsensitive).orElse(false);
        return value.filter(JsonString.class::isInstance)
                .map(text -> ((JsonString) text).value())
                .map(text -> anyCase ? text.toLowerCase(Locale.ROOT) : text)
                .filter(variant.value()::equals)
                .isPresent();
    }

    private static Problem noVariant(List<ComponentCheck> variants, JsonObject given) {
        List<ComponentFacts.Variant> known = variants.stream()
                .flatMap(variant -> variant.component().variant().stream())
                .toList();
        String option = known.get(0).option();
        String values = String.join(
                ", ", known.stream().map(ComponentFacts.Variant::value).toList());
        return new Problem(
                option,
                option + " takes one of " + values
                        + given.get(option)
                                .map(value -> ", not " + ValueCheck.shown(value))
                                .orElse(", and is required"));
    }
}
