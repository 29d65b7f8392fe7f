package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.facts.ComponentFacts;
import io.alicia.mqtt.homeassistant.facts.DeviceClassFacts;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.homeassistant.facts.OptionFacts;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the sources of the component types out of the facts. What it writes is checked in, because users read it; the
 * test {@link ComponentSourcesTest} holds both together, and writes the sources anew when it is told to.
 */
final class ComponentSources {

    private static final int WIDTH = 120;

    /** Closed sets that are written by hand, because their words are no names. */
    private static final Set<String> BY_HAND = Set.of("Precision", "TemperatureUnit", "Qos");

    /** Sets of which Home Assistant knows some words and takes any. */
    private static final Set<String> OPEN = Set.of("HvacMode", "WaterHeaterMode");

    /** Options that every component has, whether or not it makes an entity. */
    private static final Set<String> OF_ALL = Set.of("encoding", "group", "qos");

    private final DiscoveryFacts facts = DiscoveryFacts.get();
    private final Set<String> ofEntities = commonOptions();

    /** The sources by file name. */
    Map<String, String> all() {
        Map<String, String> sources = new TreeMap<>();
        facts.components()
                .values()
                .forEach(component -> sources.put(TypeNames.type(component) + ".java", component(component)));
        sources.put("Entity.java", entity());
        sources.put("ComponentTypes.java", registry());
        sets().forEach((name, source) -> sources.put(name + ".java", source));
        return sources;
    }

    /** The options that all entities have in common. */
    private Set<String> commonOptions() {
        return facts.components().values().stream()
                .filter(ComponentFacts::entity)
                .map(component -> component.options().keySet())
                .reduce((a, b) -> a.stream().filter(b::contains).collect(Collectors.toSet()))
                .orElseThrow();
    }

    private String component(ComponentFacts component) {
        String type = TypeNames.type(component);
        Set<String> inherited = component.entity() ? ofEntities : OF_ALL;
        List<OptionFacts> own = component.options().values().stream()
                .filter(option -> !inherited.contains(option.name()))
                .filter(option -> !TypeNames.isConstant(component, option))
                .toList();
        StringBuilder body = new StringBuilder();
        body.append(javadoc("", documentation(component)));
        body.append("@ComponentStyle\n@Value.Immutable\npublic abstract class ").append(type);
        body.append(" extends ")
                .append(component.entity() ? "Entity" : "Component")
                .append(" {\n\n");
        body.append("    ").append(type).append("() {}\n\n");
        List<OptionFacts> choices = choices(component);
        body.append(javadoc("    ", "{@return a builder" + required(own) + "}"));
        body.append("    public static Builder builder() {\n        return new Builder();\n    }\n");
        if (!choices.isEmpty()) {
            body.append(reader());
        }
        own.forEach(option -> body.append(accessor(component, option)));
        body.append("\n    @Override\n    final ComponentType componentType() {\n        return ComponentTypes.")
                .append(constant(component))
                .append(";\n    }\n\n");
        body.append(javadoc(
                "    ",
                "Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link"
                        + " InvalidComponentException}."));
        body.append("    public static final class Builder extends Immutable")
                .append(type)
                .append(".Builder {\n");
        body.append(choices.isEmpty() ? "        Builder() {}\n" : strictBuilder(type, choices));
        if (component.entity()) {
            body.append(nameSetter());
        }
        own.stream()
                .filter(option -> TypeNames.isUnchecked(component, option))
                .forEach(option -> body.append(checkedSetter(component, option)));
        body.append("    }\n}\n");
        return file(body.toString());
    }

    /** Lists out of which somebody has to choose; Home Assistant takes empty ones, with which nobody can do anything. */
    private static List<OptionFacts> choices(ComponentFacts component) {
        return component.options().values().stream()
                .filter(option -> option.required() && option.type().equals("list"))
                .toList();
    }

    private static String reader() {
        return "\n"
                + javadoc("    ", "A builder for what others announce, who may leave lists empty that are required.")
                + "    static Builder reader() {\n        Builder reader = new Builder();\n        reader.strict = false;\n        return reader;\n    }\n";
    }

