package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.facts.ComponentFacts;
import io.alicia.mqtt.homeassistant.facts.OptionFacts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What components, options and closed sets are called in Java. */
final class TypeNames {

    private static final Map<String, String> CLASSES = Map.of(
            "datetime", "DateTimeEntity",
            "device_automation", "DeviceTrigger",
            "tag", "TagScanner",
            "light/default", "BasicLightEntity",
            "light/json", "JsonLightEntity",
            "light/template", "TemplateLightEntity",
            "infrared/emitter", "InfraredEmitterEntity",
            "infrared/receiver", "InfraredReceiverEntity");

    /** Closed sets that belong to one option of one component, or to the option wherever it occurs. */
    private static final Map<String, String> SETS = Map.ofEntries(
            Map.entry("availability_mode", "AvailabilityMode"),
            Map.entry("entity_category", "EntityCategory"),
            Map.entry("precision", "Precision"),
            Map.entry("temperature_unit", "TemperatureUnit"),
            Map.entry("state_class", "StateClass"),
            Map.entry("source_type", "SourceType"),
            Map.entry("on_command_type", "OnCommandType"),
            Map.entry("supported_color_modes", "ColorMode"),
            Map.entry("alarm_control_panel.supported_features", "AlarmFeature"),
            Map.entry("vacuum.supported_features", "VacuumFeature"),
            Map.entry("camera.image_encoding", "CameraEncoding"),
            Map.entry("image.image_encoding", "ImageEncoding"),
            Map.entry("number.mode", "NumberMode"),
            Map.entry("text.mode", "TextMode"),
            Map.entry("climate.modes", "HvacMode"),
            Map.entry("water_heater.modes", "WaterHeaterMode"),
            Map.entry("qos", "Qos"));

    private static final List<String> SECONDS =
            List.of("expire_after", "off_delay", "flash_time_long", "flash_time_short", "message_expiry_interval");

    /** Payloads where null says that there is no such command. */
    private static final List<String> SUPPRESSIBLE =
            List.of("payload_open", "payload_close", "payload_stop", "payload_stop_tilt");

    /** Lists where an empty one means the same as none. */
    private static final List<String> EMPTY_IS_ABSENT = List.of("availability", "group");

    /** What Home Assistant takes for any text in discovery, and needs as more when it uses it. */
    private static final Map<String, String> UNCHECKED = Map.of(
            "device_automation.topic", "TopicFilter",
            "device_automation.value_template", "Template");

    private TypeNames() {}

    static String type(ComponentFacts component) {
        return CLASSES.getOrDefault(component.key(), camel("_" + component.component()) + "Entity");
    }

    static String accessor(String option) {
        return camel(option);
    }

    static String camel(String snake) {
        StringBuilder camel = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < snake.length(); i++) {
            char c = snake.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }

    /** The Java name of the closed set of values of an option, if it has one. */
    static Optional<String> set(ComponentFacts component, OptionFacts option) {
        boolean closed = !option.enumeration().isEmpty()
                || option.itemsAsMeant()
                        .map(items -> !items.enumeration().isEmpty())
                        .orElse(false);
        if (!closed) {
            return Optional.empty();
        }
        if (option.name().equals("device_class")) {
            return Optional.of(camel("_" + component.component()) + "DeviceClass");
        }
        String name = SETS.getOrDefault(component.component() + "." + option.name(), SETS.get(option.name()));
        if (name == null) {
            throw new IllegalStateException("give the set of " + component.key() + "." + option.name() + " a name");
        }
        return Optional.of(name);
    }

    /** Whether the option has only one possible value, so that nobody needs to give it. */
    static boolean isConstant(ComponentFacts component, OptionFacts option) {
        return component
                        .variant()
                        .filter(variant -> variant.option().equals(option.name()))
                        .isPresent()
                || option.name().equals("automation_type");
    }

    /** Whether Home Assistant does not look at what is given. */
    static boolean isUnchecked(ComponentFacts component, OptionFacts option) {
        return UNCHECKED.containsKey(component.component() + "." + option.name());
    }

    /** What an option should be at which Home Assistant does not look. */
    static String checked(ComponentFacts component, OptionFacts option) {
        return Objects.requireNonNull(UNCHECKED.get(component.component() + "." + option.name()));
    }

    /** The type of the accessor. */
    static String java(ComponentFacts component, OptionFacts option) {
        String type = value(component, option);
        if (option.required() || EMPTY_IS_ABSENT.contains(option.name())) {
            return type;
        }
        if (option.type().equals("list")) {
            return "@Nullable " + type;
        }
        return switch (type) {
            case "Integer" -> "OptionalInt";
            case "Double" -> "OptionalDouble";
            default -> "Optional<" + type + ">";
        };
    }

    private static String value(ComponentFacts component, OptionFacts option) {
        if (isUnchecked(component, option)) {
            return "Unchecked<" + checked(component, option) + ">";
        }
        String set = set(component, option).orElse("");
        return switch (option.type()) {
            case "list" -> "List<" + (set.isEmpty() ? element(option) : set) + ">";
            case "map" -> camel("_" + option.reference().orElseThrow());
            case "string" -> text(option);
            case "enum" -> set;
            case "integer" -> SECONDS.contains(option.name()) ? "Duration" : set.isEmpty() ? "Integer" : set;
            case "float" -> set.isEmpty() ? "Double" : set;
            case "boolean" -> "Boolean";
            case "duration" -> "Duration";
            case "template" -> "Template";
            case "topic" -> option.publishes() ? "TopicName" : "TopicFilter";
            case "icon", "url", "regex" -> "String";
            default -> throw new IllegalStateException("no Java type for the option type " + option.type());
        };
    }

    private static String element(OptionFacts option) {
        return option.name().equals("availability") ? "Availability" : "String";
    }

    private static String text(OptionFacts option) {
        if (option.name().equals("name")) {
            return "EntityName";
        }
        return option.nullable() && SUPPRESSIBLE.contains(option.name()) ? "CommandPayload" : "String";
    }

    /** The imports of a type that uses these Java types, and only those. */
    static List<String> imports(String source) {
        List<String> words = Arrays.asList(source.split("\\W+"));
        return Stream.of(
                        "io.alicia.mqtt.homeassistant.template.Template",
                        "io.alicia.mqtt.protocol.Qos",
                        "io.alicia.mqtt.topic.TopicFilter",
                        "io.alicia.mqtt.topic.TopicName",
                        "java.time.Duration",
                        "java.util.List",
                        "java.util.Optional",
                        "java.util.OptionalDouble",
                        "java.util.OptionalInt",
                        "org.immutables.value.Value",
                        "org.jspecify.annotations.Nullable")
                .filter(name -> words.contains(name.substring(name.lastIndexOf('.') + 1)))
                .map(name -> "import " + name + ";")
                .toList();
    }

    static String constant(String value) {
        return value.toUpperCase(Locale.ROOT);
    }

    static String spaced(String snake) {
        return Arrays.stream(snake.split("_")).collect(Collectors.joining(" "));
    }
}
