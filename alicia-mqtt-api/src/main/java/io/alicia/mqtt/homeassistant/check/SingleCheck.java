package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import java.util.List;
import java.util.Optional;

/** Checks the message of one component. */
final class SingleCheck {

    private final ComponentChecks components;
    private final ValueCheck origin;

    SingleCheck(ComponentChecks components, ValueCheck origin) {
        this.components = components;
        this.origin = origin;
    }

    CheckedComponent component(String component, JsonObject options) {
        return components.check(component, Optional.empty(), options);
    }

    /** Checks a payload with full names. */
    CheckResult check(DiscoveryTopic topic, String text, JsonObject payload) {
        JsonValue source = payload.getOrNull("origin");
        if (source != null && origin.check(source, "origin") instanceof Outcome.Refused refused) {
            // Home Assistant looks at the origin before all else and does not say where in it the fault is.
            return DiscoveryChecker.refused(
                    Verdict.REJECT,
                    Optional.of(topic),
                    new Problem("origin", refused.problems().get(0).reason()));
        }
        CheckedComponent checked = component(topic.component(), PayloadExpander.wholeTopics(payload));
        boolean taken = checked.kept().isPresent();
        return new CheckResult(
                taken ? Verdict.ACCEPT : Verdict.REJECT,
                Optional.of(topic),
                checked.problems(),
                taken ? List.of(checked) : List.of(),
                Hints.of(topic, text, payload, checked));
    }
}