    private static String strictBuilder(String type, List<OptionFacts> choices) {
        StringBuilder body = new StringBuilder("        private boolean strict = true;\n\n");
        body.append("        Builder() {}\n\n");
        body.append("        @Override\n        public ").append(type).append(" build() {\n");
        body.append("            ").append(type).append(" built = super.build();\n            if (strict) {\n");
        choices.forEach(option -> body.append("                OptionRules.requireSome(built, \"")
                .append(option.name())
                .append("\", built.")
                .append(TypeNames.accessor(option.name()))
                .append("());\n"));
        return body.append("            }\n            return built;\n        }\n")
                .toString();
    }

    private static String checkedSetter(ComponentFacts component, OptionFacts option) {
        String name = TypeNames.accessor(option.name());
        String type = TypeNames.checked(component, option);
        return "\n"
                + javadoc(
                        "        ",
                        "Gives " + OptionSentences.of(option) + ".\n@param " + name + " the "
                                + TypeNames.spaced(option.name()) + "\n@return this builder")
                + "        public Builder " + name + "(" + type + " " + name + ") {\n            return " + name
                + "(Unchecked.of(" + name + "));\n        }\n";
    }

    private static String nameSetter() {
        return "\n"
                + javadoc(
                        "        ",
                        "Gives the entity its name.\n@param name the name, without the name of the device\n"
                                + "@return this builder")
                + "        public Builder name(String name) {\n            return name(EntityName.of(name));\n        }\n";
    }

    private String documentation(ComponentFacts component) {
        String what = component
                .variant()
                .map(variant -> "The component {@code " + component.component() + "} with the " + variant.option()
                        + " {@code " + variant.value() + "}")
                .orElse("The component {@code " + component.component() + "}");
        return what + (component.entity() ? "" : ", which makes no entity") + ", as <a\n"
                + "href=\"https://www.home-assistant.io/integrations/" + page(component)
                + ".mqtt/\">Home Assistant documents it</a>.\n<p>Immutable and safe to share between threads.";
    }

    private static String page(ComponentFacts component) {
        return component.component().equals("device_automation") ? "device_trigger" : component.component();
    }

    private static String required(List<OptionFacts> own) {
        List<String> names = own.stream()
                .filter(OptionFacts::required)
                .map(option -> "{@code " + TypeNames.accessor(option.name()) + "}")
                .toList();
        if (names.isEmpty()) {
            return "";
        }
        return "; " + String.join(" and ", names) + (names.size() == 1 ? " is" : " are") + " required";
    }

    private String entity() {
        ComponentFacts any = facts.components().values().stream()
                .filter(ComponentFacts::entity)
                .findFirst()
                .orElseThrow();
        StringBuilder body = new StringBuilder();
        body.append(javadoc(
                "",
                "A component that makes an entity, with the options that all entities have in common.\n"
                        + "<p>Immutable and safe to share between threads."));
        body.append("public abstract class Entity extends Component {\n\n    Entity() {}\n");
        any.options().values().stream()
                .filter(option -> ofEntities.contains(option.name()) && !OF_ALL.contains(option.name()))
                .forEach(option -> body.append(accessor(any, option)));
        return file(body.append("}\n").toString());
    }

    private static String accessor(ComponentFacts component, OptionFacts option) {
        String type = TypeNames.java(component, option);
        String absent = type.startsWith("@Nullable") ? "; null if not given" : "";
        return "\n" + javadoc("    ", "{@return " + OptionSentences.of(option) + absent + "}") + "    public abstract "
                + type + " " + TypeNames.accessor(option.name()) + "();\n";
    }

    private String registry() {
        StringBuilder body = new StringBuilder();
        body.append(javadoc("", "The types of all components and variants."));
        body.append("final class ComponentTypes {\n\n");
        facts.components().values().forEach(component -> {
            String type = TypeNames.type(component);
            body.append("    static final ComponentType ")
                    .append(constant(component))
                    .append(" = ComponentType.of(\"")
                    .append(component.key())
                    .append("\", ")
                    .append(type)
                    .append(".class, ")
                    .append(type)
                    .append(choices(component).isEmpty() ? "::builder);\n" : "::reader);\n");
        });
        body.append("\n    static final List<ComponentType> ALL = List.of(\n        ");
        body.append(facts.components().values().stream()
                .map(ComponentSources::constant)
                .collect(Collectors.joining(",\n        ")));
        body.append(");\n\n    private ComponentTypes() {}\n}\n");
        return file(body.toString());
    }

    private static String constant(ComponentFacts component) {
        return TypeNames.constant(component.key().replace('/', '_'));
    }

