package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.homeassistant.facts.OptionFacts;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the message of a device with all its components. */
final class DeviceMessageCheck {

    private static final String DEVICE = "device";
    private static final String ORIGIN = "origin";
    private static final String COMPONENTS = "components";
    private static final String PLATFORM = "platform";
    private static final String UNIQUE_ID = "unique_id";

    private final DiscoveryFacts facts;
    private final ComponentChecks components;
    private final MapCheck root;

    DeviceMessageCheck(DiscoveryFacts facts, OptionChecks checks, ComponentChecks components) {
        this.facts = facts;
        this.components = components;
        this.root = root(facts, checks);
    }

    private MapCheck root(DiscoveryFacts facts, OptionChecks checks) {
        // The shared options are those of any component that has them all; the three others are required here.
        Map<String, OptionFacts> options = new LinkedHashMap<>();
        Map<String, ValueCheck> each = new LinkedHashMap<>();
        for (String name : facts.sharedOptions()) {
            OptionFacts option = facts.components().values().stream()
                    .flatMap(component -> component.option(name).stream())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no component has the shared option " + name));
            options.put(name, option.unrequired());
            each.put(name, checks.of(option, MapCheck.UnknownKeys.REFUSED));
        }
        for (String name : List.of(DEVICE, ORIGIN, COMPONENTS)) {
            options.put(name, OptionFacts.required(name));
        }
        each.put(DEVICE, checks.device());
        each.put(ORIGIN, checks.origin());
        each.put(COMPONENTS, this::platforms);
        return new MapCheck(options, each, MapCheck.UnknownKeys.REFUSED);
    }

    private Outcome platforms(JsonValue value, String path) {
        if (!(value instanceof JsonObject object)) {
            return Outcome.refused(path, path + " takes an object of components by id, not " + ValueCheck.shown(value));
        }
        List<Problem> problems = new ArrayList<>();
        object.members().forEach((id, component) -> problems.addAll(platform(component, path + "." + id)));
        return problems.isEmpty() ? new Outcome.Kept(value) : new Outcome.Refused(problems, false);
    }

    private List<Problem> platform(JsonValue component, String path) {
        if (!(component instanceof JsonObject options)) {
            return List.of(new Problem(path, path + " takes an object, not " + ValueCheck.shown(component)));
        }
        JsonValue platform = options.getOrNull(PLATFORM);
        String at = path + "." + PLATFORM;
        if (platform == null) {
            return List.of(new Problem(at, at + " is required"));
        }
        if (!(platform instanceof JsonString name) || !facts.componentNames().contains(name.value())) {
            return List.of(new Problem(at, at + " takes the name of a component, not " + ValueCheck.shown(platform)));
        }
        if (facts.entityNames().contains(name.value()) && options.members().size() > 1) {
            String id = path + "." + UNIQUE_ID;
            JsonValue uniqueId = options.getOrNull(UNIQUE_ID);
            if (uniqueId == null) {
                return List.of(new Problem(id, id + " is required for an entity of a device message"));
            }
            return TextChecks.text(uniqueId, id) instanceof Outcome.Refused refused ? refused.problems() : List.of();
        }
        return List.of();
    }

    /** Checks a payload with full names. */
    CheckResult check(DiscoveryTopic topic, String text, JsonObject payload) {
        Outcome outcome = root.check(payload, "");
        if (outcome instanceof Outcome.Refused refused) {
            return new CheckResult(
                    Verdict.REJECT, Optional.of(topic), refused.problems(), List.of(), Hints.of(topic, text));
        }
        List<CheckedComponent> checked = new ArrayList<>();
        ((JsonObject) payload.get(COMPONENTS).orElse(JsonObject.empty()))
                .members()
                .forEach((id, options) -> checked.add(component(payload, id, (JsonObject) options)));
        List<Problem> problems = checked.stream()
                .flatMap(component -> component.problems().stream())
                .toList();
        boolean some =
                checked.stream().anyMatch(component -> component.problems().isEmpty());
        Verdict verdict = problems.isEmpty() ? Verdict.ACCEPT : some ? Verdict.PARTIAL : Verdict.REJECT;
        return new CheckResult(verdict, Optional.of(topic), problems, checked, Hints.of(topic, text, checked));
    }

    private CheckedComponent component(JsonObject payload, String id, JsonObject given) {
        String name = PythonText.of(given.get(PLATFORM).orElse(JsonNull.NULL));
        JsonObject.Builder options = given.toBuilder().remove(PLATFORM);
        if (options.build().members().isEmpty()) {
            return new CheckedComponent(
                    name,
                    Optional.of(name),
                    Optional.of(id),
                    JsonObject.empty(),
                    Optional.of(JsonObject.empty()),
                    List.of(),
                    List.of(),
                    true);
        }
        payload.get(DEVICE).ifPresent(device -> options.put(DEVICE, device));
        payload.get(ORIGIN).ifPresent(origin -> options.put(ORIGIN, origin));
        for (String shared : facts.sharedOptions()) {
            if (given.get(shared).isEmpty()) {
                payload.get(shared).ifPresent(value -> options.put(shared, value));
            }
        }
        return named(components.check(name, Optional.of(id), PayloadExpander.wholeTopics(options.build())), id);
    }

    /** Where something is refused is told by Home Assistant's path, which starts anew in each component. */
    private static CheckedComponent named(CheckedComponent component, String id) {
        return new CheckedComponent(
                component.component(),
                component.variant(),
                component.id(),
                component.given(),
                component.kept(),
                component.problems().stream()
                        .map(problem -> new Problem(
                                problem.at(),
                                "component " + id + " (" + component.component() + "): " + problem.reason()))
                        .toList(),
                component.dropped(),
                component.removal());
    }
}
