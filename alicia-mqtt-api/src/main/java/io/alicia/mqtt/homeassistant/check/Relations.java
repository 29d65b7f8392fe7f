package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.homeassistant.facts.ComponentFacts;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.homeassistant.facts.OptionFacts;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes the relations of a component out of the rules in its facts. */
final class Relations {

    private static final String RULE = "rule";

    private final ComponentFacts component;
    private final UnitRules units;

    private Relations(ComponentFacts component, UnitRules units) {
        this.component = component;
        this.units = units;
    }

    /** The relations of a component in the order of its facts. */
    static List<Relation> of(ComponentFacts component, DiscoveryFacts facts) {
        Relations relations = new Relations(component, new UnitRules(facts));
        return component.rules().stream().map(relations::relation).toList();
    }

    private Relation relation(JsonObject rule) {
        String kind = text(rule, "rule");
        return switch (kind) {
            // The schema itself holds these: groups, required options, ranges, the choice of the variant.
            case "together", "required", "min", "variant", "unit_alias" -> options -> Optional.empty();
            case "excludes" -> excludes(text(rule, "key"), texts(rule, "with"));
            case "excludes_if_true" -> excludesIfTrue(text(rule, "key"), texts(rule, "with"));
            case "requires" -> requires(text(rule, "key"), texts(rule, "needs"));
            case "requires_value" -> requiresValue(text(rule, "key"), text(rule, "option"), text(rule, "value"));
            case "any_of", "exactly_one_of" -> anyOf(texts(rule, "keys"));
            case "lt" -> compared(text(rule, "a"), text(rule, "b"), (a, b) -> a >= b, "less than");
            case "le" -> compared(text(rule, "a"), text(rule, "b"), (a, b) -> a > b, "at most");
            case "max" -> bounded(text(rule, "key"), number(rule), (a, b) -> a > b, "at most");
            case "gt_value" -> bounded(text(rule, "key"), number(rule), (a, b) -> a <= b, "more than");
            case "list_excludes" -> listExcludes(text(rule, "key"), new JsonString(text(rule, "value")));
            case "list_excludes_option" -> listExcludesOption(text(rule, "key"), text(rule, "option"));
            case "non_empty" -> nonEmpty(text(rule, "key"));
            // Judged before all others.
            case "const" -> options -> Optional.empty();
            case "state_class_unit" -> units::stateClass;
            case "device_class_unit" -> units::deviceClass;
            // Judged with the option, because Home Assistant fails there with an exception.
            case "color_modes" -> options -> Optional.empty();
            default -> throw new IllegalStateException(component.key() + " has a rule of the unknown kind " + kind);
        };
    }

    private Relation excludes(String key, List<String> with) {
        return options -> present(options, key)
                ? with.stream()
                        .filter(other -> present(options, other))
                        .findFirst()
                        .flatMap(other -> broken(key + " and " + other + " exclude each other"))
                : Optional.empty();
    }

    private Relation excludesIfTrue(String key, List<String> with) {
        return options -> value(options, key).filter(JsonBoolean.TRUE::equals).isPresent()
                ? with.stream()
                        .filter(other -> options.members().containsKey(other))
                        .findFirst()
                        .flatMap(other -> broken("with " + key + " there is no " + other))
                : Optional.empty();
    }

    private Relation requires(String key, List<String> needs) {
        return options -> options.members().containsKey(key)
                ? needs.stream()
                        .filter(other -> !options.members().containsKey(other))
                        .findFirst()
                        .flatMap(other -> broken(key + " needs " + other))
                : Optional.empty();
    }

    private Relation requiresValue(String key, String option, String wanted) {
        return options -> options.members().containsKey(key)
                        && value(options, option)
                                .filter(new JsonString(wanted)::equals)
                                .isEmpty()
                ? broken(key + " goes only with " + option + " " + wanted)
                : Optional.empty();
    }

