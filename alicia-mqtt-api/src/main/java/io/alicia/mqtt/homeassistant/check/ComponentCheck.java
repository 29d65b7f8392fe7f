package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.homeassistant.facts.ComponentFacts;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the options of one component or variant. */
final class ComponentCheck {

    private final ComponentFacts component;
    private final MapCheck options;
    private final Optional<ChoiceCheck> choice;
    private final List<Relation> relations;
    private final boolean measures;
    private final UnitRules units;

    ComponentCheck(ComponentFacts component, DiscoveryFacts facts, OptionChecks checks) {
        this.component = component;
        MapCheck.UnknownKeys unknown =
                component.keepsUnknown() ? MapCheck.UnknownKeys.KEPT : MapCheck.UnknownKeys.DROPPED;
        Map<String, ValueCheck> each = new LinkedHashMap<>();
        component.options().forEach((name, option) -> each.put(name, checks.of(option, MapCheck.UnknownKeys.DROPPED)));
        for (JsonObject rule : component.rules()) {
            if (isKind(rule, "color_modes") && rule.getOrNull("key") instanceof JsonString key) {
                each.computeIfPresent(key.value(), (unused, list) -> new ColorModesCheck(list));
            }
        }
        this.options = new MapCheck(component.options(), each, unknown);
        this.choice = ChoiceCheck.of(component, each);
        this.relations = Relations.of(component, facts);
        this.measures = component.rules().stream().anyMatch(rule -> isKind(rule, "unit_alias"));
        this.units = new UnitRules(facts);
    }

    private static boolean isKind(JsonObject rule, String kind) {
        return rule.get("rule").filter(new JsonString(kind)::equals).isPresent();
    }

    /** The facts by which it checks. */
    ComponentFacts component() {
        return component;
    }

    /**
     * Checks options by their full names.
     *
     * @return the options that Home Assistant keeps, in its form, or why it refuses the component
     */
    Outcome check(JsonObject given) {
        List<Problem> early = choice.map(check -> check.problems(given)).orElse(List.of());
        if (!early.isEmpty()) {
            return new Outcome.Refused(early, false);
        }
        Outcome outcome = options.check(given, "");
        if (!(outcome instanceof Outcome.Kept kept) || !(kept.value() instanceof JsonObject object)) {
            return outcome;
        }
        JsonObject normalized = measures ? units.normalized(object) : object;
        List<Problem> broken = Relation.violations(relations, normalized);
        return broken.isEmpty() ? new Outcome.Kept(normalized) : new Outcome.Refused(broken, false);
    }

    /** The keys of a message that Home Assistant drops without a word. */
    List<String> dropped(JsonObject given) {
        return component.keepsUnknown()
                ? List.of()
                : given.members().keySet().stream()
                        .filter(key -> component.option(key).isEmpty())
                        .toList();
    }
}
