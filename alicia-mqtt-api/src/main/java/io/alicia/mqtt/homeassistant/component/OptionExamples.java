package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.homeassistant.facts.ComponentFacts;
import io.alicia.mqtt.homeassistant.facts.OptionFacts;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Options of a component that go together: as few as possible, as many as possible, or those around one of them. */
final class OptionExamples {

    private static final DiscoveryChecker CHECKER = DiscoveryChecker.create();

    private final ComponentFacts component;

    private OptionExamples(ComponentFacts component) {
        this.component = component;
    }

    /** What Home Assistant cannot do without. */
    static JsonObject smallest(ComponentFacts component) {
        return new OptionExamples(component).least();
    }

    /** All options that go together, those named first in the facts before others. */
    static JsonObject fullest(ComponentFacts component) {
        OptionExamples examples = new OptionExamples(component);
        return examples.filled(examples.least(), component.options().keySet());
    }

    /**
     * As many as go together, and then again around each option that found no place so far: together they have all options.
     */
    static List<JsonObject> covering(ComponentFacts component) {
        OptionExamples examples = new OptionExamples(component);
        List<JsonObject> covering = new ArrayList<>(List.of(fullest(component)));
        Set<String> missing = new LinkedHashSet<>(component.options().keySet());
        missing.removeAll(covering.get(0).members().keySet());
        while (!missing.isEmpty()) {
            String option = missing.iterator().next();
            JsonObject around = examples.filled(with(component, option), missing);
            covering.add(examples.filled(around, component.options().keySet()));
            missing.remove(option);
            missing.removeAll(covering.get(covering.size() - 1).members().keySet());
        }
        return covering;
    }

    private JsonObject filled(JsonObject least, Set<String> options) {
        JsonObject chosen = least;
        for (String option : options) {
            JsonObject more = adding(option, chosen);
            if (isTaken(more)) {
                chosen = more;
            }
        }
        return chosen;
    }

    /** An option with those that it needs, and without those that it excludes. */
    static JsonObject with(ComponentFacts component, String option) {
        OptionExamples examples = new OptionExamples(component);
        JsonObject.Builder least = examples.least().toBuilder();
        Optional<String> group = component.option(option).flatMap(OptionFacts::exclusiveGroup);
        component.options().values().stream()
                .filter(other -> group.isPresent() && other.exclusiveGroup().equals(group))
                .forEach(other -> least.remove(other.name()));
        return examples.adding(option, least.build());
    }

    private JsonObject least() {
        JsonObject chosen = JsonObject.empty();
        for (OptionFacts option : component.options().values()) {
            boolean decides = component
                    .variant()
                    .filter(variant -> variant.option().equals(option.name()))
                    .isPresent();
            if (option.required() || decides) {
                chosen = adding(option.name(), chosen);
            }
        }
        for (JsonObject rule : component.rules()) {
            if (kind(rule).equals("any_of") || kind(rule).equals("exactly_one_of")) {
                chosen = adding(texts(rule, "keys").get(0), chosen);
            }
        }
        return chosen;
    }

    private JsonObject adding(String name, JsonObject chosen) {
        Optional<OptionFacts> option = component.option(name);
        if (option.isEmpty() || chosen.get(name).isPresent()) {
            return chosen;
        }
        JsonObject more = chosen.toBuilder()
                .put(name, ExampleValues.of(component, option.get(), chosen))
                .build();
        for (OptionFacts other : component.options().values()) {
            if (option.get().inclusiveGroup().isPresent()
                    && other.inclusiveGroup().equals(option.get().inclusiveGroup())) {
                more = adding(other.name(), more);
            }
        }
        for (JsonObject rule : component.rules()) {
            more = needed(name, rule, more);
        }
        return more;
    }

    private JsonObject needed(String name, JsonObject rule, JsonObject chosen) {
        if (!rule.get("key").equals(Optional.of(new JsonString(name)))) {
            return chosen;
        }
        JsonObject more = chosen;
        switch (kind(rule)) {
            case "requires" -> {
                for (String other : texts(rule, "needs")) {
                    more = adding(other, more);
                }
            }
            case "requires_value" -> {
                String other = text(rule, "option");
                if (more.get(other).isEmpty()) {
                    more = more.toBuilder().put(other, text(rule, "value")).build();
                }
            }
            default -> {
                // Other rules need nothing else.
            }
        }
        return more;
    }

    private boolean isTaken(JsonObject options) {
        return CHECKER.checkComponent(component.component(), options).problems().isEmpty();
    }

    private static String kind(JsonObject rule) {
        return text(rule, "rule");
    }

    private static String text(JsonObject rule, String key) {
        return rule.get(key).orElseThrow() instanceof JsonString text ? text.value() : "";
    }

    private static List<String> texts(JsonObject rule, String key) {
        return ((JsonArray) rule.get(key).orElseThrow())
                .values().stream().map(value -> ((JsonString) value).value()).toList();
    }
}