    private Relation anyOf(List<String> keys) {
        return options -> keys.stream().noneMatch(key -> options.members().containsKey(key))
                ? broken("one of " + String.join(", ", keys) + " is required")
                : Optional.empty();
    }

    /** Whatever is no number breaks no comparison. */
    private interface Comparison {
        boolean isBroken(double left, double right);
    }

    private Relation compared(String a, String b, Comparison comparison, String words) {
        return options -> {
            JsonValue left = value(options, a).orElse(JsonNull.NULL);
            JsonValue right = value(options, b).orElse(JsonNull.NULL);
            return isBroken(left, right, comparison)
                    ? broken(a + " " + left + " must be " + words + " " + b + " " + right)
                    : Optional.empty();
        };
    }

    private Relation bounded(String key, JsonNumber bound, Comparison comparison, String words) {
        return options -> {
            JsonValue number = value(options, key).orElse(JsonNull.NULL);
            return isBroken(number, bound, comparison)
                    ? broken(key + " " + number + " must be " + words + " " + bound)
                    : Optional.empty();
        };
    }

    private static boolean isBroken(JsonValue left, JsonValue right, Comparison comparison) {
        OptionalDouble a = PythonText.measured(left);
        OptionalDouble b = PythonText.measured(right);
        return a.isPresent() && b.isPresent() && comparison.isBroken(a.getAsDouble(), b.getAsDouble());
    }

    private Relation listExcludes(String key, JsonValue unwanted) {
        return options ->
                elements(options, key).contains(unwanted) ? broken(key + " cannot hold " + unwanted) : Optional.empty();
    }

    private Relation listExcludesOption(String key, String option) {
        return options -> value(options, option)
                .filter(elements(options, key)::contains)
                .flatMap(unwanted -> broken(key + " cannot hold " + unwanted + ", which " + option + " stands for"));
    }

    private Relation nonEmpty(String key) {
        return options -> options.getOrNull(key) instanceof JsonArray list
                        && list.values().isEmpty()
                ? broken(key + " cannot be empty")
                : Optional.empty();
    }

    /** The options of which Home Assistant asks the value before it looks at any other. */
    static List<Relation> choices(ComponentFacts component) {
        return component.rules().stream()
                .filter(rule -> text(rule, RULE).equals("const"))
                .map(rule -> constant(text(rule, "key"), text(rule, "value")))
                .toList();
    }

    private static Relation constant(String key, String wanted) {
        return options -> options.get(key)
                        .filter(value -> value instanceof JsonString text
                                && !text.value().equals(wanted))
                        .isPresent()
                ? Optional.of(new Problem(key, key + " takes only " + wanted))
                : Optional.empty();
    }

    private List<JsonValue> elements(JsonObject options, String key) {
        return value(options, key).orElse(JsonNull.NULL) instanceof JsonArray list ? list.values() : List.of();
    }

    private static boolean present(JsonObject options, String key) {
        return options.get(key).filter(value -> value != JsonNull.NULL).isPresent();
    }

    /** The option as given, or its default. */
    private Optional<JsonValue> value(JsonObject options, String key) {
        return options.get(key).or(() -> component.option(key).flatMap(OptionFacts::defaultValue));
    }

    static Optional<Problem> broken(String reason) {
        return Optional.of(new Problem(RULE, reason));
    }

    private static String text(JsonObject rule, String key) {
        return ((JsonString) member(rule, key)).value();
    }

    private static JsonNumber number(JsonObject rule) {
        return (JsonNumber) member(rule, "value");
    }

    private static List<String> texts(JsonObject rule, String key) {
        return ((JsonArray) member(rule, key))
                .values().stream().map(value -> ((JsonString) value).value()).toList();
    }

    private static JsonValue member(JsonObject rule, String key) {
        return rule.get(key).orElseThrow(() -> new IllegalStateException("the rule " + rule + " has no " + key));
    }
}
