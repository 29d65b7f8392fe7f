package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.homeassistant.facts.ComponentFacts;
import io.alicia.mqtt.homeassistant.facts.OptionFacts;
import io.alicia.mqtt.payload.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Home Assistant looks at before it asks for the other options: which kind of automation is announced, and how its
 * messages are read.
 */
record ChoiceCheck(MapCheck options, List<Relation> choices) {

    private static final Set<String> EARLY = Set.of("automation_type", "qos", "encoding");

    /** The check, if the component leaves a choice. */
    static Optional<ChoiceCheck> of(ComponentFacts component, Map<String, ValueCheck> each) {
        List<Relation> choices = Relations.choices(component);
        if (choices.isEmpty()) {
            return Optional.empty();
        }
        Map<String, OptionFacts> options = new LinkedHashMap<>(component.options());
        options.keySet().retainAll(EARLY);
        Map<String, ValueCheck> checks = new LinkedHashMap<>(each);
        checks.keySet().retainAll(EARLY);
        return Optional.of(new ChoiceCheck(new MapCheck(options, checks, MapCheck.UnknownKeys.KEPT), choices));
    }

    List<Problem> problems(JsonObject given) {
        return options.check(given, "") instanceof Outcome.Refused refused
                ? refused.problems()
                : Relation.violations(choices, given);
    }
}