    private Map<String, String> sets() {
        Map<String, String> sets = new LinkedHashMap<>();
        facts.components()
                .values()
                .forEach(component -> component.options().values().stream()
                        .filter(option -> !TypeNames.isConstant(component, option))
                        .forEach(option -> TypeNames.set(component, option)
                                .filter(name -> !BY_HAND.contains(name))
                                .ifPresent(name -> sets.put(name, set(name, component, option)))));
        return sets;
    }

    private String set(String name, ComponentFacts component, OptionFacts option) {
        List<String> words = words(option);
        String where = "{@code " + option.name() + "} of "
                + (ofEntities.contains(option.name()) ? "entities" : "{@code " + component.component() + "}");
        StringBuilder body = new StringBuilder();
        if (OPEN.contains(name)) {
            body.append(javadoc(
                    "",
                    "What can stand in " + where
                            + ". Home Assistant knows the constants and takes other words as well.\n"
                            + "@param word the mode as it stands in messages"));
            body.append("public record ").append(name).append("(String word) implements OptionWord {\n");
            words.forEach(word -> body.append("\n    /** The word {@code ")
                    .append(word)
                    .append("}. */\n    public static final ")
                    .append(name)
                    .append(' ')
                    .append(TypeNames.constant(word))
                    .append(" = new ")
                    .append(name)
                    .append("(\"")
                    .append(word)
                    .append("\");\n"));
            return file(body.append("}\n").toString());
        }
        body.append(javadoc("", "What can stand in " + where + "."));
        body.append("public enum ").append(name).append(" implements OptionWord {\n");
        body.append(words.stream()
                .map(word -> javadoc("    ", word(name, word)) + "    " + TypeNames.constant(word))
                .collect(Collectors.joining(",\n")));
        return file(body.append("\n}\n").toString());
    }

    private static List<String> words(OptionFacts option) {
        List<JsonValue> values = new ArrayList<>(option.enumeration());
        option.itemsAsMeant().ifPresent(items -> values.addAll(items.enumeration()));
        return values.stream()
                .map(value -> ((JsonString) value).value())
                .sorted()
                .toList();
    }

    private String word(String set, String word) {
        String written = "The word {@code " + word + "}";
        if (!set.equals("SensorDeviceClass") && !set.equals("NumberDeviceClass")) {
            return written + ".";
        }
        Map<String, DeviceClassFacts> classes =
                set.startsWith("Sensor") ? facts.sensorClasses() : facts.numberClasses();
        DeviceClassFacts deviceClass = Objects.requireNonNull(classes.get(word), word);
        Optional<Set<String>> units = deviceClass.units();
        String fitting = units.map(known -> known.isEmpty()
                        ? "without unit"
                        : "in "
                                + known.stream()
                                        .map(unit -> "{@code " + unit + "}")
                                        .collect(Collectors.joining(", ")))
                .orElse(deviceClass.numeric() ? "in any unit" : "which is no number");
        return written + ", " + fitting
                + (deviceClass.unitless() && units.isPresent() && !units.get().isEmpty() ? " or without unit." : ".");
    }

    private static String file(String body) {
        List<String> imports = new ArrayList<>(TypeNames.imports(body));
        String head = "package io.alicia.mqtt.homeassistant.component;\n\n";
        return imports.isEmpty() ? head + body : head + String.join("\n", imports) + "\n\n" + body;
    }

    /** A javadoc comment; lines of the text that begin with a tag stay apart, all others are filled. */
    static String javadoc(String indent, String text) {
        String oneLine = indent + "/** " + text + " */";
        if (oneLine.length() <= WIDTH && !text.contains("\n")) {
            return oneLine + "\n";
        }
        StringBuilder comment = new StringBuilder(indent).append("/**\n");
        String[] paragraphs = text.replaceAll("\n(?!<p>|@)", " ").split("\n", -1);
        for (int i = 0; i < paragraphs.length; i++) {
            boolean first = i == 0 || (paragraphs[i].startsWith("@") && paragraphs[i - 1].startsWith("@"));
            comment.append(first ? "" : indent + " *\n");
            comment.append(filled(indent + " * ", paragraphs[i]));
        }
        return comment.append(indent).append(" */\n").toString();
    }

    private static String filled(String indent, String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH && line.length() > indent.length()) {
                lines.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(indent);
            }
            line.append(word).append(' ');
        }
        return lines.append(line.toString().stripTrailing()).append('\n').toString();
    }
}
