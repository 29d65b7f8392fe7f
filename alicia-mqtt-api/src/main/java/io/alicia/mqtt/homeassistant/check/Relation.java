package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.payload.JsonObject;
import java.util.List;
import java.util.Optional;

/** A rule about several options of a component, looked at once each of them is right by itself. */
@FunctionalInterface
interface Relation {

    /**
     * {@return why the rule is broken, or empty}
     *
     * @param options the options as Home Assistant keeps them, without defaults
     */
    Optional<Problem> violation(JsonObject options);

    /** Why the rules are broken, of each the reason. */
    static List<Problem> violations(List<Relation> relations, JsonObject options) {
        return relations.stream()
                .flatMap(relation -> relation.violation(options).stream())
                .toList();
    }
}
